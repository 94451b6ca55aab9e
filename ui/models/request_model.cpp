// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/request_model.h"

#include <algorithm>
#include <array>

#include "ui/format/format.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

struct ColumnText {
    const char* query;
    const char* title;
    const char* tip;
    bool numeric;
};

constexpr std::array<ColumnText, RequestModel::columnCountValue> kColumns{{
    {"time", QT_TRANSLATE_NOOP("RequestModel", "Time (UTC)"),
     QT_TRANSLATE_NOOP("RequestModel", "When the request was made"), false},
    {"model", QT_TRANSLATE_NOOP("RequestModel", "Model"),
     QT_TRANSLATE_NOOP("RequestModel", "The model's name as logged"), false},
    {"team", QT_TRANSLATE_NOOP("RequestModel", "Team"),
     QT_TRANSLATE_NOOP("RequestModel", "Team, project or key: whoever pays"), false},
    {"input", QT_TRANSLATE_NOOP("RequestModel", "Input (tokens)"),
     QT_TRANSLATE_NOOP("RequestModel", "All input tokens, cached ones included"), true},
    {"output", QT_TRANSLATE_NOOP("RequestModel", "Output (tokens)"),
     QT_TRANSLATE_NOOP("RequestModel", "Answer and reasoning together"), true},
    {"loggedCost", QT_TRANSLATE_NOOP("RequestModel", "Logged cost ($)"),
     QT_TRANSLATE_NOOP("RequestModel", "What the log says it cost"), true},
    {"difficulty", QT_TRANSLATE_NOOP("RequestModel", "Difficulty"),
     QT_TRANSLATE_NOOP("RequestModel", "How hard the request is, 0 easy to 1 hard; missing where it could not be told"),
     true},
    {"cacheRead", QT_TRANSLATE_NOOP("RequestModel", "Cached (tokens)"),
     QT_TRANSLATE_NOOP("RequestModel", "Input tokens read from a prompt cache"), true},
    {"reasoning", QT_TRANSLATE_NOOP("RequestModel", "Reasoning (tokens)"),
     QT_TRANSLATE_NOOP("RequestModel", "The part of the output that was thought, not said"), true},
    {"latency", QT_TRANSLATE_NOOP("RequestModel", "Latency (s)"),
     QT_TRANSLATE_NOOP("RequestModel", "From request to last token"), true},
    {"provider", QT_TRANSLATE_NOOP("RequestModel", "Provider"),
     QT_TRANSLATE_NOOP("RequestModel", "The provider as logged"), false},
    {"tag", QT_TRANSLATE_NOOP("RequestModel", "Tag"), QT_TRANSLATE_NOOP("RequestModel", "Tags as logged"), false},
    {"session", QT_TRANSLATE_NOOP("RequestModel", "Session"),
     QT_TRANSLATE_NOOP("RequestModel", "Conversation, trace or agent run"), false},
    {"score", QT_TRANSLATE_NOOP("RequestModel", "Score"),
     QT_TRANSLATE_NOOP("RequestModel", "Logged score of the answer, 0 to 1"), true},
    {"user", QT_TRANSLATE_NOOP("RequestModel", "User"), QT_TRANSLATE_NOOP("RequestModel", "Who asked"), false},
    {"requests", QT_TRANSLATE_NOOP("RequestModel", "Requests"),
     QT_TRANSLATE_NOOP("RequestModel", "How many requests the line stands for"), true},
    {"domain", QT_TRANSLATE_NOOP("RequestModel", "Domain"),
     QT_TRANSLATE_NOOP("RequestModel", "Subject, logged or found"), false},
    {"dataClass", QT_TRANSLATE_NOOP("RequestModel", "Data class"),
     QT_TRANSLATE_NOOP("RequestModel", "Personal data or secrets that were found"), false},
    {"serviceTier", QT_TRANSLATE_NOOP("RequestModel", "Service tier"),
     QT_TRANSLATE_NOOP("RequestModel", "standard, batch, flex or priority"), false},
    {"region", QT_TRANSLATE_NOOP("RequestModel", "Region"),
     QT_TRANSLATE_NOOP("RequestModel", "Where it ran, as logged"), false},
    {"requestId", QT_TRANSLATE_NOOP("RequestModel", "Request id"),
     QT_TRANSLATE_NOOP("RequestModel", "The log's own key of the row"), false},
    {"", QT_TRANSLATE_NOOP("RequestModel", "Line"), QT_TRANSLATE_NOOP("RequestModel", "Line of the file it came from"),
     true},
}};

QString orMissing(const std::string& text) {
    return text.empty() ? missing() : toQt(text);
}

QString number(const std::optional<float>& value, int decimals) {
    return value ? formatNumber(static_cast<double>(*value), decimals) : missing();
}

QString shown(const project::RequestRecord& row, int column) {
    switch (column) {
        case RequestModel::time:
            return row.time ? formatTime(*row.time) : missing();
        case RequestModel::modelName:
            return orMissing(row.model);
        case RequestModel::provider:
            return orMissing(row.provider);
        case RequestModel::team:
            return orMissing(row.team);
        case RequestModel::user:
            return orMissing(row.user);
        case RequestModel::session:
            return orMissing(row.session);
        case RequestModel::tag:
            return orMissing(row.tag);
        case RequestModel::input:
            return formatCount(row.inputTotal());
        case RequestModel::cacheRead:
            return formatCount(row.cacheRead);
        case RequestModel::output:
            return formatCount(row.output);
        case RequestModel::reasoning:
            return formatCount(row.reasoning);
        case RequestModel::requests:
            return formatCount(row.requests);
        case RequestModel::cost:
            return row.loggedCost ? formatMoney(*row.loggedCost) : missing();
        case RequestModel::latency:
            return number(row.latencySeconds, 2);
        case RequestModel::score:
            return number(row.score, 2);
        case RequestModel::difficulty:
            return number(row.difficulty, 2);
        case RequestModel::domain:
            return orMissing(row.domain);
        case RequestModel::dataClass:
            return orMissing(row.dataClass);
        case RequestModel::serviceTier:
            return orMissing(row.serviceTier);
        case RequestModel::region:
            return orMissing(row.region);
        case RequestModel::requestId:
            return orMissing(row.requestId);
        case RequestModel::line:
            return row.line > 0 ? formatCount(row.line) : missing();
        default:
            return {};
    }
}

// For copying: full precision, no grouping, nothing for missing.
QVariant exact(const project::RequestRecord& row, int column) {
    const auto count = [](const std::optional<std::int64_t>& value) {
        return value ? QString::number(*value) : QString();
    };
    const auto real = [](const std::optional<float>& value) {
        return value ? QString::number(static_cast<double>(*value), 'g', 7) : QString();
    };
    switch (column) {
        case RequestModel::time:
            return row.time ? toQt(row.time->toIso()) : QString();
        case RequestModel::input:
            return count(row.inputTotal());
        case RequestModel::cacheRead:
            return count(row.cacheRead);
        case RequestModel::output:
            return count(row.output);
        case RequestModel::reasoning:
            return count(row.reasoning);
        case RequestModel::requests:
            return QString::number(row.requests);
        case RequestModel::cost:
            return row.loggedCost ? toQt(row.loggedCost->toString()) : QString();
        case RequestModel::latency:
            return real(row.latencySeconds);
        case RequestModel::score:
            return real(row.score);
        case RequestModel::difficulty:
            return real(row.difficulty);
        default:
            return {};
    }
}

QString tooltip(const project::RequestRecord& row, int column) {
    switch (column) {
        case RequestModel::time:
            return row.time ? toQt(row.time->toIso()) : RequestModel::tr("The log gives no time");
        case RequestModel::input:
            return RequestModel::tr("%1 uncached, %2 read from cache, %3 written to cache")
                .arg(formatCount(row.inputUncached), formatCount(row.cacheRead),
                     row.cacheWrite5m || row.cacheWrite1h
                         ? formatCount(row.cacheWrite5m.value_or(0) + row.cacheWrite1h.value_or(0))
                         : missing());
        case RequestModel::cost:
            return row.loggedCost ? RequestModel::tr("%1, as logged").arg(formatExactMoney(*row.loggedCost))
                                  : RequestModel::tr("The log gives no cost");
        case RequestModel::difficulty:
            return row.difficulty ? QString() : RequestModel::tr("Not scored yet, or no text to judge by");
        case RequestModel::line:
            return RequestModel::tr("Line %1, byte %2").arg(formatCount(row.line), formatCount(row.byteOffset));
        default:
            return {};
    }
}

}  // namespace

RequestModel::RequestModel(JobRunner& jobs, QObject* parent)
    : QAbstractTableModel(parent), m_idSlot(jobs, nullptr), m_pageSlot(jobs, nullptr, JobRunner::Lane::quick) {}

void RequestModel::setProject(std::optional<project::Project> project) {
    m_idSlot.drop();
    m_pageSlot.drop();
    m_fetching = false;
    m_wanted.clear();
    beginResetModel();
    m_project = std::move(project);
    m_ids.clear();
    m_pages.clear();
    m_pageOrder.clear();
    endResetModel();
    if (m_project) {
        refresh();
    }
}

void RequestModel::setQuery(const project::RowQuery& query) {
    if (query == m_query) {
        return;
    }
    m_query = query;
    Q_EMIT queryChanged();
    refresh();
}

void RequestModel::refresh() {
    if (!m_project) {
        return;
    }
    m_idSlot.start(
        tr("Finding rows"),
        [open = *m_project, query = m_query](TaskContext& context) { return open.rowIds(query, context); },
        [this](Result<std::vector<std::int64_t>> ids) {
            if (!ids) {
                Q_EMIT failed(ids.error());
                return;
            }
            m_pageSlot.drop();
            m_fetching = false;
            m_wanted.clear();
            beginResetModel();
            m_ids = std::move(*ids);
            m_pages.clear();
            m_pageOrder.clear();
            endResetModel();
            Q_EMIT loaded();
        });
}

void RequestModel::reread() {
    if (m_ids.empty()) {
        return;
    }
    m_pageSlot.drop();
    m_fetching = false;
    m_wanted.clear();
    m_pages.clear();
    m_pageOrder.clear();
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

std::optional<RequestId> RequestModel::idAt(int row) const {
    return row >= 0 && row < rowCount() ? std::optional(RequestId(m_ids[static_cast<std::size_t>(row)])) : std::nullopt;
}

int RequestModel::rowOf(RequestId id) const {
    const auto found = std::find(m_ids.begin(), m_ids.end(), id.value());
    return found == m_ids.end() ? -1 : static_cast<int>(found - m_ids.begin());
}

const project::RequestRecord* RequestModel::record(int row) const {
    const auto page = m_pages.find(row / kPageRows);
    const auto within = static_cast<std::size_t>(row % kPageRows);
    return page != m_pages.end() && within < page->second.size() ? &page->second[within] : nullptr;
}

QString RequestModel::queryColumn(int column) {
    return QString::fromLatin1(kColumns[static_cast<std::size_t>(column)].query);
}

QString RequestModel::cellText(const project::RequestRecord& row, int column) {
    return shown(row, column);
}

QString RequestModel::columnTitle(int column) {
    return tr(kColumns[static_cast<std::size_t>(column)].title);
}

bool RequestModel::isNumeric(int column) {
    return kColumns[static_cast<std::size_t>(column)].numeric;
}

int RequestModel::columnOf(const QString& queryColumn) {
    for (int column = 0; column < columnCountValue; ++column) {
        if (RequestModel::queryColumn(column) == queryColumn) {
            return column;
        }
    }
    return -1;
}

int RequestModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

int RequestModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columnCountValue;
}

QVariant RequestModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return headerData(index.column(), Qt::Horizontal, role);
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != kExactRole && role != Qt::ForegroundRole) {
        return {};
    }
    const project::RequestRecord* row = record(index.row());
    if (row == nullptr) {
        if (role == Qt::DisplayRole) {
            want(index.row() / kPageRows);
            return u"\u00b7\u00b7\u00b7"_s;
        }
        return role == Qt::ForegroundRole ? QVariant(Theme::instance().mutedText()) : QVariant();
    }
    if (role == Qt::DisplayRole) {
        return shown(*row, index.column());
    }
    if (role == Qt::ToolTipRole) {
        const QString tip = tooltip(*row, index.column());
        return tip.isEmpty() ? QVariant() : QVariant(tip);
    }
    return role == kExactRole ? exact(*row, index.column()) : QVariant();
}

QVariant RequestModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCountValue) {
        return {};
    }
    const ColumnText& column = kColumns[static_cast<std::size_t>(section)];
    switch (role) {
        case Qt::DisplayRole:
            return tr(column.title);
        case Qt::ToolTipRole:
            return tr(column.tip);
        case Qt::TextAlignmentRole:
            return static_cast<int>((column.numeric ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        default:
            return {};
    }
}

void RequestModel::sort(int column, Qt::SortOrder order) {
    if (column < 0 || queryColumn(column).isEmpty()) {
        return;
    }
    project::RowQuery query = m_query;
    query.sortColumn = toUtf8(queryColumn(column));
    query.descending = order == Qt::DescendingOrder;
    setQuery(query);
}

// Newest wish first: what scrolled by without stopping is forgotten.
void RequestModel::want(int page) const {
    std::erase(m_wanted, page);
    m_wanted.push_back(page);
    if (m_wanted.size() > 8) {
        m_wanted.erase(m_wanted.begin());
    }
    if (!m_fetchQueued) {
        m_fetchQueued = true;
        auto* self = const_cast<RequestModel*>(this);
        QMetaObject::invokeMethod(
            self,
            [self] {
                self->m_fetchQueued = false;
                self->fetchWanted();
            },
            Qt::QueuedConnection);
    }
}

void RequestModel::fetchWanted() {
    if (m_fetching || !m_project) {
        return;
    }
    while (!m_wanted.empty() && m_pages.count(m_wanted.back()) != 0) {
        m_wanted.pop_back();
    }
    if (m_wanted.empty()) {
        return;
    }
    const int page = m_wanted.back();
    m_wanted.pop_back();
    const auto first = static_cast<std::size_t>(page) * kPageRows;
    if (first >= m_ids.size()) {
        return;
    }
    const auto last = std::min(m_ids.size(), first + kPageRows);
    std::vector<std::int64_t> ids(m_ids.begin() + static_cast<std::ptrdiff_t>(first),
                                  m_ids.begin() + static_cast<std::ptrdiff_t>(last));
    m_fetching = true;
    m_pageSlot.start(
        QString(), [open = *m_project, ids = std::move(ids)](TaskContext&) { return open.rows(ids); },
        [this, page](Result<std::vector<project::RequestRecord>> rows) {
            m_fetching = false;
            if (!rows) {
                Q_EMIT failed(rows.error());
                return;
            }
            m_pages[page] = std::move(*rows);
            m_pageOrder.push_back(page);
            if (m_pageOrder.size() > kPagesKept) {
                m_pages.erase(m_pageOrder.front());
                m_pageOrder.erase(m_pageOrder.begin());
            }
            const int from = page * kPageRows;
            const int to = std::min(rowCount(), from + kPageRows) - 1;
            Q_EMIT dataChanged(index(from, 0), index(to, columnCountValue - 1));
            fetchWanted();
        });
}

}  // namespace tierwise::ui
