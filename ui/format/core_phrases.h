// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QChar>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

// The table of core's sentences in one language, and the search in it. One thread at a time.
namespace tierwise::ui {

class CorePhrases {
public:
    /// table: UTF-8, a line a message: English, tab, translation; "{0}", "{1}" stand for what core fills in, by their
    /// order in the English; "{0=}" in the translation leaves it as it is, because it is the user's. Empty lines and
    /// lines that begin with # say nothing. decimal, group: of the language.
    CorePhrases(const QByteArray& table, const QString& decimal, const QString& group);

    [[nodiscard]] QString translate(const QString& english);

private:
    // "a {0} b {1} c": the words between the slots, and which slots they are. Words are one more than slots.
    struct Pattern {
        QStringList words;
        QList<qsizetype> gaps;
        QList<qsizetype> asIs;  // of the gaps
    };
    struct Phrase {
        Pattern english;
        Pattern translated;
        qsizetype letters = 0;  // of the English words: the more, the surer
    };
    struct Found {
        QString text;
        qsizetype letters = 0;  // how many of the English were in the table
    };

    static Pattern parse(const QString& text);
    static bool match(const Pattern& pattern, const QString& text, QStringList& filled);
    Found best(const QString& text);
    Found search(const QString& text);
    Found fill(const Phrase& phrase, const QStringList& filled);
    Found joined(const QString& text, const QString& separator);
    [[nodiscard]] QString number(const QString& text) const;

    QString m_decimal;
    QString m_group;
    QHash<QString, QString> m_whole;
    QHash<QString, QList<Phrase>> m_byFirstWord;
    QList<Phrase> m_others;         // those that begin with a slot
    QHash<QString, Found> m_known;  // what was asked before; emptied when it grows
    int m_tries = 0;
};

}  // namespace tierwise::ui
