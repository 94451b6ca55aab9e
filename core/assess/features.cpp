// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/features.h"

#include <algorithm>
#include <cmath>

#include "core/assess/code_points.h"
#include "core/assess/lexicon.h"

namespace tierwise::assess {
namespace {

constexpr std::size_t kAskWords = 40;
constexpr std::size_t kPieceBytes = 4;
constexpr std::uint8_t kLetters = 0;
constexpr std::uint8_t kNumber = 1;
constexpr std::uint8_t kGlyph = 2;  // a character of a script without spaces

// Simple lower case of the alphabets that have any: Latin-1, Latin Extended-A, Greek, Cyrillic, full-width.
std::uint32_t lower(std::uint32_t point) {
    if ((point >= 0xC0 && point <= 0xDE && point != 0xD7) || (point >= 0x391 && point <= 0x3A9) ||
        (point >= 0x410 && point <= 0x42F) || (point >= 0xFF21 && point <= 0xFF3A)) {
        return point + 0x20;
    }
    if (point >= 0x400 && point <= 0x40F) {
        return point + 0x50;
    }
    if (point >= 0x100 && point <= 0x137 && point != 0x130) {
        return point | 1U;
    }
    return point;
}

bool isWideSpace(std::uint32_t point) {
    return point == 0xA0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200A) || point == 0x2028 ||
           point == 0x2029 || point == 0x202F || point == 0x205F || point == 0x3000;
}

bool isGlyph(std::uint32_t point) {
    return (point >= 0xE00 && point <= 0xEFF) || (point >= 0x1780 && point <= 0x17FF) ||
           (point >= 0x3040 && point <= 0x30FF) || (point >= 0x3400 && point <= 0x9FFF) ||
           (point >= 0xAC00 && point <= 0xD7AF) || (point >= 0xF900 && point <= 0xFAFF) ||
           (point >= 0x20000 && point <= 0x3FFFF);
}

bool isSymbol(std::uint32_t point) {
    return point < 0xC0 || point == 0xD7 || point == 0xF7 || (point >= 0x2000 && point <= 0x2BFF) ||
           (point >= 0x3000 && point <= 0x303F) || (point >= 0xFE10 && point <= 0xFE6F) ||
           (point >= 0xFF00 && point <= 0xFF0F) || point == 0xFFFD || (point >= 0x1F000 && point <= 0x1FAFF);
}

bool isMath(std::uint32_t point) {
    return point == 0xB1 || point == 0xB2 || point == 0xB3 || point == 0xB7 || point == 0xD7 || point == 0xF7 ||
           (point >= 0x2070 && point <= 0x209F) || (point >= 0x2190 && point <= 0x22FF);
}

bool isLower(char c) {
    return c >= 'a' && c <= 'z';
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

double perWord(std::size_t count, std::size_t words) {
    return static_cast<double>(count) / static_cast<double>(std::max<std::size_t>(words, 1));
}

double log1pOf(std::size_t count) {
    return std::log1p(static_cast<double>(count));
}

}  // namespace

const Features& FeatureExtractor::extract(std::string_view prompt, const Vocabulary* vocabulary) {
    readPrompt(prompt, m_prompt);
    m_features.counters.fill(0.0F);
    m_features.terms.clear();
    m_repaired.clear();
    fold();
    split();
    findOptions();
    countCharacters();
    if (vocabulary != nullptr) {
        repairWords(*vocabulary);
    }
    countWords();
    hashTerms();
    set(Counter::logTurns, std::log(static_cast<double>(std::max<std::size_t>(m_prompt.turns, 1))));
    set(Counter::contextShare, static_cast<double>(m_prompt.contextBytes) /
                                   static_cast<double>(m_prompt.contextBytes + m_prompt.text.size() + 1));
    return m_features;
}

// Lower case, every run of white space one blank.
void FeatureExtractor::fold() {
    const std::string_view text = m_prompt.text;
    m_folded.clear();
    bool blank = true;  // so that leading space goes
    std::size_t at = 0;
    while (at < text.size()) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x80) {
            ++at;
            if (byte <= ' ' || byte == 0x7F) {
                if (!blank) {
                    m_folded.push_back(' ');
                }
                blank = true;
                continue;
            }
            m_folded.push_back(static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte));
            blank = false;
            continue;
        }
        const auto [point, bytes] = decode(text, at);
        at += bytes;
        if (isWideSpace(point)) {
            if (!blank) {
                m_folded.push_back(' ');
            }
            blank = true;
            continue;
        }
        // Typographic apostrophes are plain ones, so that "don't" is one word however it was typed.
        encode(point == 0x2019 ? '\'' : lower(point), m_folded);
        blank = false;
    }
    if (!m_folded.empty() && m_folded.back() == ' ') {
        m_folded.pop_back();
    }
}

void FeatureExtractor::split() {
    m_words.clear();
    const std::string_view text = m_folded;
    std::size_t nonAscii = 0;
    std::size_t cyrillic = 0;
    std::size_t han = 0;
    std::size_t arabic = 0;
    std::size_t other = 0;
    std::size_t math = 0;
    m_features.letters = 0;
    const auto add = [&](std::size_t begin, std::size_t end, std::uint8_t kind) {
        const auto word = text.substr(begin, end - begin);
        std::uint32_t hash = 0;
        if (kind == kNumber) {  // numbers are known by their shape, not their value
            const bool decimal = word.find('.') != std::string_view::npos;
            hash = mixHash(0x9E3779B9U + static_cast<std::uint32_t>(std::min<std::size_t>(word.size(), 6)) * 2U +
                           (decimal ? 1U : 0U));
        } else {
            hash = hashWord(word);
        }
        m_words.push_back(
            {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin), hash, kind, false});
    };
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t begin = at;
        const char c = text[at];
        if (isDigit(c)) {
            while (at < text.size() && (isDigit(text[at]) || ((text[at] == '.' || text[at] == ',') &&
                                                              at + 1 < text.size() && isDigit(text[at + 1])))) {
                ++at;
            }
            add(begin, at, kNumber);
            continue;
        }
        bool inside = false;
        while (at < text.size()) {
            const auto byte = static_cast<unsigned char>(text[at]);
            if (byte < 0x80) {
                const bool joins = text[at] == '\'' && inside && at + 1 < text.size() && isLower(text[at + 1]);
                if (!isLower(text[at]) && !joins) {
                    break;
                }
                m_features.letters += joins ? 0 : 1;
                inside = true;
                ++at;
                continue;
            }
            const auto [point, bytes] = decode(text, at);
            ++nonAscii;
            if (isSymbol(point)) {
                math += isMath(point) ? 1 : 0;
                if (!inside) {
                    at += bytes;  // skip it here, so that the loop outside moves on
                } else {
                    --nonAscii;  // met again in the next round
                }
                break;
            }
            if (isGlyph(point)) {
                if (inside) {
                    --nonAscii;
                    break;
                }
                ++han;
                ++m_features.letters;
                at += bytes;
                add(begin, at, kGlyph);
                break;
            }
            cyrillic += point >= 0x400 && point <= 0x52F ? 1 : 0;
            arabic += (point >= 0x590 && point <= 0x6FF) ? 1 : 0;
            other += point >= 0x530 && !(point >= 0x590 && point <= 0x6FF) ? 1 : 0;
            ++m_features.letters;
            inside = true;
            at += bytes;
        }
        if (inside) {
            add(begin, at, kLetters);
        } else if (at == begin) {
            ++at;
        }
    }
    m_features.words = m_words.size();
    const double letters = static_cast<double>(m_features.letters) + 1.0;
    set(Counter::nonAscii, static_cast<double>(nonAscii) / letters);
    set(Counter::cyrillic, static_cast<double>(cyrillic) / letters);
    set(Counter::han, static_cast<double>(han) / letters);
    set(Counter::arabic, static_cast<double>(arabic) / letters);
    set(Counter::otherScript, static_cast<double>(other) / letters);
    set(Counter::mathSymbols, std::log1p(static_cast<double>(math)));
}

// The last chain of "a) ... b) ..." or "a. ... b. ..." gives the options and where the question ends.
void FeatureExtractor::findOptions() {
    const std::string_view text = m_folded;
    std::array<std::size_t, 27> starts{};
    std::size_t chain = 0;
    std::array<std::size_t, 27> best{};
    std::size_t bestCount = 0;
    for (std::size_t i = 0; i + 2 < text.size(); ++i) {
        const char mark = text[i + 1];
        if (!isLower(text[i]) || (mark != ')' && mark != '.' && mark != ':') || text[i + 2] != ' ' ||
            (i > 0 && text[i - 1] != ' ' && text[i - 1] != '(')) {
            continue;
        }
        const auto letter = static_cast<std::size_t>(text[i] - 'a');
        if (letter == 0) {
            chain = 0;
        } else if (letter != chain) {
            continue;
        }
        starts[chain++] = i;
        if (chain >= 2) {
            best = starts;
            bestCount = chain;
        }
        if (chain == 26) {
            chain = 0;
        }
    }
    m_questionEnd = bestCount > 0 ? best[0] : text.size();
    m_askEnd = static_cast<std::size_t>(
        std::count_if(m_words.begin(), m_words.end(), [&](const Word& word) { return word.begin < m_questionEnd; }));
    if (bestCount == 0) {
        return;
    }
    double lengthSum = 0.0;
    double lengthSquares = 0.0;
    std::size_t numeric = 0;
    for (std::size_t option = 0; option < bestCount; ++option) {
        const std::size_t begin = best[option] + 3;
        const std::size_t end = option + 1 < bestCount ? best[option + 1] : text.size();
        const auto body = text.substr(begin, end > begin ? end - begin : 0);
        const double length = std::log1p(static_cast<double>(body.size()));
        lengthSum += length;
        lengthSquares += length * length;
        const auto first = body.find_first_not_of("$-+(\\ ");
        numeric += first != std::string_view::npos && isDigit(body[first]) ? 1 : 0;
    }
    const double n = static_cast<double>(bestCount);
    const double mean = lengthSum / n;
    set(Counter::options, std::log1p(n));
    set(Counter::optionLength, mean);
    set(Counter::numericOptions, static_cast<double>(numeric) / n);
    set(Counter::optionSpread, std::sqrt(std::max(lengthSquares / n - mean * mean, 0.0)));
}

// One slip of the keyboard must not change what is thought of a prompt. An unknown word that comes again is none.
void FeatureExtractor::repairWords(const Vocabulary& vocabulary) {
    std::size_t looked = 0;
    for (auto& word : m_words) {
        if (word.kind != kLetters || vocabulary.knows(textOf(word))) {
            continue;
        }
        if (++looked > kMostRepairs) {
            return;
        }
        const auto again = [&](const Word& other) { return &other != &word && other.hash == word.hash; };
        if (std::any_of(m_words.begin(), m_words.end(), again)) {
            continue;
        }
        if (const auto meant = vocabulary.repair(textOf(word))) {
            word.begin = static_cast<std::uint32_t>(m_repaired.size());
            word.size = static_cast<std::uint32_t>(meant->size());
            word.hash = hashWord(*meant);
            word.repaired = true;
            m_repaired += *meant;
        }
    }
}

std::vector<std::string> FeatureExtractor::words() const {
    std::vector<std::string> found;
    for (const auto& word : m_words) {
        if (word.kind == kLetters) {
            found.emplace_back(textOf(word));
        }
    }
    return found;
}

void FeatureExtractor::countCharacters() {
    std::array<std::size_t, 128> seen{};
    const std::string_view text = m_folded;
    std::size_t digits = 0;
    std::size_t sentences = 0;
    std::size_t lastQuestion = 0;
    std::size_t lastStop = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x80) {
            continue;
        }
        ++seen[byte];
        digits += isDigit(text[i]) ? 1 : 0;
        if ((text[i] == '.' || text[i] == '?' || text[i] == '!') && (i + 1 == text.size() || text[i + 1] == ' ')) {
            ++sentences;
            if (text[i] == '?' && i < m_questionEnd) {
                lastQuestion = lastStop;
            }
            lastStop = i + 1;
        }
    }
    const auto of = [&](char c) { return seen[static_cast<unsigned char>(c)]; };
    const double size = static_cast<double>(text.size()) + 1.0;
    const std::size_t brackets = of('(') + of('[') + of('{');
    set(Counter::logBytes, std::log1p(static_cast<double>(text.size())));
    set(Counter::digitShare, static_cast<double>(digits) / size);
    set(Counter::mathSymbols, static_cast<double>(m_features.counters[static_cast<std::size_t>(Counter::mathSymbols)]) +
                                  log1pOf(of('+') + of('^') + of('<') + of('>') + of('*') + of('/')));
    set(Counter::equations, log1pOf(of('=')));
    set(Counter::latex, log1pOf(of('\\') + of('$')));
    set(Counter::percentMoney, log1pOf(of('%') + of('$')));
    set(Counter::codeMarks, log1pOf(of('{') + of('}') + of('[') + of(']') + of(';') + of('`') + of('#')));
    set(Counter::questionMarks, log1pOf(of('?')));
    set(Counter::blanks, log1pOf(of('_')));
    set(Counter::quotes, log1pOf(of('"') + of('\'')));
    set(Counter::brackets, static_cast<double>(brackets) / size * 20.0);
    set(Counter::punctuation, static_cast<double>(of('.') + of(',') + of(';') + of(':') + of('-')) / size * 20.0);
    set(Counter::sentences, log1pOf(sentences));
    set(Counter::sentenceLength, std::log1p(perWord(m_words.size(), sentences + 1)));
    set(Counter::tailQuestion, static_cast<double>(lastQuestion) / size);
}

void FeatureExtractor::countWords() {
    std::array<std::size_t, 25> classCount{};
    std::size_t letters = 0;
    std::size_t longOnes = 0;
    std::size_t numbers = 0;
    std::size_t decimals = 0;
    std::size_t years = 0;
    std::uint32_t previous = 0;
    std::size_t howMany = 0;
    std::size_t allOrNone = 0;
    std::uint32_t firstClasses = 0;
    static const std::uint32_t kHowHash = hashWord("how");
    static const std::array<std::uint32_t, 3> kAmount{hashWord("many"), hashWord("much"), hashWord("long")};
    static const std::uint32_t kOf = hashWord("of");
    static const std::array<std::uint32_t, 4> kAll{hashWord("all"), hashWord("none"), hashWord("both"),
                                                   hashWord("neither")};
    const auto among = [](const auto& set, std::uint32_t hash) {
        return std::find(set.begin(), set.end(), hash) != set.end();
    };
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        const auto& word = m_words[i];
        const auto text = textOf(word);
        if (word.kind == kNumber) {
            ++numbers;
            decimals += text.find('.') != std::string_view::npos ? 1 : 0;
            years += text.size() == 4 && (text[0] == '1' || text[0] == '2') ? 1 : 0;
        } else if (word.kind == kLetters) {
            letters += text.size();
            longOnes += text.size() >= 10 ? 1 : 0;
            std::uint32_t classes = classesOf(text, word.hash);
            if (i == 0) {
                firstClasses = classes;
            }
            howMany += previous == kHowHash && among(kAmount, word.hash) ? 1 : 0;
            allOrNone += word.hash == kOf && among(kAll, previous) ? 1 : 0;
            while (classes != 0) {
                ++classCount[static_cast<std::size_t>(__builtin_ctz(classes))];
                classes &= classes - 1;
            }
        }
        previous = word.hash;
    }
    const std::size_t words = m_words.size();
    const auto of = [&](std::uint32_t wordClass) {
        return classCount[static_cast<std::size_t>(__builtin_ctz(wordClass))];
    };
    set(Counter::logWords, log1pOf(words));
    set(Counter::meanWordLength, perWord(letters, words));
    set(Counter::longWords, perWord(longOnes, words));
    set(Counter::stopWords, perWord(of(kStop), words));
    set(Counter::logNumbers, log1pOf(numbers));
    set(Counter::decimals, log1pOf(decimals));
    set(Counter::years, log1pOf(years));
    set(Counter::units, numbers > 0 ? log1pOf(of(kUnit)) : 0.0);
    set(Counter::codeWords, log1pOf(of(kCode)));
    set(Counter::allOrNone, log1pOf(allOrNone));
    const std::array<std::pair<Counter, std::uint32_t>, 16> logged{{{Counter::negation, kNegation},
                                                                    {Counter::superlative, kSuperlative},
                                                                    {Counter::instructWrite, kWrite},
                                                                    {Counter::instructSolve, kSolve},
                                                                    {Counter::instructExplain, kExplain},
                                                                    {Counter::formatWords, kFormat},
                                                                    {Counter::askWhat, kWhat},
                                                                    {Counter::askWhich, kWhich},
                                                                    {Counter::askWho, kWho},
                                                                    {Counter::askWhen, kWhen},
                                                                    {Counter::askWhere, kWhere},
                                                                    {Counter::askWhy, kWhy},
                                                                    {Counter::conditional, kConditional},
                                                                    {Counter::causal, kCausal},
                                                                    {Counter::compare, kCompare},
                                                                    {Counter::statements, kStatement}}};
    for (const auto& [counter, wordClass] : logged) {
        set(counter, log1pOf(of(wordClass)));
    }
    set(Counter::askHow, log1pOf(of(kHow)));
    set(Counter::askHowMany, log1pOf(howMany));
    set(Counter::startsWithQuestion, (firstClasses & kQuestionWord) != 0 ? 1.0 : 0.0);
    set(Counter::firstPerson, perWord(of(kFirstPerson), words));
    set(Counter::secondPerson, perWord(of(kSecondPerson), words));
    set(Counter::steps, log1pOf(of(kStep)));
    set(Counter::percentMoney,
        static_cast<double>(m_features.counters[static_cast<std::size_t>(Counter::percentMoney)]) +
            log1pOf(of(kMoney)));
}

void FeatureExtractor::addTerm(TermKind kind, std::uint32_t hash) {
    auto slot = (hash ^ (static_cast<std::uint32_t>(kind) * 0x85EBCA6BU)) & m_slotMask;
    while (m_slots[slot] != 0) {
        auto& term = m_features.terms[m_slots[slot] - 1];
        if (term.hash == hash && term.kind == kind) {
            term.count = static_cast<std::uint16_t>(std::min<int>(term.count + 1, 65535));
            return;
        }
        slot = (slot + 1) & m_slotMask;
    }
    m_features.terms.push_back({hash, 1, kind});
    m_slots[slot] = static_cast<std::uint32_t>(m_features.terms.size());
}

void FeatureExtractor::hashTerms() {
    // At most: word, pair and ask for each word, and a piece for each byte of it.
    const std::size_t most = 3 * m_words.size() + m_folded.size() + m_repaired.size() + 1;
    std::size_t slots = 256;
    while (slots < most + most / 2) {
        slots *= 2;
    }
    m_slots.assign(slots, 0);
    m_slotMask = slots - 1;
    std::size_t distinctWords = 0;
    std::uint32_t previous = 0;
    const std::size_t askBegin = m_askEnd > kAskWords ? m_askEnd - kAskWords : 0;
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        const auto& word = m_words[i];
        const auto before = m_features.terms.size();
        addTerm(TermKind::word, word.hash);
        distinctWords += m_features.terms.size() - before;
        if (i > 0) {
            addTerm(TermKind::pair, mixHash(previous * 31U + word.hash));
        }
        if (i >= askBegin && i < m_askEnd) {
            addTerm(TermKind::ask, word.hash ^ 0x5bd1e995U);
        }
        if (word.kind == kLetters) {
            // " word " in overlapping pieces: what is left of a word after a typo
            const auto text = textOf(word);
            std::uint32_t window = ' ';
            for (std::size_t b = 0; b <= text.size(); ++b) {
                window = (window << 8) | static_cast<unsigned char>(b < text.size() ? text[b] : ' ');
                if (b + 2 >= kPieceBytes || b == text.size()) {
                    addTerm(TermKind::piece, mixHash(window));
                }
            }
        }
        previous = word.hash;
    }
    set(Counter::distinctWords, perWord(distinctWords, m_words.size()));
    set(Counter::repeated, std::log1p(perWord(m_words.size(), distinctWords + 1)));
}

}  // namespace tierwise::assess
