// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/base/error.h"
#include "core/store/request_row.h"

namespace tierwise::ingest {

/// What a column of a log means. Tokens are counts; a log's own conventions turn them into the normalized usage of
/// domain section 1. Several columns may have the same field: the first that is not empty wins, in the order of
/// Mapping::columns; except requestId (joined with ':'), tag (joined with ','), prompt and response (joined by a blank
/// line, equal ones once).
enum class Field : std::uint8_t {
    extra,            ///< kept as JSON beside the row, can be grouped by
    ignore,           ///< known and of no use: left out (a row number, a duplicate of another column)
    time,             ///< when the request was made
    endTime,          ///< when it ended: gives the latency where no column has it
    model,            ///< the name as logged; resolution is the catalog's
    provider,         ///< a hint for the resolution
    inputTokens,      ///< the log's "input" or "prompt"; CacheConvention says whether it holds cached tokens
    inputUncached,    ///< input without any cached token, whatever the convention
    cacheRead,        ///< input tokens read from a prompt cache
    cacheWrite,       ///< input tokens written to a cache, lifetime not told (counted as 5 minutes)
    cacheWrite5m,     ///< ... with a lifetime of 5 minutes
    cacheWrite1h,     ///< ... with a lifetime of 1 hour
    outputTokens,     ///< the log's "output" or "completion"; ReasoningConvention says whether reasoning is inside
    reasoningTokens,  ///< thought, not said
    totalTokens,      ///< gives a missing input or output, and tells conventions apart
    usage,            ///< a JSON object of token counts in any provider's form
    cost,             ///< what the log says the request cost
    inputCost,        ///< parts of the cost; summed where there is no cost
    outputCost,
    requestId,  ///< the key by which repeated lines are known
    session,    ///< conversation, trace or agent run
    user,
    team,  ///< team, project, workspace or key: whoever pays
    tag,
    serviceTier,  ///< standard, batch, flex, priority; "true" is batch and "false" none (columns called "batch")
    region,
    latency,    ///< from request to last token
    prompt,     ///< text, or JSON messages
    response,   ///< text, or JSON messages
    score,      ///< 0..1 (Unit says percent or of ten)
    requests,   ///< an aggregate line: how many requests it stands for
    status,     ///< success, error, or an HTTP status
    domain,     ///< a logged subject or category
    dataClass,  ///< a logged class of the data in the texts ("pii", "secret", or the user\'s own)
    metric,     ///< long formats: the column that names what `amount` counts
    amount,     ///< long formats: the value
    sequence,   ///< messages split over lines: their order
};

/// The name of a field as saved mappings and --json write it ("cacheRead"), and back.
[[nodiscard]] std::string_view fieldName(Field field);
[[nodiscard]] std::optional<Field> fieldFromName(std::string_view name);
/// Every field, in the order of the enum.
[[nodiscard]] std::span<const Field> allFields();

/// The unit of a column. automatic: dollars for money; seconds for latency (told from the name by the presets);
/// times as ISO 8601 or an epoch whose size tells s, ms, us or ns; scores 0..1, with % or in words.
enum class Unit : std::uint8_t {
    automatic,
    dollars,
    cents,
    microDollars,
    seconds,
    milliseconds,
    microseconds,
    nanoseconds,
    percent,   ///< score of 100
    ofTen,     ///< score of 10
    stars,     ///< score of 1 to 5 stars: 1 is 0, 5 is 1
    thumbs,    ///< score of 1 or +1 (up) and 0 or -1 (down)
    thousands  ///< token counts in thousands
};
[[nodiscard]] std::string_view unitName(Unit unit);
[[nodiscard]] std::optional<Unit> unitFromName(std::string_view name);

enum class CacheConvention : std::uint8_t {
    included,    ///< input holds the cached tokens (OpenAI, Gemini): subtract
    additional,  ///< input is without them (Anthropic): add
    byTotal,     ///< whichever makes total = input + output; without one, additional
};
enum class ReasoningConvention : std::uint8_t {
    inside,   ///< output holds the reasoning (OpenAI, Anthropic)
    outside,  ///< output is the answer alone (Gemini, xAI): add
    byTotal,  ///< whichever makes total = input + output; without one, inside unless it is more than output
};
enum class DateOrder : std::uint8_t { yearFirst, dayFirst, monthFirst };
enum class NumberForm : std::uint8_t {
    plain,        ///< 1234.56, and 1,234.56 where every comma groups three digits
    commaDecimal  ///< 1234,56 and 1.234,56
};

/// What the columns cannot say themselves.
struct Conventions {
    CacheConvention cache = CacheConvention::included;
    ReasoningConvention reasoning = ReasoningConvention::inside;
    NumberForm numbers = NumberForm::plain;
    DateOrder dates = DateOrder::yearFirst;
    std::string timeZone = "UTC";       ///< IANA name, for times without an offset
    std::int64_t timeShiftSeconds = 0;  ///< added to every time
    std::string timeEpoch;    ///< ISO time that relative times (seconds from 0) count from; empty = the Unix epoch
    std::string provider;     ///< provider hint where no column has one
    std::string serviceTier;  ///< service tier where no column has one
    bool uniqueIds = false;   ///< requestId names one request for good: it becomes the row's dedupKey

    bool zeroIsUnknown = false;  ///< no tokens at all and no cost: the log did not know them (Langfuse)

    bool operator==(const Conventions&) const = default;
};

/// How lines become requests.
enum class Assembly : std::uint8_t {
    none,           ///< a line is a request (or an aggregate of n)
    pivot,          ///< long format: lines that share all but metric and amount are one row (DeepSeek)
    splitBody,      ///< one request's texts over several lines, in order of sequence (Azure API Management)
    claudeCode,     ///< session lines; usage of one message repeats over its content blocks
    codex,          ///< session lines; the model in one line, the usage in later ones
    otlp,           ///< OTLP JSON: resourceSpans/scopeSpans/spans with typed attributes
    langfuseTrace,  ///< {trace, observations: [...]}
    turns,          ///< prompt files with an array of turns: each turn is a request of one session
};
[[nodiscard]] std::string_view assemblyName(Assembly assembly);
[[nodiscard]] std::optional<Assembly> assemblyFromName(std::string_view name);

/// One column's part. JSON records have columns too: the dotted path of the value ("message.usage.input_tokens").
struct ColumnMapping {
    std::string column;  ///< as in the header; compared without case and surrounding blanks
    Field field = Field::extra;
    Unit unit = Unit::automatic;

    bool operator==(const ColumnMapping&) const = default;
};

/// Only records whose column has one of the values (compared without case) are requests; the others are counted as
/// notARequest. A record without a value in the column passes.
struct RowFilter {
    std::string column;
    std::vector<std::string> values;

    bool operator==(const RowFilter&) const = default;
};

/// Everything needed to turn a source's records into requests. A value: saved, edited, compared.
/// Columns that are not listed are extras. Listed columns that a file lacks do no harm: JSON records may bring them
/// late.
struct Mapping {
    std::string preset;  ///< id of the preset it began as; may be empty
    Assembly assembly = Assembly::none;
    std::vector<ColumnMapping> columns;
    std::vector<RowFilter> only;
    std::vector<std::pair<std::string, Field>> pivot;  ///< Assembly::pivot: what a value of the metric column counts
    Conventions conventions;

    bool operator==(const Mapping&) const = default;
};

/// JSON round trip (the form in resources/presets and of mappings that users save). Error badFormat names the key.
[[nodiscard]] nlohmann::json toJson(const Mapping& mapping);
/// The names of the conventions in JSON, as Conventions has them.
[[nodiscard]] const std::vector<std::string>& conventionNames();
[[nodiscard]] Result<Mapping> mappingFromJson(const nlohmann::json& document);

/// Why a record is not a row. The strings are for people.
struct MapReject {
    std::string column;
    std::string reason;
    std::string hint;
};

enum class MapStatus : std::uint8_t {
    row,          ///< the row is filled
    rejected,     ///< the reject is filled
    notARequest,  ///< a line that stands for no request: a user's turn in a session file, an empty time bucket
    merged,       ///< its values went into another row (long formats, repeated usage lines)
};

/// Turns one record into one row, whose views live until the mapper's next call: compiled once from a mapping and a
/// header, then used for every record. For mappings with Assembly::none. Not thread-safe (it owns scratch memory): copy
/// one per worker; copies are cheap. No allocation per row on the usual paths, beyond what the row's own strings need.
class RowMapper {
public:
    /// header: CSV header cells, or the dotted paths seen in a JSON sample (paths not in it become extras).
    /// Errors: invalidArgument when none of the mapped columns is in the header, or a time zone or epoch is unknown.
    [[nodiscard]] static Result<RowMapper> compile(const Mapping& mapping, std::span<const std::string> header);

    RowMapper(const RowMapper& other);
    RowMapper& operator=(const RowMapper& other);
    RowMapper(RowMapper&&) noexcept;
    RowMapper& operator=(RowMapper&&) noexcept;
    ~RowMapper();

    /// cells[i] is the value of header[i]; missing cells at the end are missing values. The row is reset first.
    MapStatus map(std::span<const std::string_view> cells, store::RequestRow& row, MapReject& reject);
    /// One JSON object. Malformed JSON is a reject.
    MapStatus mapJson(std::string_view object, store::RequestRow& row, MapReject& reject);

private:
    struct Impl;
    explicit RowMapper(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// What an assembler makes. Every record pushed is counted exactly once, by one of the four calls: read = rows +
/// rejects + notARequest + merged, except that a record that holds several requests gives several rows.
class RowSink {
public:
    virtual ~RowSink() = default;
    virtual void row(const store::RequestRow& row, const store::SourcePlace& place) = 0;
    virtual void reject(const MapReject& reject, const store::SourcePlace& place) = 0;
    virtual void notARequest(const store::SourcePlace& place) = 0;
    virtual void merged(const store::SourcePlace& place) = 0;
};

/// For every mapping: records in file order in, rows out; some only at finish(). With Assembly::none it is RowMapper.
/// State is bounded by the number of open groups (sessions' last messages, buckets of a long format).
class RecordAssembler {
public:
    virtual ~RecordAssembler() = default;
    virtual void pushCells(std::span<const std::string_view> cells, const store::SourcePlace& place, RowSink& sink) = 0;
    virtual void pushJson(std::string_view object, const store::SourcePlace& place, RowSink& sink) = 0;
    virtual void finish(RowSink& sink) = 0;
};

[[nodiscard]] Result<std::unique_ptr<RecordAssembler>> makeAssembler(const Mapping& mapping,
                                                                     std::span<const std::string> header);

/// The dotted paths of one JSON object, appended to paths where not there yet, in order of appearance: objects are
/// entered, arrays are one value. False when it is not a JSON object.
bool collectJsonPaths(std::string_view object, std::vector<std::string>& paths);

}  // namespace tierwise::ingest
