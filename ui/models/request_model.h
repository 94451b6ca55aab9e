// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include <QAbstractTableModel>

#include "core/project/project.h"
#include "ui/jobs/job_slot.h"

namespace tierwise::ui {

/// The requests of a project under a query, a million and more: the ids in order once a query (8 bytes a row), the
/// rows themselves in pages, fetched off the GUI thread when they come into sight and forgotten when far from it.
/// A row that is not there yet shows a placeholder. Sorting and filtering happen in the project file.
class RequestModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        time,
        modelName,
        team,
        input,
        output,
        cost,
        difficulty,
        cacheRead,
        reasoning,
        latency,
        provider,
        tag,
        session,
        score,
        user,
        requests,
        domain,
        dataClass,
        serviceTier,
        region,
        requestId,
        line,
        columnCountValue
    };
    static constexpr int kPageRows = 128;
    static constexpr std::size_t kPagesKept = 64;

    explicit RequestModel(JobRunner& jobs, QObject* parent = nullptr);

    /// Shows another project, or none.
    void setProject(std::optional<project::Project> project);
    /// Asks for the ids of a query; what is shown stays until they are there.
    void setQuery(const project::RowQuery& query);
    [[nodiscard]] const project::RowQuery& query() const { return m_query; }
    /// Asks again (rows came or went).
    void refresh();
    /// Reads the rows anew that are shown; they are the same ones in the same order, and what is selected stays.
    void reread();
    [[nodiscard]] bool isLoading() const { return m_idSlot.isRunning(); }

    [[nodiscard]] std::optional<RequestId> idAt(int row) const;
    [[nodiscard]] int rowOf(RequestId id) const;
    /// The row when it is in memory.
    [[nodiscard]] const project::RequestRecord* record(int row) const;
    /// The name that queries know a column by; empty where it cannot be sorted.
    [[nodiscard]] static QString queryColumn(int column);
    /// What a cell shows of a row, for other tables of requests.
    [[nodiscard]] static QString cellText(const project::RequestRecord& row, int column);
    [[nodiscard]] static QString columnTitle(int column);
    [[nodiscard]] static bool isNumeric(int column);
    [[nodiscard]] static int columnOf(const QString& queryColumn);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

Q_SIGNALS:
    void loaded();  ///< the ids of the query are in
    void failed(const tierwise::Error& error);
    void queryChanged();

private:
    void want(int page) const;
    void fetchWanted();

    std::optional<project::Project> m_project;
    project::RowQuery m_query;
    std::vector<std::int64_t> m_ids;
    std::unordered_map<int, std::vector<project::RequestRecord>> m_pages;
    std::vector<int> m_pageOrder;       ///< oldest first
    mutable std::vector<int> m_wanted;  ///< newest last
    mutable bool m_fetchQueued = false;
    bool m_fetching = false;
    JobSlot m_idSlot;
    JobSlot m_pageSlot;
};

}  // namespace tierwise::ui
