// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/answer_words.h"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>
#include <QLabel>
#include <QStringList>

#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/theme/theme.h"

namespace tierwise::ui {

namespace {

// A class of its own, so that the words below are found by the translators' tools.
struct AnswerWords {
    Q_DECLARE_TR_FUNCTIONS(AnswerWords)
};

QString baselinePaid(project::Baseline baseline, double usd) {
    const QString amount = formatDollars(usd);
    switch (baseline) {
        case project::Baseline::asLogged:
            return AnswerWords::tr("The log as it is costs %1 at list prices.").arg(amount);
        case project::Baseline::bestSingle:
            return AnswerWords::tr("The best single model costs %1.").arg(amount);
        case project::Baseline::random:
            return AnswerWords::tr("A random mix of the same shares costs %1.").arg(amount);
        case project::Baseline::oracle:
            return AnswerWords::tr("The oracle costs %1.").arg(amount);
        case project::Baseline::dearest:
            return AnswerWords::tr("Everything on the dearest model costs %1.").arg(amount);
    }
    return {};
}

QString sentence(project::Baseline baseline, double baselineUsd, const QString& policy, const analyze::Interval& cost,
                 const analyze::Interval& change) {
    return baselinePaid(baseline, baselineUsd) + u' ' +
           AnswerWords::tr("With %1: %2, expected quality change %3 to %4 points.")
               .arg(policy, formatDollarRange(std::max(0.0, cost.low), cost.high), formatPoints(change.low),
                    formatPoints(change.high));
}

}  // namespace

QString rungLabel(assess::Rung rung) {
    switch (rung) {
        case assess::Rung::measured:
            return AnswerWords::tr("measured");
        case assess::Rung::calibrated:
            return AnswerWords::tr("calibrated");
        case assess::Rung::prior:
            return AnswerWords::tr("prior");
    }
    return {};
}

QString causeLabel(const std::string& cause) {
    const std::pair<const char*, QString> known[] = {
        {"sampling", AnswerWords::tr("sampling")},
        {"output length", AnswerWords::tr("output length")},
        {"tokenizer", AnswerWords::tr("tokenizer")},
        {"reasoning overhead", AnswerWords::tr("reasoning overhead")},
        {"quality evidence", AnswerWords::tr("quality evidence")},
        {"cache", AnswerWords::tr("cache")},
        {"hardware", AnswerWords::tr("local hardware")},
    };
    for (const auto& [name, words] : known) {
        if (cause == name) {
            return words;
        }
    }
    return coreText(cause);
}

QString baselineLabel(project::Baseline baseline) {
    switch (baseline) {
        case project::Baseline::asLogged:
            return AnswerWords::tr("The log as it is, at list prices");
        case project::Baseline::bestSingle:
            return AnswerWords::tr("The best single model");
        case project::Baseline::random:
            return AnswerWords::tr("A random mix with the same shares");
        case project::Baseline::oracle:
            return AnswerWords::tr("The oracle: a bound, not a policy");
        case project::Baseline::dearest:
            return AnswerWords::tr("Everything on the dearest model (flattering)");
    }
    return {};
}

QString answerSentence(project::Baseline baseline, const analyze::Scenario& scenario) {
    const auto& evaluation = scenario.evaluation;
    const QString name = coreText(evaluation.name);
    if (!scenario.against || scenario.against->rows == 0) {
        return AnswerWords::tr("%1 costs %2, expected quality %3. The baseline cannot be priced on these requests.")
            .arg(name, formatDollarRange(evaluation.costUsd.range.low, evaluation.costUsd.range.high),
                 formatPercent(evaluation.meanQuality.value));
    }
    return sentence(baseline, scenario.against->baselineCostUsd, name, pairedCost(scenario).range,
                    scenario.against->qualityChange.range);
}

PairedCost pairedCost(const analyze::Scenario& scenario) {
    const auto& own = scenario.evaluation.costUsd;
    if (!scenario.against || scenario.against->rows == 0) {
        return {own.value, own.range, {}};
    }
    const auto& against = *scenario.against;
    const double part = own.value > 0 ? against.costUsd / own.value : 1;
    PairedCost cost{against.costUsd, {own.range.low * part, own.range.high * part}, {}};
    if (against.rows < scenario.evaluation.coverage.used) {
        cost.note = AnswerWords::tr("On the %1 requests that the baseline has a cost for too. All %2 cost %3.")
                        .arg(formatCount(static_cast<std::int64_t>(against.rows)),
                             formatCount(static_cast<std::int64_t>(scenario.evaluation.coverage.used)),
                             formatDollars(own.value));
    }
    return cost;
}

QString dragSentence(project::Baseline baseline, const QString& policy, const analyze::DragResult& drag) {
    if (!drag.compared) {
        return AnswerWords::tr("%1: %2, expected quality %3. The comparison follows when you let go.")
            .arg(policy, formatDollars(drag.costUsd), formatPercent(drag.meanQuality));
    }
    const double part = drag.costUsd > 0 ? drag.pairedCostUsd / drag.costUsd : 1;
    return sentence(baseline, drag.baselineCostUsd, policy, {drag.costRange.low * part, drag.costRange.high * part},
                    drag.qualityChangeRange);
}

VerdictWords verdictWords(const analyze::Paired& against) {
    const bool cost = against.costVerdict == analyze::Verdict::decisive;
    const bool quality = against.qualityVerdict == analyze::Verdict::decisive;
    VerdictWords words;
    words.decisive = cost && quality;
    if (words.decisive) {
        words.text = AnswerWords::tr("DECISIVE");
    } else if (quality) {
        words.text = AnswerWords::tr("COST NOT DECISIVE");
    } else {
        words.text = cost ? AnswerWords::tr("QUALITY NOT DECISIVE") : AnswerWords::tr("NOT DECISIVE");
        if (against.labelsNeeded) {
            words.text += AnswerWords::tr(" \u2013 %1 more scored requests would decide it")
                              .arg(formatCount(std::llround(std::ceil(*against.labelsNeeded))));
        }
    }
    return words;
}

VerdictWords verdictWords(const analyze::DragResult& drag) {
    // Sampling alone decides nothing: evidence and assumptions are weighed when the mouse rests.
    return drag.compared ? VerdictWords{AnswerWords::tr("verdict follows when you let go"), false} : VerdictWords{};
}

void showVerdict(QLabel& label, const VerdictWords& verdict) {
    label.setText(verdict.text);
    label.setToolTip(AnswerWords::tr(
        "Decisive: the 95% range of the paired difference does not hold zero, for cost and for quality."));
    QPalette colours = label.palette();
    colours.setColor(QPalette::WindowText, verdict.decisive ? Theme::instance().good() : Theme::instance().warning());
    label.setPalette(colours);
}

QString causesOfCost(const analyze::RangedFigure& figure) {
    QStringList lines;
    for (const auto& cause : figure.causes) {
        lines.append(AnswerWords::tr("%1: %2").arg(causeLabel(cause.cause), formatDollarRange(cause.low, cause.high)));
    }
    return lines.join(u'\n');
}

QString causesOfQuality(const analyze::RangedFigure& figure) {
    QStringList lines;
    for (const auto& cause : figure.causes) {
        lines.append(AnswerWords::tr("%1: %2 to %3")
                         .arg(causeLabel(cause.cause), formatPercent(cause.low), formatPercent(cause.high)));
    }
    return lines.join(u'\n');
}

}  // namespace tierwise::ui
