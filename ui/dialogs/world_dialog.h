// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <memory>

#include <QDialog>

#include "core/project/world.h"
#include "ui/jobs/job_slot.h"

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;

namespace tierwise::ui {

class Desk;

/// Prices and assumptions of one scenario: the catalog of another date, and low, mid and high of what is assumed about
/// usage. What stays as the project has it is not kept with the scenario.
class WorldDialog : public QDialog {
    Q_OBJECT

public:
    WorldDialog(Desk& desk, const project::World& world, const replay::Assumptions& ofProject, QWidget* parent);
    [[nodiscard]] project::World world() const;

private:
    struct Field {
        replay::Assumed replay::Assumptions::*part;
        std::array<QDoubleSpinBox*, 3> boxes;
    };
    void addField(QFormLayout& form, const QString& title, const QString& name,
                  replay::Assumed replay::Assumptions::*part, double least);
    void show(const replay::Assumptions& assumptions);
    [[nodiscard]] replay::Assumptions read() const;
    void loadCatalogs();
    void chooseFile();
    void check();

    Desk& m_desk;
    std::unique_ptr<JobSlot> m_load;
    project::World m_world;
    replay::Assumptions m_ofProject;
    QComboBox* m_catalog;
    QList<Field> m_fields;
    QDoubleSpinBox* m_cache;
    QCheckBox* m_batch;
    QLabel* m_problem;
    QDialogButtonBox* m_buttons;
};

}  // namespace tierwise::ui
