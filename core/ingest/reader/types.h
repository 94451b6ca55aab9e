// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tierwise::ingest {

/// What wraps the text; told by magic bytes, never by the file's name.
enum class Container { plain, gzip, zstd };

/// How records are laid out in the text.
enum class Format {
    delimited,     ///< CSV, TSV and their kin
    jsonLines,     ///< one JSON value a line
    jsonArray,     ///< one array (at the top or at Dialect::recordPath) whose elements are the records
    jsonSequence,  ///< JSON values one after the other, over any number of lines; one pretty-printed object is one
                   ///< record
};

/// How lines end. In lf and crlf a lone CR is data; in cr and mixed it ends a line too.
enum class Newline { lf, crlf, cr, mixed };

/// How the text is to be read. Everything that was decided about a file, and everything a user may override.
struct Dialect {
    Format format = Format::delimited;
    std::string encoding = "UTF-8";  ///< IANA name, or any name that ICU knows
    std::string delimiter = ",";     ///< 1 to 16 bytes of UTF-8; empty: every line is one cell
    std::optional<char> quote = '"';
    std::optional<char> escape;  ///< beside doubled quotes; nothing: doubled quotes only
    Newline newline = Newline::lf;
    bool hasHeader = true;
    std::int32_t headerLines = 1;    ///< records that make up the header; their cells are joined by a space
    std::int64_t skipLines = 0;      ///< physical lines before the header: a "sep=" line, a preamble
    std::string comment;             ///< lines that start so are skipped and counted; empty: none
    bool spaceAroundQuotes = false;  ///< `, "a" ,` is a quoted cell; off: spaces make it an unquoted one
    /// What the columns hold, one character each: 't' numbers or times, '-' anything. Rows that do not fit are read
    /// anew by it (Repair::otherDialect); empty: not known.
    std::string columnKinds;
    std::string recordPath;  ///< dotted path of the array in one JSON document; empty: the top

    bool operator==(const Dialect&) const = default;
};

/// What was mended while reading, or is worth saying. Each is counted; see repairName and repairText.
enum class Repair : std::uint8_t {
    byteOrderMark,      ///< a BOM before the text
    sepLine,            ///< Excel's "sep=;" line
    preambleLine,       ///< a line before the header
    blankLine,          ///< an empty line between rows of several columns
    commentLine,        ///< a line that starts with Dialect::comment
    shortRow,           ///< fewer cells than columns; the missing ones are missing, not empty
    longRow,            ///< more cells than columns, some with content
    trailingDelimiter,  ///< more cells than columns, all empty
    strayQuote,         ///< a quote where none may stand; kept as text
    unclosedQuote,      ///< an opening quote without its end
    otherDialect,       ///< a row or header with a delimiter or quote of its own; read by those
    wrappedRow,         ///< a row that stands in quotes as a whole; taken out of them
    spaceAroundQuote,   ///< spaces between a quote and a delimiter; dropped
    invalidBytes,       ///< bytes that the encoding does not know; read as windows-1252 or U+FFFD
    pythonValue,        ///< a Python dictionary where JSON is expected; read as JSON
    linePrefix,         ///< words before the JSON object of a line; kept as the value of "line_prefix"
    nulByte,            ///< a NUL inside a cell; kept
    mixedNewlines,      ///< more than one kind of line end in the sample
    noFinalNewline,     ///< the last line has no end
    duplicateHeader,    ///< a column name that was there before; a number is added
    emptyHeader,        ///< a column without a name; "column N" is used
    multiLineHeader,    ///< header of several lines, joined
    oversizedRecord,    ///< a record beyond ReadOptions::maxRecordBytes; rejected
    truncatedData,      ///< compressed data ends early; what was there has been read
    count
};
inline constexpr std::size_t kRepairKinds = static_cast<std::size_t>(Repair::count);

/// "strayQuote", the name in JSON.
[[nodiscard]] const char* repairName(Repair repair);
/// "quote where none may stand, kept as text", for people.
[[nodiscard]] const char* repairText(Repair repair);

/// How often each repair was made.
struct RepairCounts {
    std::array<std::int64_t, kRepairKinds> counts{};

    [[nodiscard]] std::int64_t& operator[](Repair repair) { return counts[static_cast<std::size_t>(repair)]; }
    [[nodiscard]] std::int64_t operator[](Repair repair) const { return counts[static_cast<std::size_t>(repair)]; }
    RepairCounts& operator+=(const RepairCounts& other);
    [[nodiscard]] std::int64_t total() const;
    bool operator==(const RepairCounts&) const = default;
};

/// A record that was read and cannot be delivered. Nothing is ever dropped: rows read = delivered + rejected.
struct Reject {
    std::int64_t line = 0;               ///< 1-based physical line where the record starts
    std::int64_t byteOffset = 0;         ///< as Record::byteOffset
    std::int64_t byteLength = 0;         ///< in the same bytes
    std::optional<std::int32_t> column;  ///< 0-based column that is to blame, where one is
    std::string reason;                  ///< one sentence without full stop
    std::string fixHint;
    std::string raw;  ///< the record's text, UTF-8 where it could be decoded; the first 64 KiB of an oversized one
};

/// What to do with rows that have more or fewer cells than there are columns.
enum class RaggedRows { keep, rejectLong, reject };
/// What to do with empty lines: automatic keeps them where there is one column (they are its empty cells).
enum class BlankLines { automatic, keep, skip };
/// What to do with a quote that never closes: recover ends the record at its line, keep takes all up to the end.
enum class UnclosedQuotes { recover, keep };

/// What the caller knows or wants. Every optional that is set overrides what would be sniffed.
struct ReadOptions {
    std::optional<Format> format;
    std::optional<std::string> encoding;
    std::optional<std::string> delimiter;
    std::optional<std::optional<char>> quote;   ///< set to nothing: no quoting at all
    std::optional<std::optional<char>> escape;  ///< set to nothing: doubled quotes only
    std::optional<Newline> newline;
    std::optional<bool> hasHeader;
    std::optional<std::int64_t> skipLines;
    std::optional<std::string> comment;
    std::optional<bool> spaceAroundQuotes;
    std::optional<std::string> recordPath;
    /// Takes this as it is and sniffs nothing: a resumed import must read the file as it did before.
    std::optional<Dialect> dialect;

    RaggedRows raggedRows = RaggedRows::keep;
    BlankLines blankLines = BlankLines::automatic;
    UnclosedQuotes unclosedQuotes = UnclosedQuotes::recover;

    /// Resuming: the byte offset (RecordBatch::endOffset) and line (RecordBatch::endLine) where to go on; 0: from the
    /// start. The header is read from the start all the same.
    std::int64_t startOffset = 0;
    std::int64_t startLine = 0;

    std::size_t chunkBytes = std::size_t{1} << 20U;  ///< text handed to a worker at a time; 4 KiB to 64 MiB
    /// Longer records are rejected, not held in memory: the longest texts of logs have some 8 MiB (2 million tokens).
    /// 4 KiB to 1 GiB.
    std::size_t maxRecordBytes = std::size_t{16} << 20U;
};

/// What was found when a source was opened.
struct SourceInfo {
    std::string path;
    std::int64_t fileBytes = 0;  ///< size on disk
    Container container = Container::plain;
    bool byteOrderMark = false;
    Dialect dialect;
    double dialectConfidence = 0;        ///< 0..1: how clearly the dialect won over the next best; 1 where it was given
    std::vector<std::string> columns;    ///< unique, never empty; column 1.. where there is no header; empty for JSON
    std::vector<std::string> rawHeader;  ///< as written; lines of a header of several joined by blanks
    std::vector<std::vector<std::string>> headerRows;  ///< the same, not joined
    std::int64_t dataOffset = 0;     ///< byte offset of the first data record (see Record::byteOffset)
    std::int64_t dataLine = 1;       ///< and its physical line
    RepairCounts repairs;            ///< of the file as a whole (BOM, preamble, header); rows' are in the batches
    std::vector<std::string> notes;  ///< decisions worth telling, for people
};

[[nodiscard]] const char* containerName(Container container);
[[nodiscard]] const char* formatName(Format format);
[[nodiscard]] const char* newlineName(Newline newline);

}  // namespace tierwise::ingest
