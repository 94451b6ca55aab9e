// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

#include <QUndoCommand>

namespace tierwise::ui {

/// An edit of the user's own prices: keeps the whole small file from before and after. Applying is the owner's job
/// (off the GUI thread).
class OwnPriceCommand final : public QUndoCommand {
public:
    using Apply = std::function<void(const std::string& text)>;
    /// The edit has been made already when the command is pushed.
    OwnPriceCommand(const QString& text, std::string before, std::string after, Apply apply);
    void undo() override { m_apply(m_before); }
    void redo() override;

private:
    std::string m_before;
    std::string m_after;
    Apply m_apply;
    bool m_first = true;
};

}  // namespace tierwise::ui
