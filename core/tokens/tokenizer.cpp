// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokens/tokenizer.h"

#include <string>

#include "core/base/files.h"
#include "core/tokens/byte_pair.h"
#include "core/tokens/splitter.h"
#include "core/tokens/utf8.h"
#include "core/tokens/vocabulary.h"

namespace tierwise::tokens {
namespace {

constexpr std::int64_t kLargestPack = std::int64_t{64} << 20;

const char* vocabularyName(Family family) {
    return family == Family::o200k ? "o200k_base" : "cl100k_base";
}

}  // namespace

std::optional<Family> familyOf(std::string_view name) {
    for (const Family family : {Family::o200k, Family::cl100k}) {
        if (name == familyName(family) || name == vocabularyName(family)) {
            return family;
        }
    }
    return {};
}

const char* familyName(Family family) {
    return family == Family::o200k ? "o200k" : "cl100k";
}

const char* familyResource(Family family) {
    return family == Family::o200k ? "tokens/o200k_base.bin" : "tokens/cl100k_base.bin";
}

Result<Tokenizer> Tokenizer::load(Family family, const std::filesystem::path& packed) {
    const auto bytes = readFile(packed, kLargestPack);
    if (!bytes) {
        return fail(bytes.error());
    }
    auto vocabulary = Vocabulary::unpack(*bytes, packed.string());
    if (!vocabulary) {
        return fail(std::move(vocabulary.error()));
    }
    if (vocabulary->name() != vocabularyName(family)) {
        return fail(ErrorCode::badFormat,
                    std::string("this is the vocabulary ") + vocabulary->name() + ", not " + vocabularyName(family),
                    "Give the file of the other family", packed.string());
    }
    return Tokenizer(family, std::make_shared<const Vocabulary>(std::move(*vocabulary)));
}

std::int64_t Tokenizer::countValid(std::string_view utf8) const {
    Splitter splitter(m_family == Family::o200k ? SplitPattern::o200k : SplitPattern::cl100k, utf8);
    std::int64_t tokens = 0;
    for (std::string_view piece = splitter.next(); !piece.empty(); piece = splitter.next()) {
        // A piece that is a token is one, even where merging would not get there.
        tokens += m_vocabulary->rank(piece) != Vocabulary::kNone ? 1 : mergedCount(*m_vocabulary, piece);
    }
    return tokens;
}

TokenTally Tokenizer::tally(std::string_view utf8) const {
    if (validUtf8Prefix(utf8) == utf8.size()) {
        return {countValid(utf8), 0};
    }
    TokenTally result;
    const std::string repaired = repairedUtf8(utf8, result.replaced);
    result.tokens = countValid(repaired);
    return result;
}

}  // namespace tierwise::tokens
