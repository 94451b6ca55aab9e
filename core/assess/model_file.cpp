// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/model_file.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

namespace tierwise::assess {
namespace {

constexpr std::string_view kMagic = "TWDM";
constexpr std::uint32_t kVersion = 3;
constexpr std::uint32_t kMostParts = 8;

class Writer {
public:
    void u8(std::uint8_t value) { m_bytes.push_back(static_cast<char>(value)); }
    void u32(std::uint32_t value) {
        for (unsigned shift = 0; shift < 32; shift += 8) {
            u8(static_cast<std::uint8_t>(value >> shift));
        }
    }
    void f32(float value) { u32(std::bit_cast<std::uint32_t>(value)); }
    void text(std::string_view value) {
        u32(static_cast<std::uint32_t>(value.size()));
        m_bytes.append(value);
    }
    template <std::size_t N>
    void floats(const std::array<float, N>& values) {
        for (const float value : values) {
            f32(value);
        }
    }
    void words(const std::vector<std::uint64_t>& values) {
        for (const auto value : values) {
            u32(static_cast<std::uint32_t>(value));
            u32(static_cast<std::uint32_t>(value >> 32U));
        }
    }
    std::string take() { return std::move(m_bytes); }
    void raw(std::string_view bytes) { m_bytes.append(bytes); }

private:
    std::string m_bytes;
};

// Reads what Writer wrote; after the first failure everything is 0 and good() is false.
class Reader {
public:
    explicit Reader(std::string_view bytes) : m_bytes(bytes) {}
    [[nodiscard]] bool good() const { return m_good; }
    [[nodiscard]] std::size_t at() const { return m_at; }
    [[nodiscard]] std::size_t left() const { return m_bytes.size() - m_at; }
    void spoil() { m_good = false; }

    std::string_view raw(std::size_t size) {
        if (!m_good || size > left()) {
            m_good = false;
            return {};
        }
        const auto part = m_bytes.substr(m_at, size);
        m_at += size;
        return part;
    }
    std::uint8_t u8() {
        const auto part = raw(1);
        return part.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(part[0]);
    }
    std::uint32_t u32() {
        const auto part = raw(4);
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < part.size(); ++i) {
            value |= static_cast<std::uint32_t>(static_cast<unsigned char>(part[i])) << (8 * i);
        }
        return value;
    }
    float f32() {
        const float value = std::bit_cast<float>(u32());
        if (!std::isfinite(value)) {
            m_good = false;
            return 0.0F;
        }
        return value;
    }
    std::string text() {
        const auto size = u32();
        return std::string(raw(std::min<std::size_t>(size, 4096) == size ? size : left() + 1));
    }
    template <std::size_t N>
    void floats(std::array<float, N>& values) {
        for (float& value : values) {
            value = f32();
        }
    }
    void words(std::vector<std::uint64_t>& values, std::size_t count) {
        if (left() / 8 < count) {
            m_good = false;
            return;
        }
        values.resize(count);
        for (auto& value : values) {
            value = u32();
            value |= static_cast<std::uint64_t>(u32()) << 32U;
        }
    }

private:
    std::string_view m_bytes;
    std::size_t m_at = 0;
    bool m_good = true;
};

void writePart(const Part& part, Writer& out) {
    out.text(part.trainedOn);
    out.u32(part.prompts);
    out.u8(part.hasLength ? 1 : 0);
    out.floats(part.counterMean);
    out.floats(part.counterInverse);
    for (const auto& row : part.counterWeight) {
        out.floats(row);
    }
    out.floats(part.intercept);
    out.floats(part.kindWeight);
    out.f32(part.idfScale);
    out.floats(part.termScale);
    for (const auto& row : part.buckets) {
        out.u8(row.idf);
        for (const auto weight : row.weight) {
            out.u8(static_cast<std::uint8_t>(weight));
        }
    }
    out.floats(part.explained);
    out.f32(part.difficultySd);
    out.f32(part.lengthMedianShift);
    out.f32(part.lengthP90Shift);
    out.u32(static_cast<std::uint32_t>(part.panel.size()));
    for (const auto& model : part.panel) {
        out.text(model.name);
        out.f32(model.mean);
        out.floats(model.loading);
        out.u32(model.labels);
    }
    out.u32(static_cast<std::uint32_t>(part.promptHashes.size()));
    for (const auto hash : part.promptHashes) {
        out.u32(hash);
    }
}

void readPart(Reader& in, Part& part) {
    part.trainedOn = in.text();
    part.prompts = in.u32();
    part.hasLength = in.u8() != 0;
    in.floats(part.counterMean);
    in.floats(part.counterInverse);
    for (auto& row : part.counterWeight) {
        in.floats(row);
    }
    in.floats(part.intercept);
    in.floats(part.kindWeight);
    part.idfScale = in.f32();
    in.floats(part.termScale);
    const auto table = in.raw(kTermKinds * kBuckets * (1 + kOutputs));
    if (!in.good()) {
        return;
    }
    part.buckets.resize(kTermKinds * kBuckets);
    std::size_t at = 0;
    for (auto& row : part.buckets) {
        row.idf = static_cast<std::uint8_t>(table[at++]);
        for (auto& weight : row.weight) {
            weight = static_cast<std::int8_t>(table[at++]);
        }
    }
    in.floats(part.explained);
    part.difficultySd = in.f32();
    part.lengthMedianShift = in.f32();
    part.lengthP90Shift = in.f32();
    const auto models = in.u32();
    if (models > in.left() / 24) {
        in.spoil();
        return;
    }
    part.panel.resize(models);
    for (auto& model : part.panel) {
        model.name = in.text();
        model.mean = in.f32();
        in.floats(model.loading);
        model.labels = in.u32();
    }
    const auto hashes = in.u32();
    if (hashes > in.left() / 4) {
        in.spoil();
        return;
    }
    part.promptHashes.resize(hashes);
    for (auto& hash : part.promptHashes) {
        hash = in.u32();
    }
}

void readVocabulary(Reader& in, Vocabulary& vocabulary) {
    const auto words = in.u32();
    if (words > in.left() / 5) {
        in.spoil();
        return;
    }
    std::vector<std::uint32_t> keys(words);
    for (auto& key : keys) {
        key = in.u32();
    }
    std::vector<std::uint8_t> prompts(words);
    for (auto& count : prompts) {
        count = in.u8();
    }
    auto read = Vocabulary::of(std::move(keys), std::move(prompts));
    if (!read) {
        in.spoil();
        return;
    }
    vocabulary = std::move(*read);
}

void readNovelty(Reader& in, Novelty& novelty) {
    in.words(novelty.seenWords, (std::size_t{1} << kSeenBits) / 64);
    in.words(novelty.seenPairs, (std::size_t{1} << kSeenBits) / 64);
    in.floats(novelty.mean);
    in.floats(novelty.inverse);
    novelty.factor.resize(kCounters * (kCounters + 1) / 2);
    for (float& value : novelty.factor) {
        value = in.f32();
    }
    in.floats(novelty.pairTail);
    in.floats(novelty.styleTail);
    novelty.leastFamiliar = in.f32();
    novelty.mostStrange = in.f32();
}

}  // namespace

std::string writeModel(const DifficultyModel::Data& data) {
    Writer out;
    out.raw(kMagic);
    out.u32(kVersion);
    out.u32(static_cast<std::uint32_t>(kCounters));
    out.u32(static_cast<std::uint32_t>(data.parts.size()));
    for (const auto& part : data.parts) {
        writePart(part, out);
    }
    out.u32(static_cast<std::uint32_t>(data.vocabulary.keys().size()));
    for (const auto key : data.vocabulary.keys()) {
        out.u32(key);
    }
    for (const auto prompts : data.vocabulary.prompts()) {
        out.u8(prompts);
    }
    const Novelty& novelty = data.novelty;
    out.words(novelty.seenWords);
    out.words(novelty.seenPairs);
    out.floats(novelty.mean);
    out.floats(novelty.inverse);
    for (const float value : novelty.factor) {
        out.f32(value);
    }
    out.floats(novelty.pairTail);
    out.floats(novelty.styleTail);
    out.f32(novelty.leastFamiliar);
    out.f32(novelty.mostStrange);
    return out.take();
}

Result<DifficultyModel::Data> parseModel(std::string_view bytes) {
    Reader in(bytes);
    const auto broken = [&](const char* what) {
        return fail(ErrorCode::badFormat, what, "Make it again with 'tierwise-cli train', or install Tierwise again.",
                    "difficulty model", {}, static_cast<std::int64_t>(in.at()));
    };
    if (in.raw(4) != kMagic) {
        return broken("this is not a difficulty model");
    }
    if (in.u32() != kVersion || in.u32() != kCounters) {
        return broken("the difficulty model was made for another version");
    }
    const auto parts = in.u32();
    if (!in.good() || parts == 0 || parts > kMostParts) {
        return broken("the difficulty model has an impossible number of parts");
    }
    DifficultyModel::Data data;
    data.parts.resize(parts);
    for (auto& part : data.parts) {
        readPart(in, part);
        if (!in.good() || part.panel.empty()) {
            return broken("the difficulty model is cut short or damaged");
        }
    }
    readVocabulary(in, data.vocabulary);
    readNovelty(in, data.novelty);
    if (!in.good() || in.left() != 0) {
        return broken("the difficulty model is cut short or damaged");
    }
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : bytes) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    }
    data.fingerprint = fmt::format("{:016x}", hash);
    return data;
}

}  // namespace tierwise::assess
