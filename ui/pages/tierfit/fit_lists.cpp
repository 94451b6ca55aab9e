// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/tierfit/fit_lists.h"

#include <cmath>

#include <QCoreApplication>

#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/theme/theme.h"

namespace tierwise::ui {

namespace {

// A class of its own, so that the words below are found by the translators' tools.
struct FitLists {
    Q_DECLARE_TR_FUNCTIONS(FitLists)
};

Cell plain(const QString& text) {
    return {text, {}, {}, {}, {}, {}};
}

Cell number(const QString& text, double exact, const QString& tip = {}) {
    return {text, exact, QString::number(exact, 'g', 17), tip, {}, {}};
}

QString errorsText(double errors) {
    return formatNumber(errors, errors < 10 ? 2 : 0);
}

}  // namespace

QList<ValueColumn> misfitColumns(bool overserved) {
    return {{FitLists::tr("Request"), {}, true},
            {FitLists::tr("Logged model"), {}, false},
            {FitLists::tr("Team"), {}, false},
            {FitLists::tr("Tag"), {}, false},
            {FitLists::tr("Used"), {}, false},
            {FitLists::tr("Needed"), {}, false},
            {FitLists::tr("Your word"), FitLists::tr("What you say it needs: keys 1, 2, 3"), false},
            {overserved ? FitLists::tr("Wasted") : FitLists::tr("Errors expected"), {}, true},
            {FitLists::tr("Why"), {}, false}};
}

QList<ValueModel::Row> misfitRows(const std::vector<analyze::Misfit>& misfits, bool overserved,
                                  const store::WorkloadSnapshot& rows, const project::TierOverrides& overrides) {
    QList<ValueModel::Row> lines;
    lines.reserve(static_cast<qsizetype>(misfits.size()));
    for (const auto& misfit : misfits) {
        const auto own = overrides.find(misfit.id);
        const auto id = QVariant::fromValue<qint64>(misfit.id.value());
        Cell used = plain(tierLabel(misfit.used));
        used.icon = tierIcon(misfit.used);
        Cell needed = plain(FitLists::tr("none reaches the bar"));
        if (misfit.needed) {
            needed = plain(tierLabel(*misfit.needed));
            needed.icon = tierIcon(*misfit.needed);
        }
        Cell word = plain(missing());
        if (own != overrides.end()) {
            word = plain(tierLabel(own->second));
            word.icon = tierIcon(own->second);
        }
        Cell why = plain(coreText(misfit.reason));
        why.tip = why.text;
        lines.append({id,
                      {{formatCount(misfit.id.value()), id, QString::number(misfit.id.value()), {}, {}, {}},
                       plain(toQt(rows.model.at(misfit.row))),
                       plain(toQt(rows.team.at(misfit.row))),
                       plain(toQt(rows.tag.at(misfit.row))),
                       used,
                       needed,
                       word,
                       overserved ? number(formatDollars(misfit.wastedUsd), misfit.wastedUsd)
                                  : number(errorsText(misfit.expectedErrors), misfit.expectedErrors),
                       why},
                      false});
    }
    return lines;
}

QList<ValueColumn> overrideColumns() {
    return {{FitLists::tr("Request"), {}, true},
            {FitLists::tr("Logged model"), {}, false},
            {FitLists::tr("Team"), {}, false},
            {FitLists::tr("Tag"), {}, false},
            {FitLists::tr("Difficulty"), {}, true},
            {FitLists::tr("Your word"), FitLists::tr("What you say it needs: keys 1, 2, 3"), false},
            {FitLists::tr("Calibration"), FitLists::tr("Whether the quality of models has been fitted to it"), false}};
}

QList<ValueModel::Row> overrideRows(const std::vector<project::OverriddenRow>& overridden,
                                    const store::WorkloadSnapshot& rows, const project::TierOverrides& counted) {
    QList<ValueModel::Row> lines;
    lines.reserve(static_cast<qsizetype>(overridden.size()));
    for (const auto& own : overridden) {
        const auto id = QVariant::fromValue<qint64>(own.id.value());
        const auto difficulty = rows.difficulty.at(own.row);
        const auto fitted = counted.find(own.id);
        Cell word = plain(tierLabel(own.needed));
        word.icon = tierIcon(own.needed);
        lines.append(
            {id,
             {{formatCount(own.id.value()), id, QString::number(own.id.value()), {}, {}, {}},
              plain(toQt(rows.model.at(own.row))),
              plain(toQt(rows.team.at(own.row))),
              plain(toQt(rows.tag.at(own.row))),
              difficulty ? number(formatNumber(static_cast<double>(*difficulty), 2), static_cast<double>(*difficulty))
                         : plain(missing()),
              word,
              plain(fitted != counted.end() && fitted->second == own.needed ? FitLists::tr("counted in")
                                                                            : FitLists::tr("not yet"))},
             false});
    }
    return lines;
}

QList<std::pair<QString, QString>> segmentKinds() {
    return {{FitLists::tr("team"), QStringLiteral("team")},       {FitLists::tr("tag"), QStringLiteral("tag")},
            {FitLists::tr("session"), QStringLiteral("session")}, {FitLists::tr("domain"), QStringLiteral("domain")},
            {FitLists::tr("user"), QStringLiteral("user")},       {FitLists::tr("model"), QStringLiteral("model")},
            {FitLists::tr("day"), QStringLiteral("day")}};
}

QString segmentWords(const QString& kind, const QString& key) {
    return key.isEmpty() ? FitLists::tr("requests without a %1").arg(kind)
                         : FitLists::tr("%1 %2", "kind and name: team search").arg(kind, key);
}

QList<ValueColumn> segmentColumns(const QString& kind) {
    return {{kind, {}, false},
            {FitLists::tr("Requests"), {}, true},
            {FitLists::tr("Cost"), {}, true},
            {FitLists::tr("Wasted"), FitLists::tr("On requests that a cheaper tier would have served"), true},
            {FitLists::tr("Errors"), FitLists::tr("Expected on requests that needed a dearer tier"), true}};
}

QList<ValueModel::Row> segmentRows(const analyze::FitTable& table) {
    QList<ValueModel::Row> rows;
    const auto add = [&](const QVariant& key, const QString& name, const analyze::FitLine& line, bool strong) {
        rows.append({key,
                     {plain(name), number(formatCount(std::llround(line.requests)), line.requests),
                      number(formatDollars(line.costUsd), line.costUsd),
                      number(formatDollars(line.overservedUsd), line.overservedUsd,
                             FitLists::tr("%1 requests").arg(formatCount(std::llround(line.overservedRequests)))),
                      number(errorsText(line.underservedErrors), line.underservedErrors,
                             FitLists::tr("on %1 requests").arg(formatCount(std::llround(line.underservedRequests))))},
                     strong});
    };
    for (std::size_t i = 0; i < table.lines.size(); ++i) {
        const auto& line = table.lines[i];
        const bool others = table.folded > 0 && i + 1 == table.lines.size();
        const QString name = others             ? FitLists::tr("%n other(s)", nullptr, static_cast<int>(table.folded))
                             : line.key.empty() ? FitLists::tr("(none)")
                                                : toQt(line.key);
        add(others ? QVariant() : QVariant(toQt(line.key)), name, line, false);
    }
    add({}, FitLists::tr("All requests"), table.total, true);
    return rows;
}

}  // namespace tierwise::ui
