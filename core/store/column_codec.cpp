// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/column_codec.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <limits>
#include <memory>
#include <numeric>
#include <unordered_map>

#include <zstd.h>

namespace tierwise::store {
namespace {

constexpr std::uint32_t kIntegerMagic = 0x31495754;           // "TWI1"
constexpr std::uint32_t kStringMagic = 0x31535754;            // "TWS1"
constexpr std::uint32_t kNumberStringMagic = 0x314e5754;      // "TWN1"
constexpr std::size_t kPadding = 8;                           // so that any row can be read as one 8-byte word
constexpr std::int64_t kSlopeLimit = std::int64_t{1} << 61U;  // beyond it, differences could overflow

struct IntegerHeader {
    std::uint32_t magic = kIntegerMagic;
    std::uint32_t rows = 0;
    std::uint8_t width = 0;
    std::uint8_t hasBitmap = 0;
    std::uint16_t reserved = 0;
    std::uint32_t reserved2 = 0;
    std::uint64_t base = 0;
    std::uint64_t slope = 0;
    std::uint64_t unit = 1;
};
static_assert(sizeof(IntegerHeader) == 40);

struct StringHeader {
    std::uint32_t magic = kStringMagic;
    std::uint32_t names = 0;
    std::uint64_t rawBytes = 0;
    std::uint64_t packedBytes = 0;
};
static_assert(sizeof(StringHeader) == 24);

std::size_t bitmapBytes(std::size_t rows) {
    return (rows + 63) / 64 * 8;
}

std::size_t widthFor(std::uint64_t largest) {
    return (static_cast<std::size_t>(std::bit_width(largest)) + 7) / 8;
}

// A way to write the column, and what it costs.
struct Fit {
    std::int64_t base = 0;
    std::int64_t slope = 0;
    std::uint64_t unit = 1;
    std::uint64_t largest = 0;
};

template <typename Visit>
void eachValid(std::span<const std::int64_t> values, const Bitmap* valid, const Visit& visit) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (valid == nullptr || valid->test(i)) {
            visit(i, values[i]);
        }
    }
}

Fit fitFlat(std::span<const std::int64_t> values, const Bitmap* valid, bool unitSearch) {
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    std::int64_t most = std::numeric_limits<std::int64_t>::min();
    eachValid(values, valid, [&](std::size_t, std::int64_t value) {
        least = std::min(least, value);
        most = std::max(most, value);
    });
    if (least > most) {
        return {};
    }
    Fit fit{least, 0, 1, static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least)};
    if (!unitSearch || fit.largest == 0) {
        return fit;
    }
    std::uint64_t unit = 0;
    eachValid(values, valid, [&](std::size_t, std::int64_t value) {
        const auto residual = static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(least);
        if (unit != 1 && (unit == 0 || residual % unit != 0)) {
            unit = std::gcd(unit, residual);
        }
    });
    fit.unit = std::max<std::uint64_t>(unit, 1);
    fit.largest /= fit.unit;
    return fit;
}

// Along the line from the first to the last value, where that is narrower than flat: counters and line numbers cost 0.
Fit fitLine(std::span<const std::int64_t> values, const Bitmap* valid, const Fit& flat) {
    if (valid != nullptr || values.size() < 2 || flat.largest == 0) {
        return flat;
    }
    const auto isSteep = [](std::int64_t value) { return value > kSlopeLimit || value < -kSlopeLimit; };
    if (isSteep(values.front()) || isSteep(values.back()) || flat.largest > static_cast<std::uint64_t>(kSlopeLimit)) {
        return flat;
    }
    const auto steps = static_cast<std::int64_t>(values.size()) - 1;
    const std::int64_t slope = (values.back() - values.front()) / steps;
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    std::int64_t most = std::numeric_limits<std::int64_t>::min();
    std::int64_t line = 0;
    for (const std::int64_t value : values) {
        least = std::min(least, value - line);
        most = std::max(most, value - line);
        line += slope;
    }
    const Fit fit{least, slope, 1, static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least)};
    return widthFor(fit.largest) < widthFor(flat.largest) ? fit : flat;
}

void append(std::string& bytes, const void* data, std::size_t size) {
    bytes.append(static_cast<const char*>(data), size);
}

tl::unexpected<Error> damaged() {
    return fail(ErrorCode::badFormat, "a column of the project file is damaged",
                "Restore the project from a copy, or import the log into a new project.");
}

std::optional<std::int64_t> canonicalInteger(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool canonical = text.size() == 1 || (text.size() > 1 && text[0] != '0' && text[0] != '-');
    if (error != std::errc() || end != text.data() + text.size() || !canonical || value < 0) {
        return {};
    }
    return value;
}

// All values present and plain decimal counts: kept as integers. Empty when they are not.
std::string encodeAsNumbers(std::span<const std::optional<std::string_view>> values) {
    std::vector<std::int64_t> numbers;
    numbers.reserve(values.size());
    for (const auto& value : values) {
        const auto number = value ? canonicalInteger(*value) : std::nullopt;
        if (!number) {
            return {};
        }
        numbers.push_back(*number);
    }
    std::string bytes;
    append(bytes, &kNumberStringMagic, sizeof kNumberStringMagic);
    return bytes + encodeIntegers(numbers, nullptr, false);
}

}  // namespace

std::string encodeIntegers(std::span<const std::int64_t> values, const Bitmap* valid, bool unitSearch) {
    const Fit fit = fitLine(values, valid, fitFlat(values, valid, unitSearch));
    IntegerHeader header;
    header.rows = static_cast<std::uint32_t>(values.size());
    header.width = static_cast<std::uint8_t>(widthFor(fit.largest));
    header.hasBitmap = valid != nullptr ? 1 : 0;
    header.base = static_cast<std::uint64_t>(fit.base);
    header.slope = static_cast<std::uint64_t>(fit.slope);
    header.unit = fit.unit;

    const std::size_t width = header.width;
    std::string bytes(sizeof header + values.size() * width + kPadding, '\0');
    std::memcpy(bytes.data(), &header, sizeof header);
    if (width > 0) {
        char* const payload = bytes.data() + sizeof header;
        eachValid(values, valid, [&](std::size_t i, std::int64_t value) {
            std::uint64_t residual = static_cast<std::uint64_t>(value) - header.base - header.slope * i;
            if (header.unit != 1) {
                residual /= header.unit;
            }
            std::memcpy(payload + i * width, &residual, width);
        });
    }
    if (valid != nullptr) {
        append(bytes, valid->words().data(), bitmapBytes(values.size()));
    }
    return bytes;
}

Result<IntegerColumnView> IntegerColumnView::open(std::string_view bytes) {
    IntegerHeader header;
    if (bytes.size() < sizeof header) {
        return damaged();
    }
    std::memcpy(&header, bytes.data(), sizeof header);
    const std::size_t payload = std::size_t{header.rows} * header.width + kPadding;
    const std::size_t bitmap = header.hasBitmap != 0 ? bitmapBytes(header.rows) : 0;
    if (header.magic != kIntegerMagic || header.width > 8 || bytes.size() < sizeof header + payload + bitmap) {
        return damaged();
    }
    IntegerColumnView view;
    view.m_payload = bytes.data() + sizeof header;
    view.m_bitmap = header.hasBitmap != 0 ? view.m_payload + payload : nullptr;
    view.m_rows = header.rows;
    view.m_width = header.width;
    view.m_size = sizeof header + payload + bitmap;
    view.m_mask = header.width == 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8U * header.width)) - 1;
    view.m_base = header.base;
    view.m_slope = header.slope;
    view.m_unit = header.unit;
    return view;
}

std::uint64_t IntegerColumnView::stored(std::size_t row) const {
    std::uint64_t word = 0;
    std::memcpy(&word, m_payload + row * m_width, sizeof word);
    return word & m_mask;
}

bool IntegerColumnView::isValid(std::size_t row) const {
    if (m_bitmap == nullptr) {
        return true;
    }
    std::uint64_t word = 0;
    std::memcpy(&word, m_bitmap + row / 64 * 8, sizeof word);
    return ((word >> (row % 64)) & 1U) != 0;
}

std::string encodeStrings(std::span<const std::optional<std::string_view>> values) {
    if (std::string numbers = encodeAsNumbers(values); !numbers.empty()) {
        return numbers;
    }
    std::unordered_map<std::string_view, std::int64_t> codeOf;
    std::vector<std::int64_t> codes;
    codes.reserve(values.size());
    std::string lengths;
    std::string names;
    for (const auto& value : values) {
        if (!value) {
            codes.push_back(0);
            continue;
        }
        const auto [found, added] = codeOf.try_emplace(*value, static_cast<std::int64_t>(codeOf.size()) + 1);
        if (added) {
            const auto length = static_cast<std::uint32_t>(value->size());
            append(lengths, &length, sizeof length);
            names += *value;
        }
        codes.push_back(found->second);
    }
    StringHeader header;
    header.names = static_cast<std::uint32_t>(codeOf.size());
    header.rawBytes = lengths.size() + names.size();
    const std::string packed = compress(lengths + names);
    header.packedBytes = packed.size();
    std::string bytes;
    append(bytes, &header, sizeof header);
    return bytes + packed + encodeIntegers(codes, nullptr, false);
}

Result<StringColumnView> StringColumnView::open(std::string_view bytes) {
    std::uint32_t magic = 0;
    if (bytes.size() < sizeof(StringHeader)) {
        return damaged();
    }
    std::memcpy(&magic, bytes.data(), sizeof magic);
    StringHeader header;
    std::memcpy(&header, bytes.data(), sizeof header);
    const bool numbers = magic == kNumberStringMagic;
    if (!numbers && (magic != kStringMagic || header.packedBytes > bytes.size() - sizeof header)) {
        return damaged();
    }
    const auto codes =
        IntegerColumnView::open(bytes.substr(numbers ? sizeof magic : sizeof header + header.packedBytes));
    if (!codes) {
        return fail(codes.error());
    }
    StringColumnView view;
    view.m_isNumbers = numbers;
    view.m_codes = *codes;
    if (numbers) {
        return view;
    }
    auto raw = decompress(bytes.substr(sizeof header, header.packedBytes), header.rawBytes);
    const std::size_t lengths = std::size_t{header.names} * sizeof(std::uint32_t);
    if (!raw || raw->size() < lengths) {
        return damaged();
    }
    std::size_t end = lengths;
    view.m_ends.assign(1, end);
    view.m_ends.reserve(header.names + std::size_t{1});
    for (std::size_t i = 0; i < header.names; ++i) {
        std::uint32_t length = 0;
        std::memcpy(&length, raw->data() + i * sizeof length, sizeof length);
        end += length;
        view.m_ends.push_back(end);
    }
    if (end > raw->size()) {
        return damaged();
    }
    view.m_names = std::move(*raw);
    for (std::size_t row = 0; row < view.rows(); ++row) {
        if (view.codeAt(row) >= view.m_ends.size()) {
            return damaged();
        }
    }
    return view;
}

std::string StringColumnView::nameOf(std::size_t code) const {
    if (code == 0) {
        return {};
    }
    if (m_isNumbers) {
        return std::to_string(m_codes.valueAt(code - 1));
    }
    return m_names.substr(m_ends[code - 1], m_ends[code] - m_ends[code - 1]);
}

namespace {

// Context and buffer are dear to make: one a thread and kind.
class Compressor {
public:
    explicit Compressor(int windowLog, int hashLog) : m_context(ZSTD_createCCtx()) {
        ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_compressionLevel, 1);
        ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_windowLog, windowLog);
        ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_hashLog, hashLog);
    }
    std::string operator()(std::string_view bytes) {
        m_buffer.resize(std::max(m_buffer.size(), ZSTD_compressBound(bytes.size())));
        const std::size_t size =
            ZSTD_compress2(m_context.get(), m_buffer.data(), m_buffer.size(), bytes.data(), bytes.size());
        return ZSTD_isError(size) != 0 ? std::string() : m_buffer.substr(0, size);
    }

private:
    struct Free {
        void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
    };
    std::unique_ptr<ZSTD_CCtx, Free> m_context;
    std::string m_buffer;
};

}  // namespace

std::string compress(std::string_view bytes) {
    thread_local Compressor compressor(0, 0);  // zstd's own choice
    return compressor(bytes);
}

std::string compressTexts(std::string_view bytes) {
    thread_local Compressor compressor(23, 18);
    return compressor(bytes);
}

Result<std::string> decompress(std::string_view bytes, std::size_t limit) {
    const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > limit) {
        return damaged();
    }
    std::string text(static_cast<std::size_t>(size), '\0');
    const std::size_t got = ZSTD_decompress(text.data(), text.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(got) != 0 || got != text.size()) {
        return damaged();
    }
    return text;
}

}  // namespace tierwise::store
