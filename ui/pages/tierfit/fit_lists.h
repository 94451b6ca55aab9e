// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analyze/results.h"
#include "core/project/overrides.h"
#include "core/store/workload_snapshot.h"
#include "ui/models/value_model.h"

// The tables of the tier fit page as rows of a ValueModel. Plain functions.
namespace tierwise::ui {

[[nodiscard]] QList<ValueColumn> misfitColumns(bool overserved);
/// One line a misfit; its key is the request's id.
[[nodiscard]] QList<ValueModel::Row> misfitRows(const std::vector<analyze::Misfit>& misfits, bool overserved,
                                                const store::WorkloadSnapshot& rows,
                                                const project::TierOverrides& overrides);

[[nodiscard]] QList<ValueColumn> overrideColumns();
/// One line an override; its key is the request's id. counted: those that the quality of models was fitted with.
[[nodiscard]] QList<ValueModel::Row> overrideRows(const std::vector<project::OverriddenRow>& overridden,
                                                  const store::WorkloadSnapshot& rows,
                                                  const project::TierOverrides& counted);

[[nodiscard]] QList<ValueColumn> segmentColumns(const QString& kind);
/// A line a segment (its key is the segment; others that were folded have an invalid one), and all requests in a strong
/// line at the end.
[[nodiscard]] QList<ValueModel::Row> segmentRows(const analyze::FitTable& table);

/// "team search", "requests without a team", "session s-17"
[[nodiscard]] QString segmentWords(const QString& kind, const QString& key);
/// The kinds of segments that a fit can be split by: (shown, kind).
[[nodiscard]] QList<std::pair<QString, QString>> segmentKinds();

}  // namespace tierwise::ui
