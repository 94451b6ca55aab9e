// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/sniff/column_types.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include <fmt/format.h>

#include "core/ingest/reader/utf8.h"
#include "core/ingest/sniff/values.h"

namespace tierwise::ingest {
namespace {

constexpr std::array<std::string_view, 9> kMissing = {"", "null", "NULL", "NA", "N/A", "n/a", "NaN", "None", "-"};

constexpr std::size_t kManyValues = 20;  // of which a few may be wrong

struct EpochRange {
    TimeStyle style;
    double low;   // 2000-01-01
    double high;  // 2100-01-01
};
constexpr double kEpochLow = 946684800.0;
constexpr double kEpochHigh = 4102444800.0;
constexpr std::array<EpochRange, 4> kEpochs = {{{TimeStyle::epochSeconds, kEpochLow, kEpochHigh},
                                                {TimeStyle::epochMillis, kEpochLow * 1e3, kEpochHigh * 1e3},
                                                {TimeStyle::epochMicros, kEpochLow * 1e6, kEpochHigh * 1e6},
                                                {TimeStyle::epochNanos, kEpochLow * 1e9, kEpochHigh * 1e9}}};

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
    return out;
}

bool namesATime(std::string_view name) {
    const std::string plain = lower(name);
    for (const std::string_view word : {"time", "date", "created", "updated", "started", "ended", "epoch", "when"}) {
        if (plain.find(word) != std::string::npos) {
            // "response_time" and its kin are spans, not moments
            for (const std::string_view span : {"response_time", "generation_time", "queue_time", "elapsed", "time_to_",
                                                "time_ms", "duration", "timeout", "runtime"}) {
                if (plain.find(span) != std::string::npos) {
                    return false;
                }
            }
            return true;
        }
    }
    return plain == "ts" || plain == "t" || plain == "at" ||
           (plain.size() > 3 && plain.substr(plain.size() - 3) == "_at") ||
           (plain.size() > 3 && plain.substr(plain.size() - 3) == "_ts");
}

std::string exampleOf(std::string_view text) {
    std::size_t size = std::min<std::size_t>(text.size(), 80);
    while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) {
        --size;
    }
    return std::string(text.substr(0, size));
}

using Values = std::vector<std::string_view>;

bool allAre(const Values& values, TimeStyle style) {
    return std::all_of(values.begin(), values.end(), [&](auto value) { return parseTime(value, style).has_value(); });
}

// How often the next time is before the one before it: logs run forward in time.
std::size_t stepsBack(const Values& values, TimeStyle style) {
    std::size_t back = 0;
    for (std::size_t i = 1; i < values.size(); ++i) {
        back += *parseTime(values[i], style) < *parseTime(values[i - 1], style) ? 1 : 0;
    }
    return back;
}

bool hasZone(std::string_view text) {
    text = trimmed(text);
    if (text.size() < 11) {
        return false;
    }
    if (text.back() == 'Z' || text.back() == 'z' || text.back() == ')') {
        return true;
    }
    const std::string tail = lower(text.substr(text.size() - 3));
    return tail == "utc" || tail == "gmt" || text.substr(10).find_first_of("+-") != std::string_view::npos;
}

bool guessCivilTime(ColumnGuess& guess, const Values& values) {
    const bool digitsOnly = std::all_of(values.begin(), values.end(), [](auto value) {
        return trimmed(value).find_first_not_of("0123456789") == std::string_view::npos;
    });
    if (digitsOnly && !namesATime(guess.name)) {
        return false;  // "20231116" is a date only where the name says so
    }
    const bool year = allAre(values, TimeStyle::yearFirst);
    const bool day = !year && allAre(values, TimeStyle::dayFirst);
    const bool month = !year && allAre(values, TimeStyle::monthFirst);
    if (!year && !day && !month) {
        return false;
    }
    guess.type = ColumnType::time;
    guess.times = year ? TimeStyle::yearFirst : day ? TimeStyle::dayFirst : TimeStyle::monthFirst;
    guess.hasZone = std::all_of(values.begin(), values.end(), hasZone);
    guess.because = year  ? "every value is a date with the year first"
                    : day ? "every value fits day first only"
                          : "every value fits month first only";
    if (!(day && month)) {
        return true;
    }
    const bool same = std::all_of(values.begin(), values.end(), [](auto value) {
        return parseTime(value, TimeStyle::dayFirst) == parseTime(value, TimeStyle::monthFirst);
    });
    if (same) {
        guess.because = "every value reads the same either way";
        return true;
    }
    const std::size_t backByDay = stepsBack(values, TimeStyle::dayFirst);
    const std::size_t backByMonth = stepsBack(values, TimeStyle::monthFirst);
    const std::size_t fewer = std::min(backByDay, backByMonth);
    if (values.size() >= 10 && fewer * 50 <= values.size() && std::max(backByDay, backByMonth) > 3 * fewer) {
        guess.times = backByDay < backByMonth ? TimeStyle::dayFirst : TimeStyle::monthFirst;
        guess.because = "only this order runs forward in time";
        return true;
    }
    guess.ambiguous = true;
    guess.question = "Day or month first? Every value of the sample fits both.";
    guess.because = "no day is above 12";
    return true;
}

bool guessEpoch(ColumnGuess& guess, const Values& values) {
    if (!namesATime(guess.name)) {
        return false;
    }
    for (const auto& epoch : kEpochs) {
        const bool fits = std::all_of(values.begin(), values.end(), [&](auto value) {
            const auto number = parseNumber(value, NumberStyle::plain);
            return number && *number >= epoch.low && *number < epoch.high && parseTime(value, epoch.style).has_value();
        });
        if (fits) {
            guess.type = ColumnType::time;
            guess.times = epoch.style;
            guess.hasZone = true;
            guess.because = "the name is a time's, and every value is of the years 2000 to 2100";
            return true;
        }
    }
    return false;
}

bool guessNumber(ColumnGuess& guess, const Values& values) {
    NumberEvidence all;
    all.isNumber = true;
    bool bothMarks = false;
    for (const auto value : values) {
        const NumberEvidence one = numberEvidence(value);
        if (!one.isNumber) {
            return false;
        }
        all.comma |= one.comma;
        all.point |= one.point;
        all.commaMustBeDecimal |= one.commaMustBeDecimal;
        all.commaMustGroup |= one.commaMustGroup;
        all.pointMustBeDecimal |= one.pointMustBeDecimal;
        all.pointMustGroup |= one.pointMustGroup;
        all.spaces |= one.spaces;
        all.apostrophes |= one.apostrophes;
        all.currency |= one.currency;
        all.percent |= one.percent;
        bothMarks = bothMarks || (one.comma && one.point);
    }
    guess.currency = all.currency;
    guess.percent = all.percent;
    guess.because = "every value is a number";
    if (all.apostrophes) {
        guess.numbers = NumberStyle::apostrophes;
    } else if (all.spaces) {
        guess.numbers = NumberStyle::spaceGroups;
    } else if (all.commaMustBeDecimal || all.pointMustGroup) {
        guess.numbers = NumberStyle::commaDecimal;
        guess.because = "commas stand where only a decimal one can";
    } else if (all.comma) {
        guess.numbers = NumberStyle::commaGroups;
        if (!all.commaMustGroup && !all.pointMustBeDecimal) {
            guess.ambiguous = true;
            guess.question = "Is the comma a thousands separator or the decimal one? Every value fits both.";
        }
    } else if (all.point && !all.pointMustBeDecimal) {
        // "1.234" in every value: in logs that is 1.234; say so where it could be grouped thousands
        guess.because = "points are read as decimal";
    }
    const auto fits = [&](auto parse) {
        return std::all_of(values.begin(), values.end(), [&](auto value) { return parse(value).has_value(); });
    };
    if (fits([&](auto value) { return parseInteger(value, guess.numbers); })) {
        guess.type = ColumnType::integer;
        return true;
    }
    if (fits([&](auto value) { return parseNumber(value, guess.numbers); })) {
        guess.type = ColumnType::number;
        return true;
    }
    return false;
}

bool isJson(std::string_view value) {
    value = trimmed(value);
    return value.size() >= 2 &&
           ((value.front() == '{' && value.back() == '}') || (value.front() == '[' && value.back() == ']'));
}

}  // namespace

namespace {

// By every one of the values, of which there is one at least.
void guessType(ColumnGuess& guess, const Values& values) {
    if (std::all_of(values.begin(), values.end(), [](auto value) { return parseBoolean(value).has_value(); })) {
        guess.type = ColumnType::boolean;
        guess.because = "every value is true or false";
    } else if (guessEpoch(guess, values) || guessCivilTime(guess, values) || guessNumber(guess, values)) {
        return;
    } else if (std::all_of(values.begin(), values.end(), isJson)) {
        guess.type = ColumnType::json;
        guess.because = "every value is in braces or brackets";
    } else {
        guess.type = ColumnType::text;
        guess.numbers = NumberStyle::plain;
        guess.currency = false;
        guess.percent = false;
        guess.ambiguous = false;
        guess.question.clear();
        guess.because = "values of several kinds, or words";
    }
}

}  // namespace

bool isMissingValue(std::string_view text) {
    text = trimmed(text);
    return std::find(kMissing.begin(), kMissing.end(), text) != kMissing.end();
}

ColumnGuess guessColumn(std::string_view name, std::span<const std::string_view> cells) {
    ColumnGuess guess;
    guess.name = std::string(name);
    Values values;
    for (const auto cell : cells) {
        if (isMissingValue(cell)) {
            ++guess.missing;
        } else {
            values.push_back(cell);
        }
    }
    guess.values = static_cast<std::int64_t>(values.size());
    if (values.empty()) {
        return guess;
    }
    guess.example = exampleOf(values.front());
    const ColumnGuess untyped = guess;
    guessType(guess, values);
    if (guess.type != ColumnType::text || values.size() < kManyValues) {
        return guess;
    }
    // A few values that are wrong do not make words of numbers and times.
    Values typed;
    std::copy_if(values.begin(), values.end(), std::back_inserter(typed), isTypedValue);
    const std::size_t odd = values.size() - typed.size();
    if (odd == 0 || odd * 20 > values.size()) {
        return guess;
    }
    ColumnGuess other = untyped;
    other.example = exampleOf(typed.front());
    guessType(other, typed);
    if (other.type != ColumnType::text) {
        other.because =
            fmt::format("{} of {} values are of another kind; without them: {}", odd, values.size(), other.because);
        return other;
    }
    return guess;
}

const char* columnTypeName(ColumnType type) {
    switch (type) {
        case ColumnType::boolean:
            return "boolean";
        case ColumnType::integer:
            return "integer";
        case ColumnType::number:
            return "number";
        case ColumnType::time:
            return "time";
        case ColumnType::json:
            return "json";
        case ColumnType::text:
            return "text";
        case ColumnType::empty:
            break;
    }
    return "empty";
}

}  // namespace tierwise::ingest
