// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/format/core_words.h"

#include <map>
#include <memory>
#include <mutex>

#include <QCoreApplication>
#include <QFile>
#include <QLocale>

#include "ui/format/core_phrases.h"
#include "ui/format/format.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

struct CoreWords {
    Q_DECLARE_TR_FUNCTIONS(CoreWords)
};

// The installed translator says whose table it is, so the two never differ.
QString language() {
    return CoreWords::tr("en", "the code of this translation's language: core.<code>.tsv holds core's sentences");
}

QString translated(const QString& english, const QString& language) {
    static std::mutex mutex;
    static std::map<QString, std::unique_ptr<CorePhrases>> tables;
    const std::lock_guard lock(mutex);
    auto& table = tables[language];
    if (!table) {
        QFile file(u":/i18n/core.%1.tsv"_s.arg(language));
        const QLocale locale(language);
        table = std::make_unique<CorePhrases>(file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray(),
                                              locale.decimalPoint(), locale.groupSeparator());
    }
    return table->translate(english);
}

}  // namespace

QString coreText(std::string_view english) {
    const QString text = toQt(english);
    const QString code = language();
    return code == u"en"_s ? text : translated(text, code);
}

QString coreText(const Error& error) {
    if (language() == u"en"_s) {
        return toQt(error.describe());
    }
    QString text = coreText(error.source);
    if (error.line) {
        text += text.isEmpty() ? CoreWords::tr("line %1").arg(*error.line) : u":%1"_s.arg(*error.line);
    }
    if (error.byteOffset) {
        const QString byte = CoreWords::tr("byte %1").arg(*error.byteOffset);
        text += text.isEmpty() ? byte : u" (%1)"_s.arg(byte);
    }
    text += (text.isEmpty() ? QString() : u": "_s) + coreText(error.what);
    return error.fixHint.empty() ? text : text + u". "_s + coreText(error.fixHint);
}

}  // namespace tierwise::ui
