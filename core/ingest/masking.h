// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.h"

namespace tierwise::ingest {

enum class MaskMode : std::uint8_t {
    off,      ///< texts as they are; no data class is found
    flag,     ///< texts as they are; each row gets its data class
    replace,  ///< findings become [EMAIL_1], [EMAIL_2] ...; the same value the same number within one text
    noText,   ///< texts are read for their class and token counts, and not stored
};

struct MaskOptions {
    MaskMode mode = MaskMode::off;
    bool personal = true;  ///< e-mail, phone, card, IBAN, IP address, national ids
    bool secrets = true;   ///< keys, tokens, private keys, passwords beside their names
    /// Names of headers or fields whose values are secret wherever they stand as "Name: value" or "name=value".
    std::vector<std::string> headerNames;
    /// Words or RE2 patterns that give a row a data class of the user's own ("project-x" -> "confidential").
    std::vector<std::pair<std::string, std::string>> ownClasses;

    bool operator==(const MaskOptions&) const = default;
};

struct MaskFinding {
    std::string kind;       ///< EMAIL, PHONE, CARD, IBAN, IP, US_SSN, DE_TAX_ID, ..., SECRET, PRIVATE_KEY, JWT, HEADER
    std::size_t begin = 0;  ///< byte offsets in the text that was handed in
    std::size_t end = 0;
};

struct MaskResult {
    std::string_view dataClass;  ///< lives as long as the masker: "", "pii", "secret", or the user's; secret beats pii
                                 ///< beats the user's beats ""
    std::vector<MaskFinding> findings;
};

/// Finds personal data and secrets. Patterns are compiled once; any thread may use one (const).
class Masker {
public:
    /// Error invalidArgument: a pattern of the user's that RE2 cannot compile, with RE2's reason.
    [[nodiscard]] static Result<Masker> create(const MaskOptions& options);
    Masker(Masker&&) noexcept;
    Masker& operator=(Masker&&) noexcept;
    ~Masker();

    [[nodiscard]] MaskMode mode() const;
    /// Findings in order, none overlapping. Texts without digits, '@' or a key's letters cost one scan of their bytes.
    [[nodiscard]] MaskResult find(std::string_view text) const;
    /// No value of fewer bytes has a finding: the shortest e-mail address.
    static constexpr std::size_t kShortestFinding = 6;
    /// A quick look: false only where find() would find nothing.
    [[nodiscard]] bool mayFind(std::string_view text) const;
    /// A column's value with its findings replaced by marks made of them, [EMAIL_3f9a2c1b]: the same value has the same
    /// mark in every row, so that grouping by the column still works. A pseudonym: who has a list of candidates can
    /// check them. Nothing where nothing was found.
    [[nodiscard]] std::optional<std::string> maskColumn(std::string_view text) const;
    /// The text with its findings replaced by placeholders.
    [[nodiscard]] static std::string replace(std::string_view text, const std::vector<MaskFinding>& findings);
    /// What the import does with a row's texts: sets dataClass where something is found (a class that the log brought
    /// stays where nothing is), and by mode points the texts at their masked copies in the buffers, or drops them.
    /// Placeholders are numbered through prompt and response together.
    struct Texts {
        std::optional<std::string_view> prompt;
        std::optional<std::string_view> response;
        std::string_view dataClass;
        std::string promptBuffer;
        std::string responseBuffer;
    };
    void apply(Texts& texts) const;

private:
    struct Impl;
    explicit Masker(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace tierwise::ingest
