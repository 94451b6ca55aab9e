// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/money.h"
#include "core/base/timestamp.h"

// Invoice-shaped rows with the column names of the FinOps FOCUS specification 1.2 (spec/columns, June 2025): the
// mandatory columns, then the conditional ones that apply to tokens, then ours, which FOCUS wants prefixed x_.
// The rows are simulated: no invoice stands behind them. So BilledCost is 0 in every row, x_Simulated is true, the
// money stands in ListCost, ContractedCost and EffectiveCost, and the file is shaped like FOCUS, not conformant to it.
namespace tierwise::report {

inline constexpr const char* kFocusVersion = "1.2";

/// One meter of one offering, for one team and day.
struct FocusLine {
    Timestamp day;            ///< midnight UTC of the charge period's day
    std::string provider;     ///< who hosts and bills the model
    std::string publisher;    ///< who made it
    std::string model;        ///< the offering's id
    std::string modelFamily;  ///< may be empty
    std::string region;       ///< may be empty
    std::string serviceTier;  ///< standard, batch, flex, priority
    std::string team;         ///< sub-account; may be empty
    std::string
        meter;  ///< "Input Tokens", "Cached Input Tokens", "Cache Write Tokens (5 minutes)", "Output Tokens" ...
    std::int64_t quantity = 0;  ///< tokens (or requests)
    Rate listRate;              ///< per unit
    Rate contractedRate;        ///< per unit; equal to listRate without a negotiated price
    std::string scenario;
    std::string tier;           ///< premium, commodity, local, unbanded
    std::string priceSnapshot;  ///< ISO date of the catalog
};

/// The header line, CRLF ended.
[[nodiscard]] std::string focusHeader();

/// One line, CRLF ended. Costs are quantity x rate, exact.
[[nodiscard]] std::string focusRow(const FocusLine& line);

}  // namespace tierwise::report
