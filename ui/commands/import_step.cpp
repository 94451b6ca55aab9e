// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commands/import_step.h"

#include <utility>

#include "ui/shell/desk.h"

namespace tierwise::ui {

ImportStep::ImportStep(Desk& desk, const QString& text, ImportId id, bool imports, bool done)
    : QUndoCommand(text),
      m_desk(&desk),
      m_memory(std::make_shared<ImportMemory>(ImportMemory{id, {}})),
      m_imports(imports),
      m_done(done) {}

void ImportStep::undo() {
    step(!m_imports);
}

void ImportStep::redo() {
    if (!std::exchange(m_done, false)) {
        step(m_imports);
    }
}

void ImportStep::step(bool imports) {
    if (m_desk == nullptr) {
        return;
    }
    if (imports) {
        m_desk->importAgain(m_memory);
    } else {
        m_desk->takeImportBack(m_memory);
    }
}

}  // namespace tierwise::ui
