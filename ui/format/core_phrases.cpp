// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/format/core_phrases.h"

#include <algorithm>

#include <QRegularExpression>

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongest = 1'000;    // characters; longer texts are data, not sentences
constexpr qsizetype kMostKnown = 5'000;  // answers kept
constexpr int kMostTries = 2'000;        // pieces of one text that are looked at; sentences need some dozens

bool isQuote(QChar c) {
    return c == u'"' || c == u'\'';
}

// A full stop at the end belongs to the place where a sentence stands, not to the sentence.
QString withoutStop(const QString& text) {
    return text.endsWith(u'.') && !text.endsWith(u".."_s) ? text.chopped(1) : text;
}

qsizetype lettersOf(const QString& text) {
    return std::count_if(text.begin(), text.end(), [](QChar c) { return !c.isSpace(); });
}

}  // namespace

CorePhrases::CorePhrases(const QByteArray& table, const QString& decimal, const QString& group)
    : m_decimal(decimal), m_group(group) {
    for (const QString& line : QString::fromUtf8(table).split(u'\n')) {
        const qsizetype tab = line.indexOf(u'\t');
        if (tab <= 0 || line.startsWith(u'#')) {
            continue;
        }
        QString english = line.left(tab);
        QString translated = line.mid(tab + 1);
        if (english.endsWith(u'.') && translated.endsWith(u'.')) {
            english = withoutStop(english);
            translated = withoutStop(translated);
        }
        Phrase phrase{parse(english), parse(translated), 0};
        if (phrase.english.gaps.isEmpty()) {
            m_whole.insert(english, translated);
            continue;
        }
        for (const QString& words : phrase.english.words) {
            phrase.letters += lettersOf(words);
        }
        const QString& head = phrase.english.words.first();
        const qsizetype space = head.indexOf(u' ');
        (space > 0 ? m_byFirstWord[head.left(space)] : m_others).append(phrase);
    }
}

QString CorePhrases::translate(const QString& english) {
    m_tries = kMostTries;
    return english.isEmpty() || english.size() > kLongest ? english : best(english).text;
}

CorePhrases::Pattern CorePhrases::parse(const QString& text) {
    Pattern pattern;
    qsizetype from = 0;
    for (qsizetype open = text.indexOf(u'{'); open >= 0; open = text.indexOf(u'{', open + 1)) {
        const qsizetype close = text.indexOf(u'}', open);
        const QStringView inside = QStringView(text).mid(open + 1, std::max(open, close - 1) - open);
        const bool asIs = inside.endsWith(u'=');
        bool isSlot = false;
        const int slot = inside.chopped(asIs ? 1 : 0).toInt(&isSlot);
        if (isSlot && close > open) {
            pattern.words.append(text.mid(from, open - from));
            pattern.gaps.append(slot);
            if (asIs) {
                pattern.asIs.append(slot);
            }
            from = close + 1;
        }
    }
    pattern.words.append(text.mid(from));
    return pattern;
}

// The shortest text for every slot, from the left; the last words must end the text. That finds a match where there is
// one, so nothing is ever tried twice.
bool CorePhrases::match(const Pattern& pattern, const QString& text, QStringList& filled) {
    const QString& head = pattern.words.first();
    const QString& tail = pattern.words.last();
    if (text.size() < head.size() + tail.size() || !text.startsWith(head) || !text.endsWith(tail)) {
        return false;
    }
    const qsizetype end = text.size() - tail.size();
    qsizetype from = head.size();
    filled.clear();
    for (qsizetype i = 1; i + 1 < pattern.words.size(); ++i) {
        const qsizetype at = text.indexOf(pattern.words[i], from);
        if (at < 0 || at + pattern.words[i].size() > end) {
            return false;
        }
        filled.append(text.mid(from, at - from));
        from = at + pattern.words[i].size();
    }
    filled.append(text.mid(from, end - from));
    return true;
}

CorePhrases::Found CorePhrases::best(const QString& text) {
    if (const auto known = m_known.constFind(text); known != m_known.constEnd()) {
        return *known;
    }
    if (--m_tries < 0) {
        return {text, 0};
    }
    if (m_known.size() > kMostKnown) {
        m_known.clear();
    }
    Found found = search(text);
    if (m_tries >= 0) {
        m_known.insert(text, found);
    }
    return found;
}

// Of all ways to read the text the one that leaves the least of it untranslated.
CorePhrases::Found CorePhrases::search(const QString& text) {
    if (const auto whole = m_whole.constFind(text); whole != m_whole.constEnd()) {
        return {*whole, lettersOf(text)};
    }
    Found found{number(text), 0};
    const auto consider = [&](const Found& other) {
        if (other.letters > found.letters) {
            found = other;
        }
    };
    if (const QString bare = withoutStop(text); bare.size() < text.size() && !bare.isEmpty()) {
        const Found sentence = best(bare);
        consider({sentence.text + u'.', sentence.letters});
    }
    // A slot may come with its own blank or remark: "rule 1 (private): local".
    if (const QString inner = text.trimmed(); inner.size() < text.size() && !inner.isEmpty()) {
        const qsizetype at = text.indexOf(inner);
        const Found trimmed = best(inner);
        consider({text.left(at) + trimmed.text + text.mid(at + inner.size()), trimmed.letters});
    }
    if (const qsizetype open = text.indexOf(u'('); open >= 0 && text.endsWith(u')')) {
        const Found before = best(text.left(open));
        const Found remark = best(text.mid(open + 1, text.size() - open - 2));
        consider({before.text + u'(' + remark.text + u')', before.letters + remark.letters});
    }
    for (const QString& separator : {u"\n"_s, u". "_s, u"; "_s, u": "_s, u", "_s}) {
        if (text.contains(separator)) {
            consider(joined(text, separator));
        }
    }
    QStringList filled;
    const auto tryAll = [&](const QList<Phrase>& phrases) {
        for (const Phrase& phrase : phrases) {
            if (match(phrase.english, text, filled)) {
                consider(fill(phrase, filled));
            }
        }
    };
    if (const auto bucket = m_byFirstWord.constFind(text.section(u' ', 0, 0)); bucket != m_byFirstWord.constEnd()) {
        tryAll(*bucket);
    }
    tryAll(m_others);
    return found;
}

CorePhrases::Found CorePhrases::fill(const Phrase& phrase, const QStringList& filled) {
    Found found{{}, phrase.letters};
    QStringList translated;
    for (qsizetype i = 0; i < filled.size(); ++i) {
        const QString& before = phrase.english.words[i];
        const QString& after = phrase.english.words[i + 1];
        // What core puts between quotes is the user's.
        const bool quoted =
            !before.isEmpty() && !after.isEmpty() && isQuote(before.back()) && after.front() == before.back();
        const bool asIs = quoted || phrase.translated.asIs.contains(phrase.english.gaps[i]);
        const Found inner = asIs ? Found{filled[i], lettersOf(filled[i])} : best(filled[i]);
        translated.append(inner.text);
        found.letters += inner.letters;
    }
    for (qsizetype i = 0; i < phrase.translated.words.size(); ++i) {
        found.text += phrase.translated.words[i];
        if (i < phrase.translated.gaps.size()) {
            found.text += translated.value(phrase.english.gaps.indexOf(phrase.translated.gaps[i]));
        }
    }
    return found;
}

CorePhrases::Found CorePhrases::joined(const QString& text, const QString& separator) {
    Found found;
    QStringList parts;
    for (const QString& part : text.split(separator)) {
        const Found inner = best(part);
        parts.append(inner.text);
        found.letters += inner.letters;
    }
    found.text = parts.join(separator);
    return found;
}

// "$1,234.50" as the language writes it; anything else as it is.
QString CorePhrases::number(const QString& text) const {
    static const QRegularExpression kNumber(uR"(^[-+~\x{2212}]?\$?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?(e[-+]\d+)?( ?%)?$)"_s);
    if ((!text.contains(u'.') && !text.contains(u',')) || !kNumber.match(text).hasMatch()) {
        return text;
    }
    QString written;
    for (const QChar c : text) {
        written += c == u'.' ? m_decimal : c == u',' ? m_group : QString(c);
    }
    return written;
}

}  // namespace tierwise::ui
