// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/privacy_panel.h"

#include <QButtonGroup>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QSettings>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/format/format.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

PrivacyPanel::PrivacyPanel(QWidget* parent)
    : QWidget(parent),
      m_mode(new QButtonGroup(this)),
      m_more(new QToolButton(this)),
      m_details(new QWidget(this)),
      m_headers(new QLineEdit(m_details)),
      m_classes(new QPlainTextEdit(m_details)) {
    auto* line = new QHBoxLayout;
    line->addWidget(new QLabel(tr("Personal data and secrets in texts:"), this));
    const QList<std::tuple<ingest::MaskMode, QString, QString>> modes{
        {ingest::MaskMode::off, tr("lea&ve"), tr("Texts stay as they are, nothing is looked for")},
        {ingest::MaskMode::flag, tr("&flag"), tr("Texts stay; each row gets its data class, which routing can use")},
        {ingest::MaskMode::replace, tr("&replace"), tr("Findings become placeholders such as [EMAIL_1]")},
        {ingest::MaskMode::noText, tr("store &no texts"), tr("Token counts and classes only")}};
    for (const auto& [mode, text, tip] : modes) {
        auto* button = new QRadioButton(text, this);
        button->setToolTip(tip);
        button->setAccessibleDescription(tip);
        button->setObjectName(u"mask%1"_s.arg(static_cast<int>(mode)));
        button->setChecked(mode == ingest::MaskMode::flag);
        m_mode->addButton(button, static_cast<int>(mode));
        line->addWidget(button);
    }
    m_more->setText(tr("&More..."));
    m_more->setToolTip(tr("Headers and words of your own to look for"));
    m_more->setAccessibleName(tr("Headers and words of your own to look for"));
    m_more->setCheckable(true);
    m_more->setAutoRaise(true);
    line->addWidget(m_more);
    line->addStretch();
    m_headers->setPlaceholderText(u"X-Internal-Token, employee_id"_s);
    m_headers->setAccessibleName(tr("Names of headers whose values are secret"));
    m_headers->setObjectName(u"maskHeaders"_s);
    m_classes->setPlaceholderText(u"confidential = project-(orion|vega)"_s);
    m_classes->setAccessibleName(tr("Data classes of your own, one a line: class = pattern (RE2)"));
    m_classes->setObjectName(u"maskClasses"_s);
    m_classes->setTabChangesFocus(true);
    m_classes->setFixedHeight(m_classes->fontMetrics().lineSpacing() * 3 + 12);
    auto* form = new QFormLayout(m_details);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("Secret &headers"), m_headers);
    form->addRow(tr("Data class&es"), m_classes);
    m_details->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(line);
    column->addWidget(m_details);
    connect(m_more, &QToolButton::toggled, m_details, &QWidget::setVisible);
    connect(m_mode, &QButtonGroup::idClicked, this, &PrivacyPanel::changed);
    connect(m_headers, &QLineEdit::textEdited, this, &PrivacyPanel::changed);
    connect(m_classes, &QPlainTextEdit::textChanged, this, &PrivacyPanel::changed);
}

ingest::MaskOptions PrivacyPanel::options() const {
    ingest::MaskOptions options;
    options.mode = static_cast<ingest::MaskMode>(m_mode->checkedId());
    for (const QString& name : m_headers->text().split(u',', Qt::SkipEmptyParts)) {
        if (!name.trimmed().isEmpty()) {
            options.headerNames.push_back(toUtf8(name.trimmed()));
        }
    }
    for (const QString& line : m_classes->toPlainText().split(u'\n', Qt::SkipEmptyParts)) {
        const qsizetype sign = line.indexOf(u'=');
        const QString name = line.left(sign).trimmed();
        const QString pattern = sign < 0 ? QString() : line.mid(sign + 1).trimmed();
        if (!name.isEmpty() && !pattern.isEmpty()) {  // a line being typed is no class yet
            options.ownClasses.emplace_back(toUtf8(pattern), toUtf8(name));
        }
    }
    return options;
}

void PrivacyPanel::setOptions(const ingest::MaskOptions& options) {
    const QSignalBlocker blockHeaders(m_headers);
    const QSignalBlocker blockClasses(m_classes);
    if (auto* button = m_mode->button(static_cast<int>(options.mode))) {
        button->setChecked(true);
    }
    QStringList headers;
    for (const std::string& name : options.headerNames) {
        headers << toQt(name);
    }
    m_headers->setText(headers.join(u", "_s));
    QStringList classes;
    for (const auto& [pattern, name] : options.ownClasses) {
        classes << toQt(name) + u" = "_s + toQt(pattern);
    }
    m_classes->setPlainText(classes.join(u'\n'));
    m_more->setChecked(!headers.isEmpty() || !classes.isEmpty());
}

void PrivacyPanel::save(QSettings& settings) const {
    settings.setValue(u"import/masking"_s, m_mode->checkedId());
    settings.setValue(u"import/secretHeaders"_s, m_headers->text());
    settings.setValue(u"import/dataClasses"_s, m_classes->toPlainText());
}

void PrivacyPanel::restore(const QSettings& settings) {
    const QSignalBlocker blockHeaders(m_headers);
    const QSignalBlocker blockClasses(m_classes);
    const int mode = settings.value(u"import/masking"_s, static_cast<int>(ingest::MaskMode::flag)).toInt();
    if (auto* button = m_mode->button(mode)) {
        button->setChecked(true);
    }
    m_headers->setText(settings.value(u"import/secretHeaders"_s).toString());
    m_classes->setPlainText(settings.value(u"import/dataClasses"_s).toString());
    m_more->setChecked(!m_headers->text().isEmpty() || !m_classes->toPlainText().isEmpty());
}

}  // namespace tierwise::ui
