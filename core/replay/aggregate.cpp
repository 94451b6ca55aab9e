// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replay/aggregate.h"

#include <algorithm>

#include "core/route/parallel.h"

namespace tierwise::replay {

Int128 TokenTotals::costPico(const FlatRates& rates) const {
    const auto part = [](std::uint64_t tokens, std::int64_t rate) { return static_cast<Int128>(tokens) * rate; };
    return part(inputUncached, rates.input) + part(cacheRead, rates.cacheRead) +
           part(cacheWrite5m, rates.cacheWrite5m) + part(cacheWrite1h, rates.cacheWrite1h) +
           part(output, rates.output) + part(requests, rates.request);
}

namespace {

constexpr std::size_t kBlock = 64;  // rows of one word of a bitmap

void add(TokenTotals& total, const TokenTotals& more) {
    total.rows += more.rows;
    total.requests += more.requests;
    total.inputUncached += more.inputUncached;
    total.cacheRead += more.cacheRead;
    total.cacheWrite5m += more.cacheWrite5m;
    total.cacheWrite1h += more.cacheWrite1h;
    total.output += more.output;
    total.reasoning += more.reasoning;
    total.unknownRows += more.unknownRows;
}

std::uint64_t sumOf(const std::uint32_t* values, std::size_t count) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        sum += values[i];
    }
    return sum;
}

// Up to 64 rows of one model that all know their tokens: plain sums, which compilers turn into vectors.
void addBlock(const store::WorkloadSnapshot& log, std::size_t row, std::size_t count, TokenTotals& total) {
    total.rows += count;
    total.requests += sumOf(log.requests.data() + row, count);
    total.inputUncached += sumOf(log.inputUncached.values.data() + row, count);
    total.cacheRead += sumOf(log.cacheRead.values.data() + row, count);
    total.cacheWrite5m += sumOf(log.cacheWrite5m.values.data() + row, count);
    total.cacheWrite1h += sumOf(log.cacheWrite1h.values.data() + row, count);
    total.output += sumOf(log.output.values.data() + row, count);
    total.reasoning += sumOf(log.reasoning.values.data() + row, count);
}

void addRow(const store::WorkloadSnapshot& log, std::size_t row, TokenTotals& total) {
    ++total.rows;
    total.requests += log.requests[row];
    total.inputUncached += log.inputUncached.values[row];
    total.cacheRead += log.cacheRead.values[row];
    total.cacheWrite5m += log.cacheWrite5m.values[row];
    total.cacheWrite1h += log.cacheWrite1h.values[row];
    total.output += log.output.values[row];
    total.reasoning += log.reasoning.values[row];
}

void addBlocks(const store::WorkloadSnapshot& log, std::size_t firstBlock, std::size_t lastBlock,
               std::vector<TokenTotals>& totals) {
    const auto& codes = log.model.codes;
    for (std::size_t block = firstBlock; block < lastBlock; ++block) {
        const std::size_t begin = block * kBlock;
        const std::size_t count = std::min(kBlock, log.rows - begin);
        const std::uint64_t all = count == kBlock ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
        const std::uint64_t known = log.inputUncached.valid.words()[block] & log.output.valid.words()[block] & all;
        std::int32_t differs = 0;
        for (std::size_t i = 0; i < count; ++i) {
            differs |= codes[begin + i] ^ codes[begin];
        }
        if (known == all && differs == 0) {
            addBlock(log, begin, count, totals[static_cast<std::size_t>(codes[begin])]);
            continue;
        }
        for (std::size_t i = 0; i < count; ++i) {
            auto& total = totals[static_cast<std::size_t>(codes[begin + i])];
            if (((known >> i) & 1U) != 0) {
                addRow(log, begin + i, total);
            } else {
                ++total.unknownRows;
            }
        }
    }
}

}  // namespace

std::vector<TokenTotals> totalsByModel(const store::WorkloadSnapshot& log) {
    const std::size_t codes = log.model.names.size();
    std::vector<std::vector<TokenTotals>> parts(route::kThreads, std::vector<TokenTotals>(codes));
    const std::size_t blocks = (log.rows + kBlock - 1) / kBlock;
    route::parallelRanges(blocks, route::kThreads, [&](unsigned part, std::size_t first, std::size_t last) {
        addBlocks(log, first, last, parts[part]);
    });
    for (std::size_t part = 1; part < parts.size(); ++part) {
        for (std::size_t code = 0; code < codes; ++code) {
            add(parts[0][code], parts[part][code]);
        }
    }
    return std::move(parts[0]);
}

}  // namespace tierwise::replay
