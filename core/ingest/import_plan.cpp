// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/import_plan.h"

#include <algorithm>
#include <unordered_map>

#include <nlohmann/json.hpp>

#include "core/ingest/reader/json_flatten.h"
#include "core/ingest/reader/record_reader.h"

namespace tierwise::ingest {
namespace {

using nlohmann::json;

constexpr std::size_t kSampleRows = 1000;
constexpr std::size_t kSampleBytes = std::size_t{8} << 20U;

// The first records as cells by header; of JSON the header grows with the paths that appear.
class Sampler {
public:
    explicit Sampler(const SourceInfo& source)
        : m_json(source.dialect.format != Format::delimited), m_header(source.columns) {}

    void take(const RecordBatch& batch) {
        for (std::size_t row = 0; row < batch.records.size() && !full(); ++row) {
            m_bytes += batch.raw(row).size();
            if (m_json) {
                takeJson(batch.text(row, 0));
                continue;
            }
            auto& cells = m_rows.emplace_back();
            for (const auto& cell : batch.row(row)) {
                cells.emplace_back(cell.view());
            }
        }
    }
    [[nodiscard]] bool full() const { return m_rows.size() >= kSampleRows || m_bytes >= kSampleBytes; }
    std::vector<std::string>& header() { return m_header; }
    std::vector<std::vector<std::string>>& rows() { return m_rows; }
    /// What is wrong with the first record that is no JSON, where one is.
    [[nodiscard]] const std::optional<Error>& unreadable() const { return m_unreadable; }

private:
    void takeJson(std::string_view object) {
        const auto leaves = m_flattener.flatten(object);
        if (!leaves) {
            m_unreadable = m_unreadable ? m_unreadable : std::optional(leaves.error());
            return;
        }
        auto& cells = m_rows.emplace_back();
        for (const auto& leaf : *leaves) {
            const auto [known, added] = m_index.try_emplace(std::string(leaf.path), m_header.size());
            if (added) {
                m_header.emplace_back(leaf.path);
            }
            cells.resize(std::max(cells.size(), known->second + 1));
            cells[known->second] = leaf.kind == JsonKind::null ? std::string() : std::string(leaf.text);
        }
    }

    bool m_json;
    std::vector<std::string> m_header;
    std::vector<std::vector<std::string>> m_rows;
    std::unordered_map<std::string, std::size_t> m_index;
    std::size_t m_bytes = 0;
    std::optional<Error> m_unreadable;
    JsonFlattener m_flattener;
};

bool saysSomething(Field field) {
    switch (field) {
        case Field::inputTokens:
        case Field::inputUncached:
        case Field::outputTokens:
        case Field::totalTokens:
        case Field::reasoningTokens:
        case Field::usage:
        case Field::cost:
        case Field::inputCost:
        case Field::outputCost:
        case Field::prompt:
        case Field::response:
        case Field::model:
        case Field::amount:
            return true;
        default:
            return false;
    }
}

// A mapping that names nothing of a request would store rows that no question can be asked of.
Result<void> checkMapping(const Mapping& mapping, const std::string& file) {
    if (saysAnything(mapping)) {
        return {};
    }
    return fail(ErrorCode::badFormat, "no column of this file looks like a model, token counts, a cost or a prompt",
                "Say what its columns are with a mapping, or choose another file.", file);
}

Result<Mapping> chooseMapping(const ImportWishes& wishes, std::span<const Preset> own, PlannedImport& planned) {
    const auto& header = planned.plan.header;
    if (wishes.mapping) {
        return *wishes.mapping;
    }
    if (wishes.preset) {
        const auto mine =
            std::find_if(own.begin(), own.end(), [&](const Preset& preset) { return preset.id == *wishes.preset; });
        const Preset* const preset = mine != own.end() ? &*mine : findPreset(*wishes.preset);
        if (preset != nullptr) {
            return mappingFor(*preset, header);
        }
        if (*wishes.preset == "generic") {
            return guessMapping(header, planned.sample);
        }
        return fail(ErrorCode::notFound, "there is no preset '" + *wishes.preset + "'",
                    "See the list of presets for their names.");
    }
    planned.matches = detectPresets(header, planned.sample, own);
    return planned.matches.empty() ? guessMapping(header, planned.sample) : planned.matches.front().mapping;
}

template <typename T>
T read(const json& document, const char* key) {
    return document.at(key).get<T>();
}

json toJson(const std::optional<char>& byte) {
    return byte ? json(static_cast<int>(static_cast<unsigned char>(*byte))) : json();
}

std::optional<char> byteFrom(const json& value) {
    return value.is_null() ? std::nullopt : std::optional<char>(static_cast<char>(value.get<int>()));
}

json toJson(const Dialect& dialect) {
    return {{"format", static_cast<int>(dialect.format)},
            {"encoding", dialect.encoding},
            {"delimiter", dialect.delimiter},
            {"quote", toJson(dialect.quote)},
            {"escape", toJson(dialect.escape)},
            {"newline", static_cast<int>(dialect.newline)},
            {"hasHeader", dialect.hasHeader},
            {"headerLines", dialect.headerLines},
            {"skipLines", dialect.skipLines},
            {"comment", dialect.comment},
            {"spaceAroundQuotes", dialect.spaceAroundQuotes},
            {"columnKinds", dialect.columnKinds},
            {"recordPath", dialect.recordPath}};
}

Dialect dialectFrom(const json& document) {
    Dialect dialect;
    dialect.format = static_cast<Format>(read<int>(document, "format"));
    dialect.encoding = read<std::string>(document, "encoding");
    dialect.delimiter = read<std::string>(document, "delimiter");
    dialect.quote = byteFrom(document.at("quote"));
    dialect.escape = byteFrom(document.at("escape"));
    dialect.newline = static_cast<Newline>(read<int>(document, "newline"));
    dialect.hasHeader = read<bool>(document, "hasHeader");
    dialect.headerLines = read<std::int32_t>(document, "headerLines");
    dialect.skipLines = read<std::int64_t>(document, "skipLines");
    dialect.comment = read<std::string>(document, "comment");
    dialect.spaceAroundQuotes = read<bool>(document, "spaceAroundQuotes");
    dialect.recordPath = read<std::string>(document, "recordPath");
    dialect.columnKinds = document.value("columnKinds", std::string());  // plans of older versions have none
    return dialect;
}

json toJson(const MaskOptions& masking) {
    return {{"mode", static_cast<int>(masking.mode)},
            {"personal", masking.personal},
            {"secrets", masking.secrets},
            {"headerNames", masking.headerNames},
            {"ownClasses", masking.ownClasses}};
}

MaskOptions maskingFrom(const json& document) {
    MaskOptions masking;
    masking.mode = static_cast<MaskMode>(read<int>(document, "mode"));
    masking.personal = read<bool>(document, "personal");
    masking.secrets = read<bool>(document, "secrets");
    masking.headerNames = read<std::vector<std::string>>(document, "headerNames");
    masking.ownClasses = read<std::vector<std::pair<std::string, std::string>>>(document, "ownClasses");
    return masking;
}

}  // namespace

bool saysAnything(const Mapping& mapping) {
    return mapping.assembly != Assembly::none ||
           std::any_of(mapping.columns.begin(), mapping.columns.end(),
                       [](const ColumnMapping& column) { return saysSomething(column.field); });
}

Result<PlannedImport> planImport(const std::string& file, const ImportWishes& wishes, std::span<const Preset> own,
                                 const TaskContext& context) {
    auto reader = RecordReader::open(file, wishes.reading, context);
    if (!reader) {
        return fail(reader.error());
    }
    PlannedImport planned;
    planned.source = (*reader)->info();
    if (planned.source.fileBytes == 0) {
        return fail(ErrorCode::badFormat, "the file is empty", "Choose a log with requests in it.", file);
    }
    Sampler sampler(planned.source);
    RecordBatch batch;
    while (!sampler.full()) {
        const auto more = (*reader)->next(batch);
        if (!more) {
            return fail(more.error());
        }
        if (!*more) {
            break;
        }
        sampler.take(batch);
    }
    auto& plan = planned.plan;
    plan.file = file;
    plan.dialect = planned.source.dialect;
    plan.raggedRows = wishes.reading.raggedRows;
    plan.blankLines = wishes.reading.blankLines;
    plan.unclosedQuotes = wishes.reading.unclosedQuotes;
    plan.header = std::move(sampler.header());
    plan.masking = wishes.masking;
    plan.storeTexts = wishes.storeTexts;
    planned.sample = std::move(sampler.rows());
    if (plan.header.empty() && sampler.unreadable()) {
        return fail(ErrorCode::badFormat,
                    "no record of this file can be read; of the first: " + sampler.unreadable()->what,
                    "Look at them with \"tierwise-cli inspect\"; each record must be JSON of its own.", file);
    }
    if (plan.header.empty() && !batch.rejects.empty()) {
        const Reject& reject = batch.rejects.front();
        return fail(ErrorCode::badFormat, "no record of this file can be read: " + reject.reason, reject.fixHint, file,
                    reject.line, reject.byteOffset);
    }
    if (plan.header.empty()) {
        return fail(ErrorCode::badFormat, "the file holds no records", "Choose a log with requests in it.", file);
    }
    auto mapping = chooseMapping(wishes, own, planned);
    if (!mapping) {
        return fail(mapping.error());
    }
    plan.mapping = std::move(*mapping);
    if (const auto checked = checkMapping(plan.mapping, file); !checked && !wishes.allowBlank) {
        return fail(checked.error());
    }
    return planned;
}

std::string planToJson(const ImportPlan& plan) {
    const json document{{"file", plan.file},
                        {"dialect", toJson(plan.dialect)},
                        {"raggedRows", static_cast<int>(plan.raggedRows)},
                        {"blankLines", static_cast<int>(plan.blankLines)},
                        {"unclosedQuotes", static_cast<int>(plan.unclosedQuotes)},
                        {"header", plan.header},
                        {"mapping", toJson(plan.mapping)},
                        {"masking", toJson(plan.masking)},
                        {"storeTexts", plan.storeTexts}};
    return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<ImportPlan> planFromJson(const std::string& text) {
    try {
        const json document = json::parse(text);
        ImportPlan plan;
        plan.file = read<std::string>(document, "file");
        plan.dialect = dialectFrom(document.at("dialect"));
        plan.raggedRows = static_cast<RaggedRows>(read<int>(document, "raggedRows"));
        plan.blankLines = static_cast<BlankLines>(read<int>(document, "blankLines"));
        plan.unclosedQuotes = static_cast<UnclosedQuotes>(read<int>(document, "unclosedQuotes"));
        plan.header = read<std::vector<std::string>>(document, "header");
        auto mapping = mappingFromJson(document.at("mapping"));
        if (!mapping) {
            return fail(mapping.error());
        }
        plan.mapping = std::move(*mapping);
        plan.masking = maskingFrom(document.at("masking"));
        plan.storeTexts = read<bool>(document, "storeTexts");
        return plan;
    } catch (const json::exception& exception) {
        return fail(ErrorCode::badFormat, std::string("the options of the import cannot be read: ") + exception.what(),
                    "Roll the import back and import the file again.");
    }
}

}  // namespace tierwise::ingest
