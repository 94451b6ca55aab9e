// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/message_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/theme/theme.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

QString sentence(QString text) {
    if (!text.isEmpty()) {
        text[0] = text[0].toUpper();
        if (!text.endsWith(u'.') && !text.endsWith(u'?') && !text.endsWith(u'!')) {
            text += u'.';
        }
    }
    return text;
}

QString detailsOf(const Error& error) {
    QStringList parts;
    if (!error.source.empty()) {
        parts << MessageBar::tr("Where: %1").arg(coreText(error.source));
    }
    if (error.line) {
        parts << MessageBar::tr("Line: %1").arg(formatCount(*error.line));
    }
    if (error.byteOffset) {
        parts << MessageBar::tr("Byte: %1").arg(formatCount(*error.byteOffset));
    }
    return parts.join(u"\n"_s);
}

}  // namespace

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent),
      m_icon(new QLabel(this)),
      m_text(new QLabel(this)),
      m_details(new QLabel(this)),
      m_count(new QLabel(this)),
      m_action(new QPushButton(this)),
      m_detailsButton(new QToolButton(this)),
      m_close(new QToolButton(this)) {
    setObjectName(u"messageBar"_s);
    setAccessibleName(tr("Message"));
    m_text->setObjectName(u"messageText"_s);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::RichText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_details->setWordWrap(true);
    m_details->setProperty("role", u"muted"_s);
    m_details->hide();
    m_count->setProperty("role", u"muted"_s);
    m_detailsButton->setText(tr("Details"));
    m_detailsButton->setCheckable(true);
    m_detailsButton->setAutoRaise(true);
    m_detailsButton->setAccessibleName(tr("Show the details of this message"));
    m_close->setIcon(Theme::instance().icon(u"cancel"_s));
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Dismiss this message"));
    m_close->setAccessibleName(tr("Dismiss this message"));
    m_close->setObjectName(u"messageClose"_s);
    auto* line = new QHBoxLayout;
    line->addWidget(m_icon, 0, Qt::AlignTop);
    line->addWidget(m_text, 1);
    line->addWidget(m_count);
    line->addWidget(m_action);
    line->addWidget(m_detailsButton);
    line->addWidget(m_close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 6, 8, 6);
    column->setSpacing(4);
    column->addLayout(line);
    column->addWidget(m_details);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);
    connect(m_detailsButton, &QToolButton::toggled, m_details, &QLabel::setVisible);
    connect(m_action, &QPushButton::clicked, this, [this] {
        const auto action = m_messages.isEmpty() ? std::function<void()>() : m_messages.first().action;
        dismiss();
        if (action) {
            action();
        }
    });
    hide();
}

MessageBar::Message MessageBar::fromError(const Error& error) {
    return {Severity::error, coreText(error.what), coreText(error.fixHint), detailsOf(error), {}, {}};
}

void MessageBar::showMessage(Message message) {
    for (const Message& waiting : m_messages) {
        if (waiting.text == message.text && waiting.details == message.details) {
            return;  // saying it twice helps nobody
        }
    }
    // The newest first, but nothing covers an error.
    qsizetype at = 0;
    while (message.severity != Severity::error && at < m_messages.size() &&
           m_messages[at].severity == Severity::error) {
        ++at;
    }
    m_messages.insert(at, std::move(message));
    present();
}

void MessageBar::clear() {
    m_messages.clear();
    present();
}

QString MessageBar::currentText() const {
    return m_messages.isEmpty() ? QString() : m_messages.first().text;
}

void MessageBar::dismiss() {
    if (!m_messages.isEmpty()) {
        m_messages.removeFirst();
    }
    present();
}

void MessageBar::present() {
    if (m_messages.isEmpty()) {
        hide();
        return;
    }
    const Message& message = m_messages.first();
    const bool isError = message.severity == Severity::error;
    const bool isWarning = message.severity == Severity::warning;
    setProperty("severity", isError ? u"error"_s : isWarning ? u"warning"_s : u"note"_s);
    style()->unpolish(this);
    style()->polish(this);
    const QString icon = isError ? u"error"_s : isWarning ? u"warning"_s : u"info"_s;
    m_icon->setPixmap(Theme::instance().icon(icon).pixmap(QSize(18, 18), devicePixelRatioF()));
    QString text = u"<b>"_s + sentence(message.text).toHtmlEscaped() + u"</b>"_s;
    if (!message.hint.isEmpty()) {
        text += u" "_s + sentence(message.hint).toHtmlEscaped();
    }
    m_text->setText(text);
    setAccessibleDescription(message.text + u" "_s + message.hint);
    m_details->setText(message.details);
    m_detailsButton->setVisible(!message.details.isEmpty());
    m_detailsButton->setChecked(false);
    m_details->hide();
    m_count->setVisible(m_messages.size() > 1);
    m_count->setText(tr("1 of %1").arg(m_messages.size()));
    m_action->setVisible(!message.actionText.isEmpty());
    m_action->setText(message.actionText);
    show();
}

}  // namespace tierwise::ui
