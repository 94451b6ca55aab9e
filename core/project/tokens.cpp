// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/tokens.h"

#include "core/base/files.h"
#include "core/project/resources.h"
#include "core/tokens/rank_file.h"

namespace tierwise::project {

namespace {
constexpr std::int64_t kLargestRankFile = std::int64_t{256} << 20;
}

Result<tokens::Tokenizer> loadTokenizer(tokens::Family family) {
    const auto path = resourcePath(tokens::familyResource(family));
    if (!path) {
        return fail(path.error());
    }
    return tokens::Tokenizer::load(family, *path);
}

Result<tokens::FamilyRatios> loadTokenRatios() {
    const auto path = resourcePath("tokens/ratios.json");
    return path ? tokens::FamilyRatios::load(*path) : Result<tokens::FamilyRatios>(fail(path.error()));
}

Result<PackedVocabulary> packVocabulary(const std::filesystem::path& ranks, const std::filesystem::path& out) {
    const auto bytes = readFile(ranks, kLargestRankFile);
    if (!bytes) {
        return fail(bytes.error());
    }
    const auto vocabulary = tokens::readRankFile(*bytes, out.stem().string(), ranks.string());
    if (!vocabulary) {
        return fail(vocabulary.error());
    }
    const auto packed = vocabulary->pack();
    if (!packed) {
        return fail(packed.error());
    }
    if (auto written = writeFileAtomically(out, *packed); !written) {
        return fail(std::move(written.error()));
    }
    return PackedVocabulary{vocabulary->name(), static_cast<std::int64_t>(vocabulary->size()),
                            static_cast<std::int64_t>(packed->size())};
}

}  // namespace tierwise::project
