// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/catalog/catalog.h"
#include "core/catalog/hardware.h"
#include "core/replay/assumptions.h"
#include "core/store/workload_snapshot.h"

// Which model stands for a tier where nobody names one, and what models on hardware of one's own cost.
namespace tierwise::project {

/// A log, for the models that it names.
struct LoggedNames {
    const store::WorkloadSnapshot* rows = nullptr;  ///< null = no log
    std::span<const catalog::UserAlias> aliases;
};

/// One candidate of each tier, of offerings of that tier that are priced in dollars at the catalog's date: the first
/// name of resources/policy/defaults.json that the log uses; else the model that most of the log's requests of that
/// tier went to; else the first of those names; else the best known of that tier (published score, then size, at most
/// 16 billion parameters for the local tier). A model whose main offering is of another tier is named by the offering
/// that is of this one ("local/qwen3-14b"). A tier without such a model has none.
[[nodiscard]] std::vector<std::string> defaultCandidates(const catalog::Catalog& catalog, const LoggedNames& log = {});

/// What a token of a local model costs beside the list price of 0, as factors on the estimate that the rates hold.
struct LocalCost {
    std::string offering;  ///< "local/qwen3-14b"
    double low = 1;        ///< power alone: the machine is there anyway
    double high = 1;       ///< one stream at a time
    std::string words;     ///< what it rests on, or why the hardware is not counted
};

struct LocalModels {
    catalog::Catalog catalog;
    std::vector<LocalCost> costs;  ///< of local offerings without a price of the user's own
};

/// The catalog with local offerings that a workbench can count on: the default local models with open weights get one
/// where nobody lists them, and every local offering that is free of charge gets the full cost of its hardware as rates
/// (domain, section 7; decode for output, prefill for uncached input, nothing for a prefix that is held), as many GPUs
/// as it needs. Without Assumptions::localHardware, tokens stay free, and the words say so. The hash stays that of the
/// prices that it is made of. Errors: invalidArgument (unknown GPU, setup out of range).
[[nodiscard]] Result<LocalModels> withLocalModels(const catalog::Catalog& catalog,
                                                  const replay::Assumptions& assumptions,
                                                  const catalog::HardwareTable& hardware);

}  // namespace tierwise::project
