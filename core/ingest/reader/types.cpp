// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/reader/types.h"

namespace tierwise::ingest {
namespace {

struct RepairWords {
    const char* name;
    const char* text;
};

constexpr std::array<RepairWords, kRepairKinds> kWords = {{
    {"byteOrderMark", "byte order mark taken off"},
    {"sepLine", "\"sep=\" line obeyed and skipped"},
    {"preambleLine", "line before the header skipped"},
    {"blankLine", "empty line skipped"},
    {"commentLine", "comment line skipped"},
    {"shortRow", "row with fewer cells than columns"},
    {"longRow", "row with more cells than columns"},
    {"trailingDelimiter", "row with empty cells beyond its columns"},
    {"strayQuote", "quote where none may stand, kept as text"},
    {"unclosedQuote", "opening quote without its end, kept as text"},
    {"otherDialect", "row with another delimiter or quote, read by those"},
    {"wrappedRow", "row in quotes as a whole, taken out of them"},
    {"spaceAroundQuote", "spaces beside a quote dropped"},
    {"invalidBytes", "bytes that the encoding does not know, read as windows-1252"},
    {"pythonValue", "Python dictionary, read as JSON"},
    {"linePrefix", "words before the object of a line, kept as line_prefix"},
    {"nulByte", "NUL byte inside a cell, kept"},
    {"mixedNewlines", "more than one kind of line end"},
    {"noFinalNewline", "last line without a line end"},
    {"duplicateHeader", "column name seen before, numbered"},
    {"emptyHeader", "column without a name, numbered"},
    {"multiLineHeader", "header of several lines, joined"},
    {"oversizedRecord", "record beyond the size limit, rejected"},
    {"truncatedData", "compressed data that ends early"},
}};

}  // namespace

const char* repairName(Repair repair) {
    return kWords[static_cast<std::size_t>(repair)].name;
}

const char* repairText(Repair repair) {
    return kWords[static_cast<std::size_t>(repair)].text;
}

RepairCounts& RepairCounts::operator+=(const RepairCounts& other) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
        counts[i] += other.counts[i];
    }
    return *this;
}

std::int64_t RepairCounts::total() const {
    std::int64_t sum = 0;
    for (const auto count : counts) {
        sum += count;
    }
    return sum;
}

const char* containerName(Container container) {
    switch (container) {
        case Container::gzip:
            return "gzip";
        case Container::zstd:
            return "zstd";
        case Container::plain:
            break;
    }
    return "plain";
}

const char* formatName(Format format) {
    switch (format) {
        case Format::jsonLines:
            return "jsonLines";
        case Format::jsonArray:
            return "jsonArray";
        case Format::jsonSequence:
            return "jsonSequence";
        case Format::delimited:
            break;
    }
    return "delimited";
}

const char* newlineName(Newline newline) {
    switch (newline) {
        case Newline::crlf:
            return "crlf";
        case Newline::cr:
            return "cr";
        case Newline::mixed:
            return "mixed";
        case Newline::lf:
            break;
    }
    return "lf";
}

}  // namespace tierwise::ingest
