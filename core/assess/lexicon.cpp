// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/lexicon.h"

#include <array>
#include <cstddef>
#include <vector>

namespace tierwise::assess {
namespace {

struct Row {
    std::uint32_t classes;
    std::string_view words;  // separated by blanks
};

// Lower-case English, because the training sets are English; other languages get the counters that hold for any
// script, and the doubt that goes with it.
constexpr std::array<Row, 24> kRows{{
    {kStop,
     "the a an of to in and or is are was were be been being for on with as by at from that this these those it its "
     "his her their our your he she they we you i has have had do does did will would can could should may might into "
     "than then there here but if so such about over under between after before during up down out no all any each "
     "both some most other one two"},
    {kNegation,
     "not no never none neither nor without except incorrect false isn't aren't doesn't don't didn't won't can't "
     "cannot "
     "unlikely incapable wrong untrue exclude excluding fails lacks"},
    {kSuperlative,
     "most least best worst largest smallest greatest highest lowest maximum minimum primary main "
     "primarily only always optimal longest shortest fastest strongest weakest closest"},
    {kCode,
     "def return class import function int float str string list array lambda var const let void public private "
     "static struct print printf println console assert elif else while try catch throw null none true false "
     "python java javascript typescript sql html css bash rust golang algorithm code program script api json "
     "regex recursion pointer compile runtime bug debug method tuple dict boolean integer self async await"},
    {kUnit,
     "kg g mg lb lbm lbf oz m cm mm km ft in inch inches feet mile miles s sec second seconds min minute minutes "
     "hour hours h hr day days week weeks year years n j kj w kw mw v mv a ma ohm ohms hz khz mhz pa kpa mpa psi "
     "psia atm bar torr mol moles mole l ml liter liters degrees degree f c k btu cal kcal ev nm um ev rpm mph"},
    {kWrite,
     "write create generate compose draft design implement build develop produce make rewrite paraphrase "
     "translate story poem essay email letter article"},
    {kSolve,
     "solve calculate compute find determine evaluate prove derive show estimate simplify integrate "
     "differentiate factor minimize maximize convert integral derivative equation theorem"},
    {kExplain,
     "explain describe discuss analyze analyse compare contrast summarize summarise outline justify critique "
     "assess argue interpret elaborate"},
    {kFormat,
     "json table csv markdown bullet bullets list xml yaml format template heading headings words sentences "
     "paragraph paragraphs columns boxed"},
    {kWhat, "what what's"},
    {kWhich, "which"},
    {kWho, "who whom whose who's"},
    {kWhen, "when"},
    {kWhere, "where where's"},
    {kWhy, "why"},
    {kHow, "how"},
    {kFirstPerson, "i me my mine i'm i've we us our"},
    {kSecondPerson, "you your you're yours act"},
    {kConditional, "if suppose assume assuming given let unless whether provided consider"},
    {kCausal, "because therefore thus hence since implies consequently due cause causes caused result results leads"},
    {kCompare, "than versus vs compared relative difference similar same different ratio proportional between"},
    {kStep, "first second third then next finally step steps carefully respectively each"},
    {kStatement, "statement statements following above below i ii iii iv v"},
    {kMoney, "dollar dollars cent cents percent price cost interest rate tax profit salary loan usd eur"},
}};

constexpr std::size_t kSlots = 2048;

struct Entry {
    std::string_view word;
    std::uint32_t classes = 0;
};

std::vector<Entry> buildTable() {
    std::vector<Entry> table(kSlots);
    for (const auto& row : kRows) {
        std::size_t at = 0;
        while (at < row.words.size()) {
            auto end = row.words.find(' ', at);
            end = end == std::string_view::npos ? row.words.size() : end;
            const auto word = row.words.substr(at, end - at);
            at = end + 1;
            auto slot = hashWord(word) % kSlots;
            while (!table[slot].word.empty() && table[slot].word != word) {
                slot = (slot + 1) % kSlots;
            }
            table[slot].word = word;
            table[slot].classes |= row.classes;
        }
    }
    return table;
}

}  // namespace

std::uint32_t hashWord(std::string_view word) {
    std::uint32_t h = 2166136261U;
    for (const char c : word) {
        h = (h ^ static_cast<unsigned char>(c)) * 16777619U;
    }
    return mixHash(h);
}

std::uint32_t classesOf(std::string_view word, std::uint32_t hash) {
    static const std::vector<Entry> kTable = buildTable();
    auto slot = hash % kSlots;
    while (!kTable[slot].word.empty()) {
        if (kTable[slot].word == word) {
            return kTable[slot].classes;
        }
        slot = (slot + 1) % kSlots;
    }
    return 0;
}

}  // namespace tierwise::assess
