// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "core/base/display.h"
#include "core/report/escape.h"
#include "core/report/writers.h"

namespace tierwise::report {
namespace {

std::string tableText(const Table& table) {
    std::string text = "**" + escapeMarkdown(table.title) + "**\n\n|";
    std::string rule = "|";
    for (const auto& column : table.columns) {
        text += ' ' + escapeMarkdown(column.title) + " |";
        rule += column.unit == Unit::text ? " --- |" : " ---: |";
    }
    text += '\n' + rule + '\n';
    for (const auto& row : table.rows) {
        text += '|';
        for (const auto& cell : row) {
            text += ' ' + escapeMarkdown(display(cell)) + " |";
        }
        text += '\n';
    }
    if (!table.note.empty()) {
        text += "\n" + escapeMarkdown(table.note) + "\n";
    }
    return text;
}

struct BlockText {
    std::string operator()(const Paragraph& paragraph) const { return escapeMarkdown(paragraph.text) + "\n"; }
    std::string operator()(const KeyFigures& block) const {
        std::string text;
        for (const auto& figure : block.figures) {
            text += fmt::format("- {}: **{}**{}\n", escapeMarkdown(figure.label), escapeMarkdown(display(figure.cell)),
                                figure.source.empty() ? "" : " (" + escapeMarkdown(figure.source) + ")");
        }
        return text;
    }
    std::string operator()(const Table& table) const { return tableText(table); }
    std::string operator()(const Chart& chart) const {
        return fmt::format("*{}.* {}\n", escapeMarkdown(chart.title), escapeMarkdown(chart.summary));
    }
};

}  // namespace

std::string toMarkdown(const Report& report) {
    std::string text = fmt::format("# {}\n\n{} \u00b7 {}\n\n", escapeMarkdown(report.title),
                                   escapeMarkdown(report.project), escapeMarkdown(report.asOf));
    if (report.synthetic) {
        text += "*Synthetic sample workload: no real company's figures.*\n\n";
    }
    text += "> " + escapeMarkdown(report.decision) + "\n";
    for (const auto& section : report.sections) {
        text += "\n## " + escapeMarkdown(section.title) + "\n";
        for (const auto& block : section.blocks) {
            text += '\n' + std::visit(BlockText{}, block);
        }
    }
    text += "\n## Provenance\n\n";
    for (const auto& [name, value] : report.provenance) {
        text += fmt::format("- {}: {}\n", escapeMarkdown(name), escapeMarkdown(value));
    }
    return text;
}

}  // namespace tierwise::report
