// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/timestamp.h"

namespace tierwise::store {

/// A column of the log that is none of ours, kept with the row and groupable by its key.
struct ExtraField {
    std::string_view key;    ///< the column's name in the log, UTF-8
    std::string_view value;  ///< UTF-8; a JSON text where json is set
    bool json = false;       ///< value is a JSON object, array, number or literal rather than a plain string
};

/// One request as the store takes it: whatever the log was, mapped, normalized and masked. Missing is nullopt (numbers,
/// texts) or the empty string (names). Views must stay valid until the call that takes the row returns. All strings
/// are UTF-8.
struct RequestRow {
    std::optional<Timestamp> time;            ///< when the request started, UTC
    std::optional<TokenCount> inputUncached;  ///< domain, section 1: cached tokens are never inside this one
    std::optional<TokenCount> cacheRead;
    std::optional<TokenCount> cacheWrite5m;
    std::optional<TokenCount> cacheWrite1h;
    std::optional<TokenCount> output;     ///< answer and reasoning
    std::optional<TokenCount> reasoning;  ///< the part of output that was thought
    std::uint32_t requests = 1;           ///< > 1 for an aggregate line
    std::optional<Money> loggedCost;      ///< what the log says it cost
    std::optional<float> latencySeconds;  ///< >= 0
    std::optional<float> score;           ///< 0..1
    std::optional<float> difficulty;      ///< 0..1, where the log brings one

    std::string_view model;  ///< as logged
    std::string_view provider;
    std::string_view serviceTier;
    std::string_view region;
    std::string_view team;
    std::string_view user;
    std::string_view session;
    std::string_view tag;
    std::string_view dataClass;
    std::string_view domain;

    std::string_view requestId;  ///< the log's own id of the request
    /// Set where the log's format promises that rows with this key are one request (message id and request id of a
    /// coding agent's session): then the key alone is the row's identity, and the first of several is kept. Without it
    /// a row with a requestId is the same request only when all of its content is the same too; and of rows
    /// without either, n equal ones in a file are n requests.
    std::string_view dedupKey;

    std::optional<std::string_view> prompt;
    std::optional<std::string_view> response;
    std::span<const ExtraField> extras;
};

/// Where a row stands in its file.
struct SourcePlace {
    std::int64_t line = 0;        ///< 1-based line on which the record starts; 0 where the format has no lines
    std::int64_t byteOffset = 0;  ///< 0-based offset of the record in the (decompressed) file
};

/// A record that could not become a row. reason and fixHint are sentences for people; raw is the record's own bytes.
struct RejectedRecord {
    SourcePlace place;
    std::string_view column;  ///< the column at fault; empty where it is the whole record
    std::string_view reason;
    std::string_view fixHint;
    std::string_view raw;
};

}  // namespace tierwise::store
