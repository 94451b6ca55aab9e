// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/golden/readers.h"

#include <QProcess>
#include <QXmlStreamReader>

namespace tierwise::test {

std::optional<Grid> readCsv(const QByteArray& text) {
    Grid grid;
    QStringList row;
    QByteArray field;
    bool quoted = false;
    bool wasQuoted = false;
    const auto endField = [&] {
        row << QString::fromUtf8(field);
        field.clear();
        wasQuoted = false;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c != '"') {
                field += c;
            } else if (i + 1 < text.size() && text[i + 1] == '"') {
                field += c;
                ++i;
            } else {
                quoted = false;
                wasQuoted = true;
            }
        } else if (c == '"') {
            if (!field.isEmpty() || wasQuoted) {
                return {};
            }
            quoted = true;
        } else if (c == ',') {
            endField();
        } else if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') {
            endField();
            if (!grid.isEmpty() && grid.first().size() != row.size()) {
                return {};
            }
            grid << row;
            row.clear();
            ++i;
        } else if (c == '\r' || c == '\n' || wasQuoted) {
            return {};
        } else {
            field += c;
        }
    }
    return quoted || !row.isEmpty() || !field.isEmpty() ? std::nullopt : std::optional(grid);
}

std::optional<std::map<QString, Grid>> readHtmlTables(const QByteArray& html) {
    std::map<QString, Grid> tables;
    QString id;
    bool inCell = false;
    QXmlStreamReader reader(html);
    while (!reader.atEnd()) {
        reader.readNext();
        const QStringView name = reader.name();
        const bool cell = name == QLatin1String("td") || name == QLatin1String("th");
        if (reader.isStartElement()) {
            if (name == QLatin1String("table")) {
                id = reader.attributes().value(QLatin1String("id")).toString();
                tables[id];
            } else if (name == QLatin1String("tr")) {
                tables[id] << QStringList();
            } else if (cell) {
                tables[id].last() << QString();
                inCell = true;
            }
        } else if (reader.isEndElement() && cell) {
            inCell = false;
        } else if (reader.isCharacters() && inCell) {
            tables[id].last().last() += reader.text();
        }
    }
    return reader.hasError() ? std::nullopt : std::optional(tables);
}

namespace {

QStringList markdownCells(const QString& line) {
    QStringList cells;
    QString cell;
    for (qsizetype i = 1; i < line.size(); ++i) {
        if (line[i] == QLatin1Char('\\') && i + 1 < line.size()) {
            cell += line[++i];
        } else if (line[i] == QLatin1Char('|')) {
            cells << cell.mid(1)
                         .chopped(1)
                         .replace(QLatin1String("&lt;"), QLatin1String("<"))
                         .replace(QLatin1String("&amp;"), QLatin1String("&"));
            cell.clear();
        } else {
            cell += line[i];
        }
    }
    return cells;
}

}  // namespace

QList<Grid> readMarkdownTables(const QByteArray& text) {
    QList<Grid> tables;
    bool inside = false;
    for (const QString& line : QString::fromUtf8(text).split(QLatin1Char('\n'))) {
        const bool row = line.startsWith(QLatin1Char('|'));
        if (row && !inside) {
            tables << Grid();
        }
        inside = row;
        if (row && !line.startsWith(QLatin1String("| --"))) {
            tables.last() << markdownCells(line);
        }
    }
    return tables;
}

namespace {

// The parts of a zip archive are read by unzip, which every test machine has (packaging/dependencies).
QByteArray member(const QString& file, const QString& name) {
    return outputOf(QStringLiteral("unzip"), {QStringLiteral("-p"), file, name}).value_or(QByteArray());
}

bool readSheet(const QByteArray& xml, Sheet& sheet) {
    QXmlStreamReader reader(xml);
    QString at;
    while (!reader.atEnd()) {
        reader.readNext();
        if (!reader.isStartElement()) {
            continue;
        }
        const QStringView name = reader.name();
        if (name == QLatin1String("c")) {
            at = reader.attributes().value(QLatin1String("r")).toString();
        } else if (name == QLatin1String("t")) {
            sheet.cells[at].text = reader.readElementText();
        } else if (name == QLatin1String("v")) {
            sheet.cells[at].number = reader.readElementText().toDouble();
        } else if (name == QLatin1String("f")) {
            ++sheet.formulas;
        } else if (name == QLatin1String("pane")) {
            sheet.frozen = reader.attributes().value(QLatin1String("state")) == QLatin1String("frozen");
        }
    }
    return !reader.hasError();
}

}  // namespace

std::optional<std::map<QString, Sheet>> readWorkbook(const QString& file, QStringList* order) {
    QStringList names;
    QXmlStreamReader reader(member(file, QStringLiteral("xl/workbook.xml")));
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement() && reader.name() == QLatin1String("sheet")) {
            names << reader.attributes().value(QLatin1String("name")).toString();
        }
    }
    if (reader.hasError()) {
        return {};
    }
    std::map<QString, Sheet> sheets;
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (!readSheet(member(file, QStringLiteral("xl/worksheets/sheet%1.xml").arg(i + 1)), sheets[names[i]])) {
            return {};
        }
    }
    if (order != nullptr) {
        *order = names;
    }
    return sheets;
}

QString columnName(int column) {
    QString name;
    for (int rest = column; rest >= 0; rest = rest / 26 - 1) {
        name.prepend(QChar(static_cast<char16_t>('A' + rest % 26)));
    }
    return name;
}

std::optional<QByteArray> outputOf(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(120000) || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        return {};
    }
    return process.readAllStandardOutput();
}

QString squeezed(const QString& text) {
    QString out;
    // A font's ligatures come out of a PDF as letters of their own.
    for (const QChar c : text.normalized(QString::NormalizationForm_KC)) {
        if (!c.isSpace()) {
            out += c;
        }
    }
    return out;
}

}  // namespace tierwise::test
