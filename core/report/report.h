// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/error.h"
#include "core/base/money.h"
#include "core/base/timestamp.h"

// The report as one value. It is built once (core/project) and handed to one writer a format, so every format holds the
// same figures in the same words. Plain data, any thread.
namespace tierwise::report {

/// How a number is meant, and so how it is written.
/// date: a Timestamp whose day alone counts (a cell's unit, in a column of text).
enum class Unit { dollars, share, points, count, number, text, date };

/// One value of a table or a key figure. monostate is missing, written "-". Dollars are exact where they are sums of
/// rows (MoneySum) and double where they are estimates; shares and points are fractions of one.
using Value = std::variant<std::monostate, std::string, std::int64_t, double, MoneySum, Timestamp>;

struct Cell {
    Value value;
    Unit unit = Unit::text;
    std::optional<double> low;  ///< in the value's unit; with high, the range it is in
    std::optional<double> high;

    bool operator==(const Cell&) const = default;
};

[[nodiscard]] Cell textCell(std::string text);
[[nodiscard]] Cell countCell(std::int64_t count);
[[nodiscard]] Cell dollarCell(MoneySum amount);
[[nodiscard]] Cell dollarCell(std::optional<double> amount);
[[nodiscard]] Cell shareCell(std::optional<double> share);
[[nodiscard]] Cell pointsCell(std::optional<double> difference);
[[nodiscard]] Cell numberCell(std::optional<double> value);
[[nodiscard]] Cell timeCell(std::optional<Timestamp> time);
/// An ISO date as a date where it is one, else as text.
[[nodiscard]] Cell dateCell(const std::string& isoDate);
[[nodiscard]] Cell ranged(Cell cell, double low, double high);

/// The cell as every text format writes it: "$1,385 ($1,240 to $1,530)". Not escaped for any format.
[[nodiscard]] std::string display(const Cell& cell);
/// Its two parts, for a format that keeps each on one line: "$1,385" and "($1,240 to $1,530)"; empty without a range.
[[nodiscard]] std::string displayValue(const Cell& cell);
[[nodiscard]] std::string displayRange(const Cell& cell);

struct ColumnSpec {
    std::string title;
    Unit unit = Unit::text;
};

struct Table {
    std::string id;  ///< stable, for --table and the JSON: "mix", "scenarios", "misfits"
    std::string title;
    std::vector<ColumnSpec> columns;
    std::vector<std::vector<Cell>> rows;
    std::string note;  ///< one sentence below the table; may be empty
    /// A word or three for a sheet's tab; empty: the title.
    std::string shortTitle = {};
};

/// A point or a bar end with its range.
struct ChartPoint {
    double x = 0;
    double y = 0;
    std::optional<double> yLow;
    std::optional<double> yHigh;
    std::string label;
};

enum class SeriesKind { line, dashedLine, points, area };

/// tier 1..3 takes that tier's colour and marker; 0 is neutral; 4 is the accent (the current policy).
struct ChartSeries {
    std::string name;
    SeriesKind kind = SeriesKind::line;
    int role = 0;
    std::vector<ChartPoint> points;
};

enum class ChartKind {
    xy,              ///< series over x and y
    stackedBars,     ///< one bar a category; a series is one layer, its points' x the category index, y >= 0
    horizontalRange  ///< tornado: one bar a category from yLow to yHigh around y
};

struct Chart {
    std::string id;
    std::string title;
    std::string summary;  ///< a sentence with the chart's message, for screen readers and captions
    ChartKind kind = ChartKind::xy;
    std::string xTitle;
    std::string yTitle;
    Unit xUnit = Unit::number;
    Unit yUnit = Unit::number;
    bool logX = false;  ///< points with x <= 0 are left out, and counted in notShown
    std::vector<std::string> categories;
    std::vector<ChartSeries> series;
    std::int64_t notShown = 0;
    std::string shortTitle = {};  ///< for a sheet's tab; empty: the title
};

enum class Audience { manager, analyst };

struct Paragraph {
    std::string text;
};

struct KeyFigure {
    std::string key;  ///< stable: "cost.baseline", "quality.difference"
    std::string label;
    Cell cell;
    std::string source;  ///< where it comes from: rows, snapshot, formula
};

struct KeyFigures {
    std::vector<KeyFigure> figures;
};

using Block = std::variant<Paragraph, KeyFigures, Table, Chart>;

struct Section {
    std::string id;  ///< stable: "decision", "mix", "savings", ...
    std::string title;
    bool analystOnly = false;
    std::vector<Block> blocks;
};

struct Report {
    std::string title;
    std::string project;   ///< the project's name
    std::string asOf;      ///< ISO date of what it describes, not of the printing
    std::string decision;  ///< the one sentence
    std::optional<bool> decisive;
    Audience audience = Audience::manager;
    bool synthetic = false;  ///< the sample: labelled so on every page
    std::vector<Section> sections;
    /// Long lists (requests, rejects) for those who go on working with them: sheets of the XLSX and, by their id, CSV.
    /// No page format carries them.
    std::vector<Table> lists;
    std::vector<std::pair<std::string, std::string>> provenance;  ///< digests, catalog, seed, version
};

/// One column of a table as plain columns: where any cell of it has a range, "Title low" and "Title high" follow it, so
/// that no format that writes one number a cell loses the range.
[[nodiscard]] Table withRangesAsColumns(const Table& table);

/// A number's digits as people read them, without the cell's range.
[[nodiscard]] std::string displayNumberAs(double value, Unit unit);

/// The sections this audience reads, limited to the ids in chosen where that is not empty.
[[nodiscard]] Report selected(const Report& report, Audience audience, const std::vector<std::string>& chosen);

/// Every table of the report, in order.
[[nodiscard]] std::vector<const Table*> tablesOf(const Report& report);
/// The same with the long lists after them: what a workbook and --part offer.
[[nodiscard]] std::vector<const Table*> tablesAndListsOf(const Report& report);
/// Every chart of the report, in order.
[[nodiscard]] std::vector<const Chart*> chartsOf(const Report& report);
/// Every key figure of the report, in order.
[[nodiscard]] std::vector<const KeyFigure*> figuresOf(const Report& report);

}  // namespace tierwise::report
