// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/man_page.h"

#include <fmt/format.h>

namespace tierwise::cli {
namespace {

// Text that troff takes as text: hyphens stay hyphens that can be copied, and no line begins a request.
std::string plain(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\') {
            out += "\\e";
        } else if (c == '-') {
            out += "\\-";
        } else if ((c == '.' || c == '\'') && (out.empty() || out.back() == '\n')) {
            out += "\\&";
            out += c;
        } else {
            out += c;
        }
    }
    return out;
}

// "-f, --format {pdf,html}", "FILE"
std::string nameOf(const CLI::Option& option) {
    const bool positional = option.get_positional();
    std::string names = positional ? option.get_name(true, false) : option.get_name(false, true);
    for (std::size_t at = names.find(','); at != std::string::npos; at = names.find(',', at + 2)) {
        names.insert(at + 1, " ");
    }
    std::string text = ".B " + plain(names);
    if (!positional && option.get_items_expected_max() > 0) {
        const std::string type = option.get_type_name();
        text += "\n.I " + plain(type.empty() ? std::string("VALUE") : type);
    }
    return text;
}

void addOptions(std::string& page, const CLI::App& command) {
    for (const CLI::Option* option : command.get_options()) {
        if (option->get_group().empty() || option->check_lname("help")) {
            continue;
        }
        std::string words = plain(option->get_description());
        if (option->get_required()) {
            words += " (required)";
        } else if (!option->get_default_str().empty()) {
            words += " (default: " + plain(option->get_default_str()) + ")";
        }
        page += ".TP\n" + nameOf(*option) + "\n" + words + "\n";
    }
}

void addCommand(std::string& page, const CLI::App& command, const std::string& path) {
    const std::string name = path.empty() ? command.get_name() : path + " " + command.get_name();
    page += ".SS " + plain(name) + "\n" + plain(command.get_description()) + "\n";
    addOptions(page, command);
    for (const CLI::App* child : command.get_subcommands([](const CLI::App*) { return true; })) {
        addCommand(page, *child, name);
    }
}

constexpr const char* kHead = R"(.SH NAME
tierwise\-cli \- import, price, replay and report LLM request logs
.SH SYNOPSIS
.B tierwise\-cli
.I COMMAND
.RI [ OPTIONS ]
.SH DESCRIPTION
The command\-line twin of
.BR tierwise (1).
It reads logs of LLM requests into a project file, prices them from a dated catalog, replays them under policies, and
writes reports. Nothing leaves the machine unless a catalog update is asked for.
.PP
Every command prints tables for people, or one JSON document with
.BR \-\-json .
With
.B \-\-json
an error is a document too:
.IR {"error": " {" "what, fixHint, source, line, byteOffset" }} .
.SH COMMANDS
)";

constexpr const char* kTail = R"(.SH EXIT STATUS
.TP
.B 0
It did what was asked.
.TP
.B 1
It was asked rightly, and could not. The message says what, where, and how to mend it.
.TP
.B 2
It was asked wrongly.
.TP
.B 3
.BR gate :
the policy breaks the limits.
.TP
.B 4
.BR gate :
the evidence does not decide.
.TP
.B 130
Interrupted twice with Ctrl+C; the first one stops in an orderly way.
.SH EXAMPLES
.TP
.B tierwise\-cli import requests.csv \-\-project team.tierwise
Read a log; rows read = stored + duplicates + rejected.
.TP
.B tierwise\-cli replay \-\-project team.tierwise
What it cost, and what it would cost on one model of each tier and on a mix.
.TP
.B tierwise\-cli report \-\-project team.tierwise \-\-format pdf \-\-out team.pdf
The report for the meeting; needs no display.
.TP
.B tierwise\-cli gate \-\-project team.tierwise \-\-policy policy.json \-\-max\-cost 500 \-\-min\-quality 0.8
Fail a build when a change of policy costs too much or answers too badly.
.SH FILES
.TP
.I *.tierwise
A project: one SQLite database.
.TP
.I $XDG_DATA_HOME/tierwise
Catalog snapshots that were accepted, and own prices.
.SH ENVIRONMENT
.TP
.B TIERWISE_RESOURCES
Use this folder of shipped files instead of the installed one.
.SH SEE ALSO
.BR tierwise (1)
)";

}  // namespace

std::string manPage(const CLI::App& app, const std::string& version, const std::string& date) {
    std::string page = fmt::format(".TH TIERWISE\\-CLI 1 {} \"Tierwise {}\" \"User Commands\"\n", date, version);
    page += kHead;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
        addCommand(page, *command, {});
    }
    return page + kTail;
}

}  // namespace tierwise::cli
