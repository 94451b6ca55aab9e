// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/sniff/foreign_formats.h"

#include <algorithm>
#include <array>
#include <vector>

namespace tierwise::ingest {
namespace {

struct Known {
    std::string_view magic;
    Foreign format;
};

constexpr const char* kUnpack = "Unpack it, and open the log that is in it.";
constexpr const char* kSheet = "Open it in its program, save the sheet as CSV (UTF-8), and open that.";
constexpr const char* kChoose = "Choose the log itself: CSV, TSV, JSON Lines or JSON; plain, gzip or zstd.";
constexpr const char* kParquet = "Write it as CSV, and open that: duckdb -c \"COPY (FROM 'log.parquet') TO 'log.csv'\"";
constexpr const char* kArrow =
    "Write it as CSV, and open that: python3 -c \"import pandas; pandas.read_feather('log.arrow').to_csv('log.csv')\"";
constexpr const char* kDatabase =
    "Write its table as CSV, and open that: sqlite3 -header -csv log.db \"SELECT * FROM requests\" > log.csv. A "
    "project "
    "of Tierwise is opened, not imported.";

// The byte behind a magic of four letters that a CSV's header could begin with is part of it.
constexpr Known kKnown[] = {
    {{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8}, {"this is an old workbook (.xls) or Office document", kSheet}},
    {{"7z\xBC\xAF\x27\x1C", 6}, {"this is a 7z archive", kUnpack}},
    {{"Rar!\x1A\7", 6}, {"this is a rar archive", kUnpack}},
    {{"\xFD"
      "7zXZ\0",
      6},
     {"the file is packed with xz", kUnpack}},
    {{"\x04\x22\x4D\x18", 4}, {"the file is packed with lz4", kUnpack}},
    {{"\xFF\x06\0\0sNaPpY", 10}, {"the file is packed with snappy", kUnpack}},
    {{"\x1F\x9D", 2}, {"the file is packed with compress (.Z)", kUnpack}},
    {{"PAR1\x15", 5}, {"this is a Parquet file", kParquet}},
    {{"ARROW1\0\0", 8}, {"this is an Arrow file", kArrow}},
    {{"FEA1", 4}, {"this is a Feather file", kArrow}},
    {{"ORC\x0A", 4}, {"this is an ORC file", "Export its table as CSV, and open that."}},
    {{"Obj\1", 4}, {"this is an Avro file", "Export its table as CSV, and open that."}},
    {{"\x89HDF\r\n\x1A\n", 8}, {"this is an HDF5 file", "Export its table as CSV, and open that."}},
    {{"\x93NUMPY", 6}, {"this is a NumPy array", "Export it as CSV, and open that."}},
    {{"SQLite format 3\0", 16}, {"this is a SQLite database", kDatabase}},
    {{"%PDF-", 5}, {"this is a PDF document", kChoose}},
    {{"\x7F"
      "ELF",
      4},
     {"this is a program (ELF)", kChoose}},
    {{"\xCF\xFA\xED\xFE", 4}, {"this is a program (Mach-O)", kChoose}},
    {{"\xCA\xFE\xBA\xBE", 4}, {"this is a program (Mach-O or Java class)", kChoose}},
    {{"\0asm", 4}, {"this is a program (WebAssembly)", kChoose}},
    {{"\x89PNG\r\n\x1A\n", 8}, {"this is a picture (PNG)", kChoose}},
    {{"\xFF\xD8\xFF", 3}, {"this is a picture (JPEG)", kChoose}},
    {{"GIF87a", 6}, {"this is a picture (GIF)", kChoose}},
    {{"GIF89a", 6}, {"this is a picture (GIF)", kChoose}},
    {{"OggS\0", 5}, {"this is a recording (Ogg)", kChoose}},
};

bool beginsWith(std::string_view text, std::string_view magic) {
    return text.substr(0, magic.size()) == magic;
}

std::optional<Foreign> zipOf(std::string_view head) {
    if (!beginsWith(head, {"PK\3\4", 4})) {
        return {};
    }
    const auto holds = [&](std::string_view name) { return head.find(name) != std::string_view::npos; };
    if (holds("xl/") || holds("[Content_Types].xml")) {
        return Foreign{"this is a workbook or another Office document (.xlsx)", kSheet};
    }
    if (holds("opendocument")) {
        return Foreign{"this is an OpenDocument file (.ods)", kSheet};
    }
    return Foreign{"this is a zip archive", kUnpack};
}

}  // namespace

std::optional<Foreign> foreignFormat(std::string_view head) {
    for (const Known& known : kKnown) {
        if (beginsWith(head, known.magic)) {
            return known.format;
        }
    }
    if (beginsWith(head, "BZh") && head.size() > 10 && head.substr(4, 6) == "1AY&SY") {
        return Foreign{"the file is packed with bzip2", kUnpack};
    }
    if (beginsWith(head, "RIFF") && head.size() > 12 && (head.substr(8, 4) == "WAVE" || head.substr(8, 4) == "WEBP")) {
        return Foreign{"this is a picture or recording (RIFF)", kChoose};
    }
    if (beginsWith(head, "MZ") && head.size() > 64 && head.substr(0, 512).find('\0') != std::string_view::npos) {
        return Foreign{"this is a program (Windows)", kChoose};
    }
    if (head.size() >= 512 && head.substr(257, 5) == "ustar" && head[100] >= '0' && head[100] <= '7' &&
        head[256] == '\0') {
        return Foreign{"this is a tar archive", kUnpack};
    }
    return zipOf(head);
}

bool looksBinary(std::string_view head) {
    // Separators of ASCII and what terminals and pages need may stand in a text.
    constexpr std::string_view kOfTexts("\t\n\r\f\v\b\a\x1B\x1C\x1D\x1E\x1F\x01\x02\x1A");
    constexpr std::size_t kKinds = 6;
    head = head.substr(0, std::size_t{64} << 10U);
    std::array<std::size_t, 32> counts{};
    for (const char c : head) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < counts.size() && kOfTexts.find(c) == std::string_view::npos) {
            ++counts[byte];
        }
    }
    std::size_t sum = 0;
    std::size_t kinds = 0;
    for (const auto count : counts) {
        sum += count;
        kinds += count > 0 ? 1 : 0;
    }
    return kinds >= kKinds && sum * 40 >= head.size();
}

bool looksFixedWidth(std::string_view text) {
    constexpr std::size_t kLines = 50;
    constexpr std::size_t kLongest = 1000;
    std::vector<bool> filled;  // by place: some line has a character there
    std::size_t lines = 0;
    std::size_t spaced = 0;
    while (!text.empty() && lines < kLines) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, text.substr(0, end).find_last_not_of(" \r") + 1);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty()) {
            continue;
        }
        if (line.size() > kLongest || line.find('\t') != std::string_view::npos) {
            return false;
        }
        ++lines;
        spaced += line.find("  ") != std::string_view::npos ? 1 : 0;
        filled.resize(std::max(filled.size(), line.size()), false);
        for (std::size_t at = 0; at < line.size(); ++at) {
            filled[at] = filled[at] || line[at] != ' ';
        }
    }
    std::size_t columns = 0;
    for (std::size_t at = 0; at < filled.size(); ++at) {
        columns += filled[at] && (at == 0 || !filled[at - 1]) ? 1 : 0;
    }
    return lines >= 4 && columns >= 3 && spaced * 10 >= lines * 6;
}

}  // namespace tierwise::ingest
