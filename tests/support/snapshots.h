// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "core/store/workload_snapshot.h"

namespace tierwise::test {

/// Requests 1, 2 ... of which nothing is known: no time, no usage, no names.
inline std::shared_ptr<store::WorkloadSnapshot> bareRows(std::size_t rows) {
    auto log = std::make_shared<store::WorkloadSnapshot>();
    log->rows = rows;
    for (auto* column : {&log->inputUncached, &log->cacheRead, &log->cacheWrite5m, &log->cacheWrite1h, &log->output,
                         &log->reasoning}) {
        column->resize(rows);
    }
    log->timeNanos.resize(rows);
    log->loggedCostPico.resize(rows);
    log->latencySeconds.resize(rows);
    log->score.resize(rows);
    log->difficulty.resize(rows);
    log->promptText.resize(rows);
    log->signal.assign(rows, 0);
    log->requests.assign(rows, 1);
    for (std::size_t row = 0; row < rows; ++row) {
        log->id.emplace_back(static_cast<std::int64_t>(row + 1));
    }
    for (auto* column : {&log->model, &log->provider, &log->serviceTier, &log->region, &log->team, &log->user,
                         &log->session, &log->tag, &log->dataClass, &log->domain}) {
        column->names = {""};
        column->codes.assign(rows, 0);
    }
    return log;
}

}  // namespace tierwise::test
