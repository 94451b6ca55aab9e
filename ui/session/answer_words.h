// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/project/analysis.h"

class QLabel;

// What the analysis found, in the user's language. Plain functions; any thread but for showVerdict.
namespace tierwise::ui {

/// "measured", "calibrated", "prior"
[[nodiscard]] QString rungLabel(assess::Rung rung);
/// "sampling", "output length" ...; names that are not known come back as they are.
[[nodiscard]] QString causeLabel(const std::string& cause);
/// "The log as it is, at list prices"
[[nodiscard]] QString baselineLabel(project::Baseline baseline);

/// A scenario's cost where it is set beside its baseline: on the requests that both have a cost for, so that the
/// baseline's cost less this one is the saving. The range is its own, scaled to those requests.
struct PairedCost {
    double usd = 0;
    analyze::Interval range;
    QString note;  ///< says so where it covers fewer requests than the scenario itself; empty = all of them
};
[[nodiscard]] PairedCost pairedCost(const analyze::Scenario& scenario);

/// "The log as it is costs $4,812 at list prices. With Balanced: $1,240 to $1,530, expected quality change -1.1 to +0.3
/// points."
[[nodiscard]] QString answerSentence(project::Baseline baseline, const analyze::Scenario& scenario);
/// The same while dragging, of sampling alone; without a comparison where the baseline has none.
[[nodiscard]] QString dragSentence(project::Baseline baseline, const QString& policy, const analyze::DragResult& drag);

struct VerdictWords {
    QString text;
    bool decisive = false;
};
[[nodiscard]] VerdictWords verdictWords(const analyze::Paired& against);
[[nodiscard]] VerdictWords verdictWords(const analyze::DragResult& drag);
void showVerdict(QLabel& label, const VerdictWords& verdict);

/// The causes of a range, widest first, a line each: "output length: $980 to $1,460".
[[nodiscard]] QString causesOfCost(const analyze::RangedFigure& figure);
[[nodiscard]] QString causesOfQuality(const analyze::RangedFigure& figure);

}  // namespace tierwise::ui
