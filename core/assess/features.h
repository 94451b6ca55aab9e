// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/assess/chat.h"
#include "core/assess/vocabulary.h"

namespace tierwise::assess {

/// The structural counters, all blind to letter case and to how wide white space is. Order is part of the weights'
/// file format: append only.
enum class Counter : std::uint8_t {
    logWords,
    logBytes,
    meanWordLength,
    longWords,
    distinctWords,
    stopWords,
    logNumbers,
    digitShare,
    decimals,
    years,
    units,
    percentMoney,
    mathSymbols,
    latex,
    equations,
    codeMarks,
    codeWords,
    questionMarks,
    blanks,
    quotes,
    brackets,
    punctuation,
    sentences,
    sentenceLength,
    options,
    optionLength,
    numericOptions,
    optionSpread,
    allOrNone,
    negation,
    superlative,
    instructWrite,
    instructSolve,
    instructExplain,
    formatWords,
    askWhat,
    askWhich,
    askWho,
    askWhen,
    askWhere,
    askWhy,
    askHow,
    askHowMany,
    startsWithQuestion,
    firstPerson,
    secondPerson,
    conditional,
    causal,
    compare,
    steps,
    statements,
    nonAscii,
    cyrillic,
    han,
    arabic,
    otherScript,
    logTurns,
    contextShare,
    tailQuestion,
    repeated,
    count
};
inline constexpr std::size_t kCounters = static_cast<std::size_t>(Counter::count);

/// Name for reasons and files ("logWords"), and words for people ("length in words").
[[nodiscard]] std::string_view counterKey(std::size_t counter);
[[nodiscard]] std::string_view counterText(std::size_t counter);

/// Kinds of hashed terms; each is weighted and normalized on its own.
enum class TermKind : std::uint8_t { word, pair, piece, ask, count };
inline constexpr std::size_t kTermKinds = static_cast<std::size_t>(TermKind::count);

/// A hashed term and how often it occurs. The low 16 bits of the hash are the bucket of the shipped tables.
struct Term {
    std::uint32_t hash = 0;
    std::uint16_t count = 0;
    TermKind kind = TermKind::word;
};

/// Everything the models see of a prompt.
struct Features {
    std::array<float, kCounters> counters{};
    std::vector<Term> terms;  ///< distinct (kind, hash)
    std::size_t words = 0;    ///< of any script
    std::size_t letters = 0;  ///< code points that are letters
};

/// Extracts features again and again without allocating. Not thread-safe: one a thread.
class FeatureExtractor {
public:
    /// Any bytes; broken UTF-8 counts as other symbols. The result is valid until the next call.
    /// Linear in the length up to kTextCap. With a vocabulary, misspelt words count as what they were meant to be:
    /// kMostRepairs words that it does not know are looked at.
    const Features& extract(std::string_view prompt, const Vocabulary* vocabulary = nullptr);
    static constexpr std::size_t kMostRepairs = 16;

    /// The words of letters of the last call, lower case, as often as they stand.
    [[nodiscard]] std::vector<std::string> words() const;

    /// As text after reading turns, of the last call.
    [[nodiscard]] const PromptText& prompt() const { return m_prompt; }

private:
    struct Word {
        std::uint32_t begin;
        std::uint32_t size;
        std::uint32_t hash;
        std::uint8_t kind;  ///< 0 letters, 1 number, 2 one character of a script without spaces
        bool repaired;      ///< its text stands in m_repaired
    };

    void fold();
    void split();
    void countCharacters();
    void countWords();
    void findOptions();
    void repairWords(const Vocabulary& vocabulary);
    void hashTerms();
    void addTerm(TermKind kind, std::uint32_t hash);
    void set(Counter counter, double value) {
        m_features.counters[static_cast<std::size_t>(counter)] = static_cast<float>(value);
    }
    [[nodiscard]] std::string_view textOf(const Word& word) const {
        return std::string_view(word.repaired ? m_repaired : m_folded).substr(word.begin, word.size);
    }

    PromptText m_prompt;
    std::string m_folded;    ///< lower case, white space folded to one blank
    std::string m_repaired;  ///< words as they were meant, without blanks between
    std::vector<Word> m_words;
    std::vector<std::uint32_t> m_slots;  ///< open addressing into terms, index + 1
    std::size_t m_slotMask = 0;
    std::size_t m_questionEnd = 0;  ///< byte where the options begin, or the end
    std::size_t m_askEnd = 0;       ///< word where the options begin, or the end
    Features m_features;
};

}  // namespace tierwise::assess
