// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commands/own_price_command.h"

#include <utility>

namespace tierwise::ui {

OwnPriceCommand::OwnPriceCommand(const QString& text, std::string before, std::string after, Apply apply)
    : QUndoCommand(text), m_before(std::move(before)), m_after(std::move(after)), m_apply(std::move(apply)) {}

void OwnPriceCommand::redo() {
    if (!std::exchange(m_first, false)) {
        m_apply(m_after);
    }
}

}  // namespace tierwise::ui
