// SPDX-License-Identifier: GPL-3.0-or-later
// From a log's own conventions to the normalized usage of domain section 1.
#include <fmt/format.h>

#include "core/ingest/mapping_row.h"

namespace tierwise::ingest {
namespace {

std::int64_t orZero(const std::optional<std::int64_t>& value) {
    return value.value_or(0);
}

// What a lifetime-less count of cache writes adds to those whose lifetime is told: nothing where both are there,
// because logs that break the count down give the sum too.
std::int64_t writes(const RawUsage& raw) {
    return raw.cacheWrite5m || raw.cacheWrite1h ? orZero(raw.cacheWrite5m) + orZero(raw.cacheWrite1h)
                                                : orZero(raw.cacheWrite);
}

// Cursor's "input with cache write" holds the input without it in some exports and not in others; the total tells.
void settleWrites(RawUsage& raw) {
    if (!raw.inputUncached || !raw.cacheWrite || !raw.total || raw.cacheWrite5m || raw.cacheWrite1h) {
        return;
    }
    const std::int64_t others = orZero(raw.cacheRead) + orZero(raw.output);
    const bool apart = *raw.inputUncached + *raw.cacheWrite + others == *raw.total;
    if (!apart && *raw.cacheWrite >= *raw.inputUncached && *raw.cacheWrite + others == *raw.total) {
        raw.cacheWrite = *raw.cacheWrite - *raw.inputUncached;
    }
}

bool reasoningIsOutside(const RawUsage& raw, const Conventions& conventions) {
    if (conventions.reasoning != ReasoningConvention::byTotal) {
        return conventions.reasoning == ReasoningConvention::outside;
    }
    if (!raw.total || !raw.input || !raw.output || orZero(raw.reasoning) == 0) {
        return orZero(raw.reasoning) > orZero(raw.output) && raw.output;
    }
    const std::int64_t visible = *raw.input + *raw.output;
    const std::int64_t cached = orZero(raw.cacheRead) + writes(raw);
    return visible + *raw.reasoning == *raw.total || visible + cached + *raw.reasoning == *raw.total;
}

bool cacheIsIncluded(const RawUsage& raw, const Conventions& conventions, std::int64_t cached,
                     std::int64_t wholeOutput) {
    if (conventions.cache != CacheConvention::byTotal) {
        return conventions.cache == CacheConvention::included;
    }
    return raw.total && raw.output && *raw.input + wholeOutput == *raw.total && cached <= *raw.input;
}

// Fills a missing input or output from the total.
void useTotal(RawUsage& raw, const Conventions& conventions) {
    const bool apart = conventions.cache == CacheConvention::additional;
    const std::int64_t cached = apart ? orZero(raw.cacheRead) + writes(raw) : 0;
    if (!raw.total || raw.inputUncached) {
        return;
    }
    if (raw.input && !raw.output && *raw.total >= *raw.input + cached) {
        raw.output = *raw.total - *raw.input - cached;
    } else if (raw.output && !raw.input && *raw.total >= *raw.output + cached) {
        raw.input = *raw.total - *raw.output - cached;
    }
}

bool setCount(std::optional<TokenCount>& target, std::optional<std::int64_t> value, const char* name,
              MapReject& reject) {
    if (!value) {
        return true;
    }
    if (*value > 0xFFFFFFFFLL) {
        reject = {{},
                  fmt::format("{} of {} tokens are more than one line can hold", name, *value),
                  "Check the unit of the column; split an aggregate line into shorter spans of time."};
        return false;
    }
    target = TokenCount(*value);
    return true;
}

}  // namespace

bool normalizeUsage(RawUsage raw, const Conventions& conventions, store::RequestRow& row, MapReject& reject) {
    settleWrites(raw);
    useTotal(raw, conventions);
    if (reasoningIsOutside(raw, conventions) && raw.reasoning) {
        if (raw.output) {
            raw.output = *raw.output + *raw.reasoning;
        }
    } else if (raw.reasoning && raw.output && *raw.reasoning > *raw.output) {
        reject = {{},
                  fmt::format("{} reasoning tokens are more than the {} output tokens that are said to hold them",
                              *raw.reasoning, *raw.output),
                  "If this log counts reasoning apart, set the mapping's reasoning tokens to \"outside\"."};
        return false;
    }
    const std::int64_t cached = orZero(raw.cacheRead) + writes(raw);
    std::optional<std::int64_t> uncached = raw.inputUncached;
    if (!uncached && raw.input) {
        uncached = raw.input;
        if (cached > 0 && cacheIsIncluded(raw, conventions, cached, orZero(raw.output))) {
            if (cached > *raw.input) {
                reject = {{},
                          fmt::format("{} cached tokens are more than the {} input tokens that are said to hold them",
                                      cached, *raw.input),
                          "If this log counts cached tokens apart, set the mapping's cached tokens to \"additional\"."};
                return false;
            }
            uncached = *raw.input - cached;
        }
    }
    const bool told = raw.cacheWrite5m || raw.cacheWrite1h;
    return setCount(row.inputUncached, uncached, "an input", reject) &&
           setCount(row.cacheRead, raw.cacheRead, "a cache read", reject) &&
           setCount(row.cacheWrite5m, told ? raw.cacheWrite5m : raw.cacheWrite, "a cache write", reject) &&
           setCount(row.cacheWrite1h, raw.cacheWrite1h, "a cache write", reject) &&
           setCount(row.output, raw.output, "an output", reject) &&
           setCount(row.reasoning, raw.reasoning, "reasoning", reject);
}

}  // namespace tierwise::ingest
