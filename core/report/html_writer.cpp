// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "core/base/display.h"
#include "core/report/escape.h"
#include "core/report/svg_chart.h"
#include "core/report/writers.h"

namespace tierwise::report {
namespace {

constexpr std::string_view kStyle = R"(
:root{--bg:#fff;--fg:#1f2328;--muted:#57606a;--grid:#d8dde3;--accent:#111827;--panel:#f4f6f8}
@media (prefers-color-scheme:dark){:root{--bg:#17191c;--fg:#e6e8eb;--muted:#a3abb5;--grid:#3a3f45;--accent:#f5f5f5;--panel:#212429}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:66rem;padding:2rem 1.25rem;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,"DejaVu Sans","Liberation Sans",Arial,sans-serif}
h1{font-size:1.7rem;margin:0 0 .25rem}h2{font-size:1.2rem;margin:2.2rem 0 .6rem;border-bottom:1px solid var(--grid);padding-bottom:.25rem}
.meta,.note,caption,figcaption{color:var(--muted);font-size:.87rem}
.decision{background:var(--panel);border-left:4px solid var(--accent);padding:.9rem 1.1rem;font-size:1.1rem;margin:1.2rem 0}
.verdict{display:inline-block;font-weight:700;font-size:.8rem;letter-spacing:.03em;border:1px solid currentColor;border-radius:3px;padding:.05rem .45rem;margin-left:.4rem}
.sample{background:#f0e442;color:#1f2328;padding:.3rem .7rem;font-weight:600}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.7rem;margin:.8rem 0}
.figures div{background:var(--panel);padding:.6rem .8rem}.figures b{display:block;font-size:1.08rem;font-variant-numeric:tabular-nums}
.figures span{color:var(--muted);font-size:.83rem}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:.7rem 0;font-size:.9rem}
caption{text-align:left;padding:.2rem 0;font-weight:600;color:var(--fg)}
th,td{padding:.3rem .55rem;border-bottom:1px solid var(--grid);text-align:left;vertical-align:top}
th.n,td.n{text-align:right;font-variant-numeric:tabular-nums}
.long,.decision,p,b,span,h1,figcaption{overflow-wrap:anywhere}.r{white-space:nowrap;font-size:.87em;color:var(--muted)}
figure{margin:1rem 0}figure svg{width:100%;height:auto}
@media print{:root{--bg:#fff;--fg:#000;--muted:#444;--grid:#ccc;--accent:#000;--panel:#f4f4f4}html{font-size:12px}body{max-width:none;padding:0;font-size:12px}.scroll{overflow:visible}section{break-inside:auto}tr,svg,.figures{break-inside:avoid}h2{break-after:avoid}}
)";

// A word that no column is wide enough for may break anywhere; others keep their columns from splitting them.
bool hasLongWord(std::string_view text) {
    constexpr std::size_t kLong = 28;
    std::size_t length = 0;
    for (const char c : text) {
        length = c == ' ' || c == '\n' ? 0 : length + 1;
        if (length > kLong) {
            return true;
        }
    }
    return false;
}

std::string cellHtml(const Cell& cell) {
    const std::string range = displayRange(cell);
    return escapeXml(displayValue(cell)) +
           (range.empty() ? std::string() : " <span class=\"r\">" + escapeXml(range) + "</span>");
}

std::string textCellHtml(const std::string& text) {
    return fmt::format("<td dir=\"auto\"{}>{}</td>", hasLongWord(text) ? " class=\"long\"" : "", escapeXml(text));
}

std::string tableHtml(const Table& table) {
    std::string html = fmt::format("<div class=\"scroll\"><table id=\"{}\"><caption>{}</caption><thead><tr>",
                                   escapeXml(table.id), escapeXml(table.title));
    for (const auto& column : table.columns) {
        html += fmt::format("<th scope=\"col\"{}>{}</th>", column.unit == Unit::text ? "" : " class=\"n\"",
                            escapeXml(column.title));
    }
    html += "</tr></thead><tbody>\n";
    for (const auto& row : table.rows) {
        html += "<tr>";
        for (const auto& cell : row) {
            html += cell.unit == Unit::text   ? textCellHtml(display(cell))
                    : cell.unit == Unit::date ? "<td>" + cellHtml(cell) + "</td>"
                                              : "<td class=\"n\">" + cellHtml(cell) + "</td>";
        }
        html += "</tr>\n";
    }
    html += "</tbody></table></div>\n";
    if (!table.note.empty()) {
        html += "<p class=\"note\">" + escapeXml(table.note) + "</p>\n";
    }
    return html;
}

struct BlockHtml {
    std::string operator()(const Paragraph& paragraph) const { return "<p>" + escapeXml(paragraph.text) + "</p>\n"; }
    std::string operator()(const KeyFigures& block) const {
        std::string html = "<div class=\"figures\">\n";
        for (const auto& figure : block.figures) {
            html += fmt::format("<div title=\"{}\"><span>{}</span><b>{}</b></div>\n", escapeXml(figure.source),
                                escapeXml(figure.label), cellHtml(figure.cell));
        }
        return html + "</div>\n";
    }
    std::string operator()(const Table& table) const { return tableHtml(table); }
    std::string operator()(const Chart& chart) const {
        return fmt::format("<figure>{}<figcaption>{}</figcaption></figure>\n",
                           toSvg(chart, 860, 400, lightTheme(), true), escapeXml(chart.summary));
    }
};

}  // namespace

std::string toHtml(const Report& report) {
    std::string html =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n";
    html += fmt::format("<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n", escapeXml(report.title), kStyle);
    if (report.synthetic) {
        html += "<p class=\"sample\">Synthetic sample workload: no real company's figures.</p>\n";
    }
    html += fmt::format("<h1>{}</h1>\n<p class=\"meta\">{} \u00b7 {}</p>\n", escapeXml(report.title),
                        escapeXml(report.project), escapeXml(report.asOf));
    html += "<p class=\"decision\">" + escapeXml(report.decision);
    if (report.decisive) {
        html += fmt::format("<span class=\"verdict\">{}</span>", *report.decisive ? "DECISIVE" : "NOT DECISIVE");
    }
    html += "</p>\n";
    for (const auto& section : report.sections) {
        html += fmt::format("<section id=\"{}\">\n<h2>{}</h2>\n", escapeXml(section.id), escapeXml(section.title));
        for (const auto& block : section.blocks) {
            html += std::visit(BlockHtml{}, block);
        }
        html += "</section>\n";
    }
    html += "<section id=\"provenance\">\n<h2>Provenance</h2>\n<table><tbody>\n";
    for (const auto& [name, value] : report.provenance) {
        html += fmt::format("<tr><th scope=\"row\">{}</th>{}</tr>\n", escapeXml(name), textCellHtml(value));
    }
    return html + "</tbody></table>\n</section>\n</body>\n</html>\n";
}

}  // namespace tierwise::report
