// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tierwise::ingest {

struct DelimiterCandidate {
    std::string text;
    double prior = 1;   ///< how willing one is to believe in it, 0..1
    bool weak = false;  ///< also common inside texts: a few rows are no evidence
};

/// Delimiters that occur in the sample: the usual ones, and several characters that only occur together.
[[nodiscard]] std::vector<DelimiterCandidate> delimiterCandidates(std::string_view sample);

/// Quote characters that stand where quotes would: at the beginnings and ends of cells. '"' is always the first.
[[nodiscard]] std::vector<char> quoteCandidates(std::string_view sample);

/// Characters other than the quote itself that stand before quotes inside quoted cells, most frequent first.
[[nodiscard]] std::vector<char> escapeCandidates(std::string_view sample, char quote, const std::string& delimiter);

}  // namespace tierwise::ingest
