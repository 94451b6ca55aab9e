// SPDX-License-Identifier: GPL-3.0-or-later
// A log that no preset knows: columns by their names, checked against the sample's values; conventions by arithmetic.
#include "core/ingest/preset_guess.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/ingest/mapping_row.h"
#include "core/ingest/preset_data.h"
#include "core/ingest/sniff/column_types.h"
#include "core/ingest/sniff/values.h"

namespace tierwise::ingest {
namespace {

constexpr double kGenericBase = 0.2;
constexpr double kGenericPerFind = 0.1;

// "Prompt Tokens", "prompt_tokens" and "promptTokens" are one name.
std::string bare(std::string_view name) {
    std::string text;
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            text += upper ? static_cast<char>(c + 32) : c;
        }
    }
    return text;
}

struct KnownName {
    Field field;
    int rank;  ///< position in its list: earlier names are surer
};

const std::map<std::string, KnownName>& knownNames() {
    static const auto kNames = [] {
        std::map<std::string, KnownName> names;
        const auto document = nlohmann::json::parse(kPresetData);
        for (const auto& [field, list] : document["names"].items()) {
            int rank = 0;
            for (const auto& name : list) {
                names.emplace(bare(name.get<std::string>()), KnownName{*fieldFromName(field), rank++});
            }
        }
        return names;
    }();
    return kNames;
}

bool isCountField(Field field) {
    return (field >= Field::inputTokens && field <= Field::totalTokens) || field == Field::requests;
}

// "input" and "output" are counts or texts: the values say which.
bool isCountOrText(const std::string& name) {
    return name == "input" || name == "output";
}

bool isNumber(std::string_view value) {
    return parseNumber(value, NumberForm::plain) || parseNumber(value, NumberForm::commaDecimal);
}

// Do the sample's values fit the field? A column that is called after numbers may hold a few others, which the import
// rejects with a reason; better than a column that is left out in silence.
bool fits(Field field, const std::string& name, std::size_t column, std::span<const std::vector<std::string>> rows) {
    const auto times = TimeReader::create({});
    int seen = 0;
    int fitting = 0;
    for (const auto& row : rows) {
        const std::string_view value = column < row.size() ? trimmed(row[column]) : std::string_view();
        if (isMissing(value) || value == name) {  // a header that stands there again
            continue;
        }
        ++seen;
        const char* hint = nullptr;
        if (isCountField(field)) {
            fitting += isNumber(value) ? 1 : 0;
        } else if (field == Field::time || field == Field::endTime) {
            // An ambiguous 3/4/2026 is a time all the same.
            fitting += times->parse(value, Unit::automatic, &hint) || hint != nullptr ? 1 : 0;
        } else if (field == Field::cost || field == Field::latency) {
            fitting += isNumber(value) || parseCost(value, NumberForm::plain, Unit::dollars) ? 1 : 0;
        } else if (field == Field::score) {
            const auto number = parseNumber(value, NumberForm::plain);
            fitting += (number && *number >= -1 && *number <= 100) || parseScore(value, NumberForm::plain, Unit::stars)
                           ? 1
                           : 0;
        } else if (field == Field::prompt || field == Field::response) {
            fitting += parseNumber(value, NumberForm::plain) ? 0 : 1;
        } else {
            ++fitting;
        }
    }
    const bool numbers = isCountField(field) || field == Field::cost || field == Field::latency;
    return fitting * 10 >= seen * (numbers && !isCountOrText(bare(name)) ? 5 : 8);
}

Unit unitOf(const std::string& name, Field field, std::size_t column, std::span<const std::vector<std::string>> rows) {
    const auto endsWith = [&](std::string_view end) {
        return name.size() >= end.size() && name.compare(name.size() - end.size(), end.size(), end) == 0;
    };
    if (field == Field::cost && name.find("cent") != std::string::npos) {
        return Unit::cents;
    }
    if (field == Field::latency && (endsWith("ms") || name.find("milli") != std::string::npos)) {
        return Unit::milliseconds;
    }
    if (field == Field::score) {
        double top = 0;
        double bottom = 5;
        for (const auto& row : rows) {
            const std::string_view value = column < row.size() ? trimmed(row[column]) : std::string_view();
            if (const auto number = parseNumber(value, NumberForm::plain)) {
                top = std::max(top, *number);
                bottom = std::min(bottom, *number);
            } else if (!parseScore(value, NumberForm::plain, Unit::automatic) &&
                       parseScore(value, NumberForm::plain, Unit::stars)) {
                return Unit::stars;  // "4/5", or stars that are drawn
            }
        }
        // From 1 to 5 and never 0 are stars, as judges of answers give them too.
        const bool stars = top > 1 && top <= 5 && bottom >= 1;
        return bottom < 0 ? Unit::thumbs
               : top > 10 ? Unit::percent
               : stars    ? Unit::stars
               : top > 1  ? Unit::ofTen
                          : Unit::automatic;
    }
    return Unit::automatic;
}

// The last parts of a dotted path, from the whole to the name alone: "response.usage.prompt_tokens" is known by
// "prompt_tokens" unless something before says more.
std::optional<KnownName> lookUp(const std::string& column) {
    for (std::size_t from = 0;;) {
        const auto found = knownNames().find(bare(std::string_view(column).substr(from)));
        if (found != knownNames().end()) {
            KnownName known = found->second;
            // A deep "id" or "created" is less likely the request's own.
            known.rank += from > 0 ? 100 + static_cast<int>(std::count(column.begin(), column.end(), '.')) : 0;
            return known;
        }
        const std::size_t dot = column.find('.', from);
        if (dot == std::string::npos) {
            return {};
        }
        from = dot + 1;
    }
}

std::optional<std::int64_t> sum(const std::vector<std::string>& row, const std::vector<std::size_t>& columns,
                                NumberForm form) {
    std::int64_t total = 0;
    for (const std::size_t column : columns) {
        const std::string_view text = column < row.size() ? trimmed(row[column]) : std::string_view();
        const auto count = isMissing(text) ? std::optional<std::int64_t>(0) : parseCount(text, form);
        if (!count) {
            return {};
        }
        total += *count;
    }
    return total;
}

class Conventional {
public:
    Conventional(const Mapping& mapping, std::span<const std::string> header,
                 std::span<const std::vector<std::string>> rows)
        : m_rows(rows) {
        for (const auto& column : mapping.columns) {
            const auto at = std::find(header.begin(), header.end(), column.column);
            m_columns[column.field].push_back(static_cast<std::size_t>(at - header.begin()));
        }
    }

    // Evidence: cached tokens beyond the input, or a total that only adds up with them.
    [[nodiscard]] CacheConvention cache(NumberForm form) const {
        std::vector<std::size_t> cached = at(Field::cacheRead);
        for (const Field field : {Field::cacheWrite, Field::cacheWrite5m, Field::cacheWrite1h}) {
            const auto more = at(field);
            cached.insert(cached.end(), more.begin(), more.end());
        }
        for (const auto& row : m_rows) {
            const auto c = sum(row, cached, form);
            const auto in = sum(row, at(Field::inputTokens), form);
            const auto out = sum(row, at(Field::outputTokens), form);
            const auto total = sum(row, at(Field::totalTokens), form);
            if (!c || !in || !out || !total || *c == 0) {
                continue;
            }
            if (*c > *in || (*total > 0 && *in + *c + *out == *total)) {
                return CacheConvention::additional;
            }
        }
        return CacheConvention::included;
    }

    [[nodiscard]] ReasoningConvention reasoning(NumberForm form) const {
        for (const auto& row : m_rows) {
            const auto r = sum(row, at(Field::reasoningTokens), form);
            const auto out = sum(row, at(Field::outputTokens), form);
            const auto in = sum(row, at(Field::inputTokens), form);
            const auto total = sum(row, at(Field::totalTokens), form);
            if (r && out && in && total && *r > 0 && (*r > *out || (*total > 0 && *in + *out + *r == *total))) {
                return ReasoningConvention::outside;
            }
        }
        return ReasoningConvention::inside;
    }

private:
    [[nodiscard]] std::vector<std::size_t> at(Field field) const {
        const auto found = m_columns.find(field);
        return found == m_columns.end() ? std::vector<std::size_t>() : found->second;
    }

    std::span<const std::vector<std::string>> m_rows;
    std::map<Field, std::vector<std::size_t>> m_columns;
};

}  // namespace

void adoptForms(Mapping& mapping, std::span<const std::string> header,
                std::span<const std::vector<std::string>> sampleRows) {
    if (sampleRows.empty()) {
        return;
    }
    std::vector<std::string_view> cells;
    for (const auto& column : mapping.columns) {
        const bool number = isCountField(column.field) || column.field == Field::cost || column.field == Field::latency;
        const auto at = std::find(header.begin(), header.end(), column.column);
        if ((!number && column.field != Field::time) || at == header.end()) {
            continue;
        }
        const auto index = static_cast<std::size_t>(at - header.begin());
        cells.clear();
        bool comma = false;
        for (const auto& row : sampleRows) {
            // What is neither a number nor a moment (a total's title, a header in between) says nothing of the form.
            if (index < row.size() && isTypedValue(row[index])) {
                cells.push_back(row[index]);
                comma = comma || row[index].find(',') != std::string::npos;
            }
        }
        const ColumnGuess guess = guessColumn(column.column, cells);
        const bool decimalComma =
            guess.numbers == NumberStyle::commaDecimal || (guess.numbers == NumberStyle::spaceGroups && comma);
        if (number && decimalComma && !guess.ambiguous) {
            mapping.conventions.numbers = NumberForm::commaDecimal;
        } else if (!number && guess.type == ColumnType::time && !guess.ambiguous) {
            mapping.conventions.dates = guess.times == TimeStyle::dayFirst     ? DateOrder::dayFirst
                                        : guess.times == TimeStyle::monthFirst ? DateOrder::monthFirst
                                                                               : mapping.conventions.dates;
        }
    }
}

Mapping guessMapping(std::span<const std::string> header, std::span<const std::vector<std::string>> sampleRows) {
    struct Candidate {
        std::size_t column;
        KnownName known;
    };
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < header.size(); ++i) {
        auto known = lookUp(header[i]);
        if (!known) {
            continue;
        }
        if (!fits(known->field, header[i], i, sampleRows)) {
            const std::string name = bare(header[i]);
            if (isCountOrText(name)) {
                known->field = name == "input" ? Field::prompt : Field::response;
            } else {
                continue;
            }
        }
        candidates.push_back({i, *known});
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.known.rank < b.known.rank; });
    Mapping mapping;
    std::set<Field> taken;
    for (const Candidate& candidate : candidates) {
        if (taken.insert(candidate.known.field).second) {
            const Unit unit =
                unitOf(bare(header[candidate.column]), candidate.known.field, candidate.column, sampleRows);
            mapping.columns.push_back({header[candidate.column], candidate.known.field, unit});
        }
    }
    adoptForms(mapping, header, sampleRows);
    const Conventional conventional(mapping, header, sampleRows);
    mapping.conventions.cache = conventional.cache(mapping.conventions.numbers);
    mapping.conventions.reasoning = conventional.reasoning(mapping.conventions.numbers);
    return mapping;
}

PresetMatch guessMatch(std::span<const std::string> header, std::span<const std::vector<std::string>> sampleRows) {
    PresetMatch found{"generic", "Columns by their names", 0, {}, guessMapping(header, sampleRows)};
    std::set<Field> fields;
    std::string names;
    for (const auto& column : found.mapping.columns) {
        fields.insert(column.field);
        names += fmt::format("{}{} = {}", names.empty() ? "" : ", ", column.column, fieldName(column.field));
    }
    const bool input = fields.contains(Field::inputTokens) || fields.contains(Field::inputUncached) ||
                       fields.contains(Field::prompt) || fields.contains(Field::usage);
    const bool output = fields.contains(Field::outputTokens) || fields.contains(Field::usage);
    for (const bool has : {fields.contains(Field::time), fields.contains(Field::model), input, output}) {
        found.confidence += has ? kGenericPerFind : 0;
    }
    found.confidence += input ? kGenericBase : 0;
    found.confidence = std::min(found.confidence, 0.6);
    found.because.push_back(names.empty() ? "No column has a known name." : "Known names: " + names + ".");
    return found;
}

}  // namespace tierwise::ingest
