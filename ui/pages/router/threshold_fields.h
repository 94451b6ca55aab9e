// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <memory>

#include <QWidget>

#include "core/project/analysis.h"
#include "core/project/calibration.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;

namespace tierwise::ui {

class ChartPanel;

/// The two thresholds over the histogram of difficulty (or prompt length): as its values, or as shares of the requests.
/// GUI thread.
class ThresholdFields : public QWidget {
    Q_OBJECT

public:
    explicit ThresholdFields(QWidget* parent = nullptr);
    void setWorkbench(const std::shared_ptr<const project::Workbench>& workbench,
                      const project::SignalHistogram& signal);
    /// Two bounds over the three tiers, on the workbench's signal, with the usual default: nothing else is shown here.
    [[nodiscard]] bool canShow(const route::Router& router) const;
    void setRouter(const route::Router& router);
    [[nodiscard]] route::Router router() const;
    [[nodiscard]] std::string nameOf(const route::Router& router) const;
    /// A third of the requests each, where nobody has said anything yet.
    void start();

Q_SIGNALS:
    void edited();
    /// A threshold is being dragged; edited comes at the end.
    void moving(double low, double high);
    void told(const QString& text);

private:
    enum Bound { low, high };
    [[nodiscard]] bool byLength() const;  ///< no request has a difficulty
    [[nodiscard]] std::string signal() const;
    void setByShare(bool byShare);
    void complete();  ///< values from shares, or shares from values
    void showFields();
    void showHistogram();
    void typed(Bound which, double shown);
    void dragged(Bound which, double value, bool finished);
    void put(Bound which, double bound);
    [[nodiscard]] double drawn(double bound) const;
    [[nodiscard]] QString words(double bound) const;

    std::shared_ptr<const project::Workbench> m_workbench;
    project::SignalHistogram m_histogramOf;
    bool m_byShare = true;
    bool m_started = false;
    bool m_filling = false;
    std::array<double, 2> m_values{};                  ///< of the signal
    std::array<double, 2> m_shares{1.0 / 3, 2.0 / 3};  ///< of the requests below

    QComboBox* m_measure;
    QLabel* m_lowLabel;
    QLabel* m_highLabel;
    QDoubleSpinBox* m_low;
    QDoubleSpinBox* m_high;
    ChartPanel* m_histogram;
};

}  // namespace tierwise::ui
