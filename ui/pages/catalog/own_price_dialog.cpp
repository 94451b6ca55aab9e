// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/catalog/own_price_dialog.h"

#include <QCheckBox>
#include <QDateEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "ui/format/format.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

QLineEdit* priceEdit(const std::optional<Rate>& rate, const QString& name, const QString& objectName, QWidget* parent) {
    auto* edit = new QLineEdit(rate ? toQt(rate->perMillion()) : QString(), parent);
    edit->setAccessibleName(name);
    edit->setObjectName(objectName);
    edit->setAlignment(Qt::AlignRight);
    return edit;
}

}  // namespace

OwnPriceDialog::OwnPriceDialog(const project::CatalogLine& line, QWidget* parent)
    : QDialog(parent),
      m_offering(line.key),
      m_input(priceEdit(line.input, tr("Input price, dollars per million tokens"), u"ownInput"_s, this)),
      m_output(priceEdit(line.output, tr("Output price, dollars per million tokens"), u"ownOutput"_s, this)),
      m_cached(priceEdit(line.cacheRead, tr("Cached input price, dollars per million tokens"), u"ownCached"_s, this)),
      m_dated(new QCheckBox(tr("Only &from"), this)),
      m_from(new QDateEdit(QDate::currentDate(), this)),
      m_note(new QLineEdit(this)) {
    setObjectName(u"ownPriceDialog"_s);
    setWindowTitle(tr("Own price of %1").arg(toQt(line.key)));
    m_from->setCalendarPopup(true);
    m_from->setDisplayFormat(u"yyyy-MM-dd"_s);
    m_from->setEnabled(false);
    m_from->setAccessibleName(tr("First day of this price"));
    m_note->setPlaceholderText(tr("Contract, discount ..."));
    m_note->setAccessibleName(tr("Note"));
    auto* hint = new QLabel(tr("Your own prices win over the catalog's and survive its updates."), this);
    hint->setProperty("role", u"muted"_s);
    auto* form = new QFormLayout(this);
    form->addRow(hint);
    form->addRow(tr("&Input ($/M tokens)"), m_input);
    form->addRow(tr("&Output ($/M tokens)"), m_output);
    form->addRow(tr("&Cached input ($/M tokens)"), m_cached);
    form->addRow(m_dated, m_from);
    form->addRow(tr("&Note"), m_note);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel | QDialogButtonBox::Ok, this);
    form->addRow(buttons);
    connect(m_dated, &QCheckBox::toggled, m_from, &QWidget::setEnabled);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

project::OwnPrice OwnPriceDialog::price() const {
    project::OwnPrice price;
    price.offering = m_offering;
    price.input = toUtf8(m_input->text().trimmed());
    price.output = toUtf8(m_output->text().trimmed());
    price.cacheRead = toUtf8(m_cached->text().trimmed());
    price.note = toUtf8(m_note->text().trimmed());
    if (m_dated->isChecked()) {
        const QDate day = m_from->date();
        price.from =
            Timestamp::fromCivil(day.year(), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    }
    return price;
}

}  // namespace tierwise::ui
