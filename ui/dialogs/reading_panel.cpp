// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/reading_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/theme/theme.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

QString delimiterTitle(const std::string& delimiter) {
    if (delimiter == "\t") {
        return ReadingPanel::tr("tab");
    }
    if (delimiter == ",") {
        return ReadingPanel::tr("comma");
    }
    if (delimiter == ";") {
        return ReadingPanel::tr("semicolon");
    }
    return delimiter.empty() ? ReadingPanel::tr("one column") : toQt(delimiter);
}

// A quote as an item's data: 0 for none.
int quoteCode(const std::optional<char>& quote) {
    return quote ? static_cast<unsigned char>(*quote) : 0;
}

QLabel* buddy(const QString& text, QWidget* of, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setBuddy(of);
    return label;
}

}  // namespace

ReadingPanel::ReadingPanel(QWidget* parent)
    : QWidget(parent),
      m_source(new QComboBox(this)),
      m_presets(new QPushButton(this)),
      m_encoding(new QComboBox(this)),
      m_delimiter(new QComboBox(this)),
      m_quote(new QComboBox(this)),
      m_skip(new QSpinBox(this)),
      m_header(new QCheckBox(tr("First row names the col&umns"), this)) {
    m_source->setAccessibleName(tr("What the log is"));
    m_source->setObjectName(u"importSource"_s);
    m_source->setMinimumWidth(300);
    m_source->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_presets->setText(tr("&Presets"));
    m_presets->setAutoDefault(false);
    m_presets->setAccessibleName(tr("Your own presets"));
    m_presets->setToolTip(
        tr("Keep these settings under a name: a log with the same columns is known by it from then on"));
    m_presets->setObjectName(u"importPresets"_s);
    auto* menu = new QMenu(m_presets);
    QAction* keep = menu->addAction(tr("&Keep these settings as a preset..."));
    keep->setObjectName(u"keepPreset"_s);
    QAction* forget = menu->addAction(tr("&Forget this preset"));
    forget->setObjectName(u"forgetPreset"_s);
    m_presets->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, forget] { forget->setEnabled(!ownPresetChosen().isEmpty()); });
    connect(keep, &QAction::triggered, this, &ReadingPanel::keepPresetWanted);
    connect(forget, &QAction::triggered, this, &ReadingPanel::forgetPresetWanted);
    m_encoding->setAccessibleName(tr("Encoding"));
    m_encoding->addItems({u"UTF-8"_s, u"UTF-16LE"_s, u"UTF-16BE"_s, u"windows-1252"_s, u"ISO-8859-1"_s});
    m_encoding->setEditable(true);
    m_encoding->lineEdit()->setAccessibleName(tr("Encoding"));
    m_delimiter->setAccessibleName(tr("Delimiter"));
    m_delimiter->setObjectName(u"importDelimiter"_s);
    for (const char* delimiter : {",", ";", "\t", "|"}) {
        m_delimiter->addItem(delimiterTitle(delimiter), QString::fromLatin1(delimiter));
    }
    m_quote->setAccessibleName(tr("Quote"));
    m_quote->addItem(u"\""_s, int{'"'});
    m_quote->addItem(u"'"_s, int{'\''});
    m_quote->addItem(tr("none"), 0);
    m_skip->setAccessibleName(tr("Lines to skip at the top"));
    m_skip->setRange(0, 100'000);
    m_skip->setKeyboardTracking(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* first = new QHBoxLayout;
    first->addWidget(buddy(tr("Looks &like"), m_source, this));
    first->addWidget(m_source);
    first->addWidget(m_presets);
    first->addStretch();
    auto* second = new QHBoxLayout;
    for (const auto& [text, widget] : QList<std::pair<QString, QWidget*>>{{tr("&Encoding"), m_encoding},
                                                                          {tr("&Delimiter"), m_delimiter},
                                                                          {tr("&Quote"), m_quote},
                                                                          {tr("&Skip lines"), m_skip}}) {
        second->addWidget(buddy(text, widget, this));
        second->addWidget(widget);
        second->addSpacing(6);
    }
    second->addWidget(m_header);
    second->addStretch();
    column->addLayout(first);
    column->addLayout(second);
    connect(m_source, &QComboBox::activated, this, [this] { Q_EMIT sourceChosen(m_source->currentData().toString()); });
    connect(m_encoding, &QComboBox::textActivated, this, &ReadingPanel::readingChanged);
    connect(m_delimiter, &QComboBox::activated, this, &ReadingPanel::readingChanged);
    connect(m_quote, &QComboBox::activated, this, &ReadingPanel::readingChanged);
    connect(m_header, &QCheckBox::clicked, this, &ReadingPanel::readingChanged);
    connect(m_skip, &QSpinBox::valueChanged, this, &ReadingPanel::readingChanged);
}

void ReadingPanel::setSources(const std::vector<ingest::PresetMatch>& matches, const std::vector<ingest::Preset>& own) {
    m_source->clear();
    m_own.clear();
    QStringList there;
    for (const ingest::PresetMatch& match : matches) {
        m_source->addItem(tr("%1 (%2 sure)").arg(coreText(match.title), formatPercent(match.confidence, 0)),
                          toQt(match.id));
        there << toQt(match.id);
    }
    const auto addRest = [&](const ingest::Preset& preset) {
        if (!there.contains(toQt(preset.id))) {
            m_source->addItem(coreText(preset.title), toQt(preset.id));
        }
    };
    m_source->insertSeparator(m_source->count());
    for (const ingest::Preset& preset : own) {
        m_own << toQt(preset.id);
        addRest(preset);
    }
    for (const ingest::Preset& preset : ingest::builtInPresets()) {
        addRest(preset);
    }
}

void ReadingPanel::chooseSource(const QString& id) {
    if (const int at = m_source->findData(id); at >= 0) {
        m_source->setCurrentIndex(at);
    }
}

QString ReadingPanel::ownPresetChosen() const {
    const QString id = m_source->currentData().toString();
    return m_own.contains(id) ? id : QString();
}

void ReadingPanel::setDialect(const ingest::Dialect& dialect) {
    m_shown = dialect;
    const QSignalBlocker blockSkip(m_skip);
    m_encoding->setCurrentText(toQt(dialect.encoding));
    const QString delimiter = toQt(dialect.delimiter);
    if (m_delimiter->findData(delimiter) < 0) {
        m_delimiter->addItem(delimiterTitle(dialect.delimiter), delimiter);
    }
    m_delimiter->setCurrentIndex(m_delimiter->findData(delimiter));
    const int quote = quoteCode(dialect.quote);
    if (m_quote->findData(quote) < 0) {
        m_quote->addItem(QString(QChar(quote)), quote);
    }
    m_quote->setCurrentIndex(m_quote->findData(quote));
    m_skip->setValue(static_cast<int>(dialect.skipLines));
    m_header->setChecked(dialect.hasHeader);
    const bool delimited = dialect.format == ingest::Format::delimited;
    for (QWidget* widget : QList<QWidget*>{m_delimiter, m_quote, m_skip, m_header}) {
        widget->setEnabled(delimited);
    }
}

void ReadingPanel::apply(ingest::ReadOptions& reading) const {
    if (const std::string encoding = toUtf8(m_encoding->currentText()); encoding != m_shown.encoding) {
        reading.encoding = encoding;
    }
    if (m_shown.format != ingest::Format::delimited) {
        return;
    }
    if (const std::string delimiter = toUtf8(m_delimiter->currentData().toString()); delimiter != m_shown.delimiter) {
        reading.delimiter = delimiter;
    }
    if (const int quote = m_quote->currentData().toInt(); quote != quoteCode(m_shown.quote)) {
        reading.quote = quote == 0 ? std::optional<char>() : std::optional<char>(static_cast<char>(quote));
    }
    if (m_skip->value() != m_shown.skipLines) {
        reading.skipLines = m_skip->value();
    }
    if (m_header->isChecked() != m_shown.hasHeader) {
        reading.hasHeader = m_header->isChecked();
    }
}

}  // namespace tierwise::ui
