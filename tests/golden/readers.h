// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

// Small readers of the formats that a report is written in, for tests that compare what stands in them.
namespace tierwise::test {

using Grid = QList<QStringList>;  ///< rows of cells

/// RFC 4180, CRLF line ends. Missing when a quote is out of place or a line has another number of fields.
std::optional<Grid> readCsv(const QByteArray& text);

/// The cells of every table of an HTML page by the table's id, header row first. Missing when it is not well-formed.
std::optional<std::map<QString, Grid>> readHtmlTables(const QByteArray& html);

/// The pipe tables of a Markdown text in order, header row first, without the rule; escapes resolved.
QList<Grid> readMarkdownTables(const QByteArray& text);

/// One cell of a sheet: a number, or a text.
struct SheetCell {
    std::optional<double> number;
    QString text;
};
struct Sheet {
    std::map<QString, SheetCell> cells;  ///< by "A1"
    bool frozen = false;
    int formulas = 0;
};
/// The sheets of a workbook by name. Missing when a part of it is not well-formed.
std::optional<std::map<QString, Sheet>> readWorkbook(const QString& file, QStringList* order = nullptr);

/// "A", "B", ... "AA" of a column from 0.
QString columnName(int column);

/// A program's standard output; missing when it is not there or fails.
std::optional<QByteArray> outputOf(const QString& program, const QStringList& arguments);

/// Everything but white space, ligatures as their letters.
QString squeezed(const QString& text);

}  // namespace tierwise::test
