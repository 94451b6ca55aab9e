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

// A column that some row has a value in, and the sum that it goes to.
struct Summed {
    const std::uint32_t* values;
    std::uint64_t TokenTotals::*into;
};

std::vector<Summed> summedColumns(const store::WorkloadSnapshot& log) {
    std::vector<Summed> columns{{log.requests.data(), &TokenTotals::requests}};
    const auto addUsed = [&](const auto& column, std::uint64_t TokenTotals::*into) {
        const auto& words = column.valid.words();
        if (std::any_of(words.begin(), words.end(), [](std::uint64_t word) { return word != 0; })) {
            columns.push_back({column.values.data(), into});
        }
    };
    addUsed(log.inputUncached, &TokenTotals::inputUncached);
    addUsed(log.cacheRead, &TokenTotals::cacheRead);
    addUsed(log.cacheWrite5m, &TokenTotals::cacheWrite5m);
    addUsed(log.cacheWrite1h, &TokenTotals::cacheWrite1h);
    addUsed(log.output, &TokenTotals::output);
    addUsed(log.reasoning, &TokenTotals::reasoning);
    return columns;
}

constexpr std::size_t kLanes = 4;

// Sums by model of mixed blocks, in lanes, so that one addition need not wait for the one before: [column][lane][code].
class Mixed {
public:
    Mixed(const std::vector<Summed>& columns, std::size_t codes)
        : m_columns(columns), m_codes(codes), m_sums(columns.size() * kLanes * codes, 0), m_rows(kLanes * codes, 0) {}

    // A whole block.
    void add(std::size_t begin, const std::int32_t* code) {
        for (std::size_t i = 0; i < kBlock; ++i) {
            ++m_rows[i % kLanes * m_codes + static_cast<std::size_t>(code[i])];
        }
        for (std::size_t c = 0; c < m_columns.size(); ++c) {
            const std::uint32_t* values = m_columns[c].values + begin;
            std::uint64_t* lanes = m_sums.data() + c * kLanes * m_codes;
            for (std::size_t i = 0; i < kBlock; i += kLanes) {
                for (std::size_t lane = 0; lane < kLanes; ++lane) {
                    lanes[lane * m_codes + static_cast<std::size_t>(code[i + lane])] += values[i + lane];
                }
            }
        }
    }
    void addTo(std::vector<TokenTotals>& totals) const {
        for (std::size_t i = 0; i < kLanes * m_codes; ++i) {
            totals[i % m_codes].rows += m_rows[i];
        }
        for (std::size_t c = 0; c < m_columns.size(); ++c) {
            for (std::size_t i = 0; i < kLanes * m_codes; ++i) {
                totals[i % m_codes].*m_columns[c].into += m_sums[c * kLanes * m_codes + i];
            }
        }
    }

private:
    const std::vector<Summed>& m_columns;
    std::size_t m_codes;
    std::vector<std::uint64_t> m_sums;
    std::vector<std::uint64_t> m_rows;
};

// Blocks of one model that know all their tokens are plain sums, which compilers turn into vectors.
void addBlocks(const store::WorkloadSnapshot& log, const std::vector<Summed>& columns, std::size_t firstBlock,
               std::size_t lastBlock, std::vector<TokenTotals>& totals) {
    Mixed mixed(columns, totals.size());
    const auto& codes = log.model.codes;
    for (std::size_t block = firstBlock; block < lastBlock; ++block) {
        const std::size_t begin = block * kBlock;
        const std::size_t count = std::min(kBlock, log.rows - begin);
        const std::uint64_t all = count == kBlock ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
        const std::uint64_t known = log.inputUncached.valid.words()[block] & log.output.valid.words()[block] & all;
        const std::int32_t* code = codes.data() + begin;
        std::int32_t differs = 0;
        for (std::size_t i = 0; i < count; ++i) {
            differs |= code[i] ^ code[0];
        }
        if (known == all && differs == 0) {
            TokenTotals& total = totals[static_cast<std::size_t>(code[0])];
            total.rows += count;
            for (const Summed& column : columns) {
                std::uint64_t sum = 0;
                for (std::size_t i = 0; i < count; ++i) {
                    sum += column.values[begin + i];
                }
                total.*column.into += sum;
            }
            continue;
        }
        if (known == all && count == kBlock) {
            mixed.add(begin, code);
            continue;
        }
        for (std::size_t i = 0; i < count; ++i) {
            auto& total = totals[static_cast<std::size_t>(code[i])];
            ++(((known >> i) & 1U) != 0 ? total.rows : total.unknownRows);
        }
        for (const Summed& column : columns) {
            for (std::size_t i = 0; i < count; ++i) {
                totals[static_cast<std::size_t>(code[i])].*column.into +=
                    ((known >> i) & 1U) != 0 ? column.values[begin + i] : 0U;
            }
        }
    }
    mixed.addTo(totals);
}

}  // namespace

std::vector<TokenTotals> totalsByModel(const store::WorkloadSnapshot& log, unsigned threads) {
    const std::size_t codes = log.model.names.size();
    const auto columns = summedColumns(log);
    const unsigned used = std::max(1U, threads);
    std::vector<std::vector<TokenTotals>> parts(used, std::vector<TokenTotals>(codes));
    const std::size_t blocks = (log.rows + kBlock - 1) / kBlock;
    route::parallelRanges(blocks, used, [&](unsigned part, std::size_t first, std::size_t last) {
        addBlocks(log, columns, first, last, parts[part]);
    });
    for (std::size_t part = 1; part < parts.size(); ++part) {
        for (std::size_t code = 0; code < codes; ++code) {
            add(parts[0][code], parts[part][code]);
        }
    }
    return std::move(parts[0]);
}

}  // namespace tierwise::replay
