// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/project/report.h"

// The parts of buildReport: each makes one section out of figures that the analysis has already worked out.
namespace tierwise::project::sections {

/// Everything the sections are written from.
struct Figures {
    const Workbench& workbench;
    const ReportRequest& request;
    analyze::Comparison comparison;              ///< baseline first, then the request's scenarios
    std::vector<analyze::Comparison> baselines;  ///< the proposed scenario against each other baseline
    analyze::Tradeoff tradeoff;
    analyze::Tornado tornado;
    analyze::TierFit tierFit;
    std::vector<analyze::SegmentTable> segments;
    std::vector<analyze::ConstraintPrice> constraints;
    std::vector<analyze::Concentration> concentration;
    std::optional<Timestamp> first;  ///< time of the first dated request; unset: none is dated
    std::optional<Timestamp> last;

    /// The proposed scenario.
    [[nodiscard]] const analyze::Scenario& proposed() const { return comparison.scenarios.at(1); }
    [[nodiscard]] const analyze::Scenario& baseline() const { return comparison.scenarios.at(0); }
};

/// What is proposed is the log's own routing, and that is what it would be compared with.
[[nodiscard]] bool keepsRouting(const Figures& figures);
[[nodiscard]] std::string tierTitle(Tier tier);
/// "as logged" -> "As logged"; names of policies begin a line in tables.
[[nodiscard]] std::string sentenceCase(std::string words);
/// "no request has a difficulty" -> "No request has a difficulty."; ids keep their case.
[[nodiscard]] std::string asSentence(const std::string& note);
/// The decision in one sentence, with ranges and whether it is decisive.
[[nodiscard]] std::string decisionSentence(const Figures& figures);

/// The dearest requests with what was paid and where the proposed scenario sends them, at most request.listRows; and
/// the rejects. Errors: those of Workbench::describe; cancelled.
[[nodiscard]] Result<std::vector<report::Table>> lists(const Figures& figures, const TaskContext& context);

/// What was drawn anew for the sampling range: "clustered by 1,182 sessions".
[[nodiscard]] std::string clusteredBy(const analyze::Paired& against);

[[nodiscard]] report::Section decision(const Figures& figures);
[[nodiscard]] report::Section mix(const Figures& figures);
[[nodiscard]] report::Section scenarios(const Figures& figures);
[[nodiscard]] report::Section savings(const Figures& figures);
[[nodiscard]] report::Section quality(const Figures& figures);
[[nodiscard]] report::Section unitEconomics(const Figures& figures);
[[nodiscard]] report::Section dependsOn(const Figures& figures);
[[nodiscard]] report::Section tierFit(const Figures& figures);
[[nodiscard]] report::Section constraints(const Figures& figures);
[[nodiscard]] report::Section segments(const Figures& figures);
[[nodiscard]] report::Section assumptions(const Figures& figures);
[[nodiscard]] report::Section prices(const Figures& figures);
[[nodiscard]] report::Section coverage(const Figures& figures);

}  // namespace tierwise::project::sections
