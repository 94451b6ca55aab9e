// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/features.h"

namespace tierwise::assess {
namespace {

struct Named {
    std::string_view key;
    std::string_view text;
};

// In the order of Counter.
constexpr std::array<Named, kCounters> kNames{{
    {"logWords", "length in words"},
    {"logBytes", "length in characters"},
    {"meanWordLength", "length of the words"},
    {"longWords", "long words"},
    {"distinctWords", "variety of words"},
    {"stopWords", "plain function words"},
    {"logNumbers", "numbers"},
    {"digitShare", "share of digits"},
    {"decimals", "decimal numbers"},
    {"years", "years"},
    {"units", "units of measure"},
    {"percentMoney", "money and percentages"},
    {"mathSymbols", "mathematical signs"},
    {"latex", "LaTeX"},
    {"equations", "equations"},
    {"codeMarks", "code punctuation"},
    {"codeWords", "programming words"},
    {"questionMarks", "question marks"},
    {"blanks", "blanks to fill"},
    {"quotes", "quotations"},
    {"brackets", "brackets"},
    {"punctuation", "punctuation"},
    {"sentences", "number of sentences"},
    {"sentenceLength", "length of the sentences"},
    {"options", "answer options"},
    {"optionLength", "length of the options"},
    {"numericOptions", "numeric options"},
    {"optionSpread", "options of uneven length"},
    {"allOrNone", "\"all of\" or \"none of\" options"},
    {"negation", "negations"},
    {"superlative", "superlatives"},
    {"instructWrite", "asks to write or build"},
    {"instructSolve", "asks to solve or compute"},
    {"instructExplain", "asks to explain or analyze"},
    {"formatWords", "output format requested"},
    {"askWhat", "asks what"},
    {"askWhich", "asks which"},
    {"askWho", "asks who"},
    {"askWhen", "asks when"},
    {"askWhere", "asks where"},
    {"askWhy", "asks why"},
    {"askHow", "asks how"},
    {"askHowMany", "asks how many or how much"},
    {"startsWithQuestion", "starts with a question word"},
    {"firstPerson", "first person"},
    {"secondPerson", "second person"},
    {"conditional", "conditions and assumptions"},
    {"causal", "causes and consequences"},
    {"compare", "comparisons"},
    {"steps", "several steps"},
    {"statements", "refers to statements"},
    {"nonAscii", "characters beyond ASCII"},
    {"cyrillic", "Cyrillic script"},
    {"han", "Chinese, Japanese, Korean or Thai script"},
    {"arabic", "Arabic or Hebrew script"},
    {"otherScript", "another script"},
    {"logTurns", "number of turns"},
    {"contextShare", "share of earlier context"},
    {"tailQuestion", "question after a long context"},
    {"repeated", "repetition"},
}};

}  // namespace

std::string_view counterKey(std::size_t counter) {
    return kNames[counter].key;
}

std::string_view counterText(std::size_t counter) {
    return kNames[counter].text;
}

}  // namespace tierwise::assess
