// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/catalog/own_entry_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "ui/format/format.h"
#include "ui/theme/theme.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr Tier kTiers[] = {Tier::premium, Tier::commodity, Tier::local, Tier::unbanded};

QLineEdit* field(const QString& text, const QString& name, const QString& objectName, QWidget* parent) {
    auto* edit = new QLineEdit(text, parent);
    edit->setAccessibleName(name);
    edit->setObjectName(objectName);
    return edit;
}

/// "" or a price in decimal dollars a million.
bool isPrice(const QString& text) {
    return text.isEmpty() || Rate::parsePerMillion(toUtf8(text)).has_value();
}

}  // namespace

OwnEntryDialog::OwnEntryDialog(const project::CatalogLine& line, const std::optional<project::OwnEntry>& said,
                               QWidget* parent)
    : OwnEntryDialog(parent) {
    m_line = line;
    m_fresh = false;
    setWindowTitle(tr("Own price of %1").arg(toQt(line.key)));
    m_offering->setText(toQt(line.key));
    m_model->setText(toQt(line.model));
    m_author->setText(toQt(line.author));
    for (QLineEdit* edit : {m_offering, m_model, m_author}) {
        edit->setReadOnly(true);
        edit->setFocusPolicy(Qt::NoFocus);
    }
    const auto price = [](const std::optional<Rate>& rate) { return rate ? toQt(rate->perMillion()) : QString(); };
    m_input->setText(price(line.input));
    m_output->setText(price(line.output));
    m_cached->setText(price(line.cacheRead));
    m_context->setPlaceholderText(line.contextTokens ? QString::number(*line.contextTokens) : tr("not known"));
    if (said) {
        m_note->setText(toQt(said->note));
        m_context->setText(said->contextTokens ? QString::number(*said->contextTokens) : QString());
        m_tier->setCurrentIndex(said->tier ? m_tier->findData(static_cast<int>(*said->tier)) : 0);
        if (said->from) {
            m_dated->setChecked(true);
            m_from->setDate(QDate::fromString(toQt(said->from->toIsoDate()), Qt::ISODate));
        }
    }
    m_input->setFocus();
    m_input->selectAll();
    check();
}

OwnEntryDialog::OwnEntryDialog(QWidget* parent)
    : QDialog(parent),
      m_fresh(true),
      m_offering(field({}, tr("Offering, as provider/name"), u"ownOffering"_s, this)),
      m_model(field({}, tr("Model, one of the catalog's or a new name"), u"ownModel"_s, this)),
      m_author(field({}, tr("Author of the model"), u"ownAuthor"_s, this)),
      m_input(field({}, tr("Input price, dollars per million tokens"), u"ownInput"_s, this)),
      m_output(field({}, tr("Output price, dollars per million tokens"), u"ownOutput"_s, this)),
      m_cached(field({}, tr("Cached input price, dollars per million tokens"), u"ownCached"_s, this)),
      m_context(field({}, tr("Context window, tokens"), u"ownContext"_s, this)),
      m_tier(new QComboBox(this)),
      m_dated(new QCheckBox(tr("Only &from"), this)),
      m_from(new QDateEdit(QDate::currentDate(), this)),
      m_note(field({}, tr("Note"), u"ownNote"_s, this)),
      m_fault(new QLabel(this)) {
    setObjectName(u"ownPriceDialog"_s);
    setWindowTitle(tr("Add an offering of your own"));
    m_offering->setPlaceholderText(tr("acme/our-model"));
    m_model->setPlaceholderText(tr("qwen3-14b, or a new name"));
    m_note->setPlaceholderText(tr("Contract, discount ..."));
    m_tier->setObjectName(u"ownTier"_s);
    m_tier->setAccessibleName(tr("Tier of the model"));
    m_tier->addItem(tr("By the rules"), -1);
    for (const Tier tier : kTiers) {
        m_tier->addItem(tierIcon(tier), tierLabel(tier), static_cast<int>(tier));
    }
    for (QLineEdit* edit : {m_input, m_output, m_cached, m_context}) {
        edit->setAlignment(Qt::AlignRight);
    }
    m_from->setCalendarPopup(true);
    m_from->setDisplayFormat(u"yyyy-MM-dd"_s);
    m_from->setEnabled(false);
    m_from->setAccessibleName(tr("First day of this price"));
    m_fault->setObjectName(u"ownFault"_s);
    m_fault->setWordWrap(true);
    m_fault->setMinimumWidth(380);
    auto* form = new QFormLayout(this);
    build(*form);
    for (QLineEdit* edit : {m_offering, m_model, m_input, m_output, m_cached, m_context}) {
        connect(edit, &QLineEdit::textChanged, this, &OwnEntryDialog::check);
    }
    check();
}

void OwnEntryDialog::build(QFormLayout& form) {
    auto* hint = new QLabel(tr("What you say here wins over the catalog and survives its updates."), this);
    hint->setProperty("role", u"muted"_s);
    form.addRow(hint);
    form.addRow(tr("O&ffering"), m_offering);
    form.addRow(tr("&Model"), m_model);
    form.addRow(tr("&Author"), m_author);
    form.addRow(tr("&Input ($/M tokens)"), m_input);
    form.addRow(tr("&Output ($/M tokens)"), m_output);
    form.addRow(tr("&Cached input ($/M tokens)"), m_cached);
    form.addRow(m_dated, m_from);
    form.addRow(tr("Conte&xt (tokens)"), m_context);
    form.addRow(tr("&Tier of the model"), m_tier);
    form.addRow(tr("&Note"), m_note);
    form.addRow(m_fault);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel | QDialogButtonBox::Ok, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    form.addRow(buttons);
    connect(m_dated, &QCheckBox::toggled, m_from, &QWidget::setEnabled);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void OwnEntryDialog::check() {
    QString fault;
    bool whole = true;
    const QString context = m_context->text().trimmed();
    if (m_fresh) {
        const QString offering = m_offering->text().trimmed();
        const auto slash = offering.indexOf(u'/');
        whole = slash > 0 && slash + 1 < offering.size() && !m_model->text().trimmed().isEmpty() &&
                !m_input->text().trimmed().isEmpty() && !m_output->text().trimmed().isEmpty();
        if (!offering.isEmpty() && slash <= 0) {
            fault = tr("Write the offering as provider/name.");
        }
    }
    for (const QLineEdit* edit : {m_input, m_output, m_cached}) {
        if (!isPrice(edit->text().trimmed())) {
            fault = tr("%1: write decimal dollars, as 0.44, with at most six decimals.").arg(edit->accessibleName());
        }
    }
    bool isCount = false;
    if (!context.isEmpty() && (context.toLongLong(&isCount) <= 0 || !isCount)) {
        fault = tr("The context is a whole number of tokens.");
    }
    m_fault->setText(fault);
    if (m_ok != nullptr) {
        m_ok->setEnabled(whole && fault.isEmpty());
    }
}

project::OwnEntry OwnEntryDialog::entry() const {
    const auto text = [](const QLineEdit* edit) { return toUtf8(edit->text().trimmed()); };
    project::OwnEntry entry;
    entry.offering = text(m_offering);
    if (m_fresh) {
        entry.model = text(m_model);
        entry.author = text(m_author);
    }
    // Prices that were left as the catalog has them are not the user's.
    const auto listed = [](const std::optional<Rate>& rate) { return rate ? rate->perMillion() : std::string(); };
    const bool untouched = !m_fresh && !m_line.ownPrice && !m_dated->isChecked() &&
                           text(m_input) == listed(m_line.input) && text(m_output) == listed(m_line.output) &&
                           text(m_cached) == listed(m_line.cacheRead);
    if (!untouched) {
        entry.input = text(m_input);
        entry.output = text(m_output);
        entry.cacheRead = text(m_cached);
    }
    entry.note = text(m_note);
    if (m_dated->isChecked()) {
        const QDate day = m_from->date();
        entry.from =
            Timestamp::fromCivil(day.year(), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    }
    if (const QString context = m_context->text().trimmed(); !context.isEmpty()) {
        entry.contextTokens = context.toLongLong();
    }
    if (const int tier = m_tier->currentData().toInt(); tier >= 0) {
        entry.tier = static_cast<Tier>(tier);
    }
    return entry;
}

}  // namespace tierwise::ui
