// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include <QPointer>
#include <QUndoCommand>

#include "core/base/ids.h"

namespace tierwise::ui {

class Desk;

/// What a step of undo knows of an import: its id while it is in the project, and how to read the file again when it
/// was taken back.
struct ImportMemory {
    ImportId id;
    std::string plan;  ///< as planToJson; filled when the import is taken back
};

/// An import, or the taking back of one, as a step that goes both ways. The work is done off the GUI thread.
class ImportStep final : public QUndoCommand {
public:
    /// imports: redo brings the rows in (undo takes them back); else the other way round. What redo stands for has
    /// been done already when the step is pushed, where done is set.
    ImportStep(Desk& desk, const QString& text, ImportId id, bool imports, bool done);
    void undo() override;
    void redo() override;

private:
    void step(bool imports);

    QPointer<Desk> m_desk;
    std::shared_ptr<ImportMemory> m_memory;
    bool m_imports;
    bool m_done;
};

}  // namespace tierwise::ui
