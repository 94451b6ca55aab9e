// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/catalog/update_rows.h"

#include <algorithm>

#include <QLocale>

#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/theme/theme.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;
using catalog::ChangeKind;
using catalog::OfferingChange;
using catalog::RateChange;

namespace {

Cell plain(const QString& text, const QString& tip = {}) {
    return Cell{text, {}, {}, tip, {}, {}};
}

Cell number(const QString& text, double value) {
    return Cell{text, value, {}, {}, {}, {}};
}

Cell rateCell(const std::optional<Rate>& rate) {
    return rate ? number(formatDecimal(rate->perMillion()), static_cast<double>(rate->picoPerUnit()))
                : plain(missing());
}

/// "x1.25", by which the rate is multiplied.
Cell stepCell(const RateChange& change) {
    if (!change.before || !change.after || change.before->picoPerUnit() == 0) {
        return plain(missing());
    }
    const double step =
        static_cast<double>(change.after->picoPerUnit()) / static_cast<double>(change.before->picoPerUnit());
    return number(u"\u00d7"_s + QLocale().toString(step, 'g', 3), step);
}

/// To the second, UTC.
QString momentText(Timestamp moment) {
    return toQt(moment.toIso().substr(0, 19)).replace(u'T', u' ') + u" UTC"_s;
}

QString kindText(ChangeKind kind) {
    return kind == ChangeKind::added  ? UpdateRows::tr("added")
           : kind == ChangeKind::gone ? UpdateRows::tr("not listed")
                                      : UpdateRows::tr("changed");
}

ValueModel::Row rowOf(const OfferingChange& change, const RateChange* rate) {
    QStringList reasons;
    for (const auto& suspicion : change.suspicions) {
        reasons.append(coreText(suspicion));
    }
    const QString why = reasons.join(u"\n"_s);
    QString what;
    if (rate != nullptr) {
        what = coreText(catalog::meterName(rate->meter));
        what += rate->conditions.empty() ? QString() : u" ("_s + coreText(rate->conditions) + u")"_s;
    }
    ValueModel::Row row{toQt(change.offering), {}, false};
    row.cells = {plain(toQt(change.offering)),
                 plain(kindText(change.kind)),
                 plain(what, what),
                 rate != nullptr ? rateCell(rate->before) : plain({}),
                 rate != nullptr ? rateCell(rate->after) : plain({}),
                 rate != nullptr ? stepCell(*rate) : plain({}),
                 plain(reasons.isEmpty() ? QString() : reasons.first(), why)};
    if (change.quarantined()) {
        row.cells[6].icon = Theme::instance().icon(u"warning"_s);
    }
    return row;
}

}  // namespace

QList<ValueColumn> UpdateRows::columns() {
    return {{tr("Offering"), tr("Provider and its own name for the model"), false},
            {tr("Change"), {}, false},
            {tr("Rate"), tr("What is priced, and under which conditions"), false},
            {tr("Old ($/M)"), tr("Dollars per million before"), true},
            {tr("New ($/M)"), tr("Dollars per million after"), true},
            {tr("Step"), tr("New over old"), true},
            {tr("Quarantined because"), tr("Taken only when selected or with Accept all"), false}};
}

QList<ValueModel::Row> UpdateRows::rowsOf(const catalog::CatalogDiff& diff, int kind) {
    QList<ValueModel::Row> rows;
    for (const OfferingChange& change : diff.changes) {
        if (kind == -1 ? !change.quarantined() : kind >= 0 && static_cast<int>(change.kind) != kind) {
            continue;
        }
        if (change.rates.empty()) {
            rows.append(rowOf(change, nullptr));
        }
        for (const RateChange& rate : change.rates) {
            rows.append(rowOf(change, &rate));
        }
    }
    return rows;
}

QString UpdateRows::summary(const project::WaitingUpdate& waiting) {
    const auto& diff = waiting.diff;
    QString text =
        tr("Fetched %1. Of %2 offerings %3 change, %4 are new, %5 are no longer listed and stay. "
           "%6 are quarantined. Nothing is in use yet.")
            .arg(momentText(waiting.update.fetched), formatCount(diff.offeringsBefore), formatCount(diff.changed),
                 formatCount(diff.added), formatCount(diff.gone), formatCount(diff.quarantined));
    if (diff.tooManyAtOnce) {
        text += u" "_s + tr("More than 5 % change price at once, a sign of a broken source: price changes are taken "
                            "only when selected, or with Accept all.");
    }
    if (!waiting.update.notes.empty()) {
        text += u" "_s + tr("%n note(s), shown as a tip here.", nullptr, static_cast<int>(waiting.update.notes.size()));
    }
    return text;
}

QString UpdateRows::notes(const std::vector<std::string>& notes) {
    constexpr std::size_t kShown = 25;
    QStringList lines;
    for (std::size_t i = 0; i < std::min(kShown, notes.size()); ++i) {
        lines.append(coreText(notes[i]));
    }
    if (notes.size() > kShown) {
        lines.append(tr("and %1 more").arg(notes.size() - kShown));
    }
    return lines.join(u"\n"_s);
}

QList<ValueColumn> UpdateRows::historyColumns() {
    return {{tr("In use"), {}, false},
            {tr("Since"), {}, false},
            {tr("Catalog"), {}, false},
            {tr("As of"), {}, false},
            {tr("Offerings"), {}, true},
            {tr("Changes"), tr("Accepted with it"), true},
            {tr("Hash"), tr("Names its content; runs keep it"), false}};
}

QList<ValueModel::Row> UpdateRows::historyRows(const project::CatalogHistory& history) {
    QList<ValueModel::Row> rows;
    for (auto entry = history.entries.rbegin(); entry != history.entries.rend(); ++entry) {
        const bool inUse = history.current == entry->hash;
        rows.append(
            {toQt(entry->hash),
             {plain(inUse ? tr("in use") : QString()), plain(momentText(entry->installed)),
              plain(coreText(entry->title) + u" ("_s + coreText(entry->how) + u")"_s), plain(toQt(entry->date)),
              number(formatCount(entry->offerings), static_cast<double>(entry->offerings)),
              number(formatCount(entry->changes), static_cast<double>(entry->changes)), plain(toQt(entry->hash))},
             inUse});
    }
    return rows;
}

}  // namespace tierwise::ui
