// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace tierwise {

/// What kind of failure, for code that must tell them apart. Words for people are in Error.
enum class ErrorCode {
    invalidArgument,  ///< the caller asked for something that makes no sense (exit code 2)
    notFound,         ///< the named file, model, row or scenario does not exist
    io,               ///< the system could not read or write
    diskFull,         ///< no space left; nothing half-written remains
    badFormat,        ///< foreign bytes are not what they should be
    overflow,         ///< a quantity does not fit; never wrapped
    conflict,         ///< two sources of truth disagree (a locked or newer project, tied rates)
    cancelled,        ///< the user stopped it
    network,          ///< no answer, a refused one, or an untrusted one
    infeasible,       ///< the constraints leave no answer
    internal,         ///< a broken promise of ours or of a library
};

/// A failure that a person can act on: what happened, how to mend it, and where.
struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string what;                        ///< one sentence, UTF-8, no trailing full stop
    std::string fixHint;                     ///< what the user can do about it; may be empty
    std::string source;                      ///< file, URL or field that it is about; may be empty
    std::optional<std::int64_t> line;        ///< 1-based line in source
    std::optional<std::int64_t> byteOffset;  ///< 0-based offset in source

    bool operator==(const Error&) const = default;

    /// "source:line: what. fixHint", as the command line and logs print it.
    [[nodiscard]] std::string describe() const {
        std::string text = source;
        if (line) {
            text += (text.empty() ? "line " : ":") + std::to_string(*line);
        }
        if (byteOffset) {
            text += (text.empty() ? "byte " : " (byte ") + std::to_string(*byteOffset) + (text.empty() ? "" : ")");
        }
        if (!text.empty()) {
            text += ": ";
        }
        text += what;
        if (!fixHint.empty()) {
            text += ". " + fixHint;
        }
        return text;
    }
};

template <typename T>
using Result = tl::expected<T, Error>;

/// The failing branch of a Result: return fail(ErrorCode::io, "cannot read the file", "Check ...", path);
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string what, std::string fixHint = {},
                                                std::string source = {}, std::optional<std::int64_t> line = {},
                                                std::optional<std::int64_t> byteOffset = {}) {
    return tl::unexpected<Error>(Error{code, std::move(what), std::move(fixHint), std::move(source), line, byteOffset});
}

/// Passes an error of another Result on.
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

}  // namespace tierwise
