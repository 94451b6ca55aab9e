// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/router/rules_editor.h"

#include <algorithm>

#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/widgets/empty_hint.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

QString describe(const route::Rule& rule) {
    const auto& when = rule.when;
    QStringList parts;
    const auto add = [&](const QString& what, const std::vector<std::string>& words) {
        if (!words.empty()) {
            parts.append(RulesEditor::tr("%1 is %2").arg(what, joinWords(words)));
        }
    };
    if (!when.promptMatches.empty()) {
        parts.append(RulesEditor::tr("prompt matches /%1/").arg(toQt(when.promptMatches)));
    }
    if (!when.keywords.empty()) {
        parts.append(RulesEditor::tr("prompt holds %1").arg(joinWords(when.keywords)));
    }
    add(RulesEditor::tr("data class"), when.dataClass);
    add(RulesEditor::tr("team"), when.team);
    add(RulesEditor::tr("tag"), when.tag);
    add(RulesEditor::tr("domain"), when.domain);
    add(RulesEditor::tr("user"), when.user);
    add(RulesEditor::tr("model"), when.model);
    if (when.inputTokensMin) {
        parts.append(RulesEditor::tr("input of at least %1 tokens").arg(formatCount(*when.inputTokensMin)));
    }
    if (when.inputTokensMax) {
        parts.append(RulesEditor::tr("input of at most %1 tokens").arg(formatCount(*when.inputTokensMax)));
    }
    if (when.difficultyMin) {
        parts.append(RulesEditor::tr("difficulty at least %1").arg(formatNumber(*when.difficultyMin, 2)));
    }
    if (when.difficultyMax) {
        parts.append(RulesEditor::tr("difficulty at most %1").arg(formatNumber(*when.difficultyMax, 2)));
    }
    const QString condition = parts.isEmpty() ? RulesEditor::tr("always") : parts.join(RulesEditor::tr(" and "));
    return RulesEditor::tr("%1  \u2192  %2").arg(condition, toQt(rule.use)) +
           (rule.reason.empty() ? QString() : u"   (" + toQt(rule.reason) + u')');
}

}  // namespace

RulesEditor::RulesEditor(QWidget* parent) : QWidget(parent), m_list(new QListWidget(this)) {
    m_list->setObjectName(u"rules"_s);
    m_list->setAccessibleName(tr("Rules, in order"));
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setWordWrap(true);
    auto* intro =
        new QLabel(tr("Rules come before everything else; the first that applies wins. Drag them into order."), this);
    intro->setWordWrap(true);
    auto* buttons = new QHBoxLayout;
    const auto button = [&](const QString& text, const QString& tip, auto slot) {
        auto* push = new QPushButton(text, this);
        push->setToolTip(tip);
        buttons->addWidget(push);
        connect(push, &QPushButton::clicked, this, slot);
        return push;
    };
    button(tr("&Add rule..."), tr("Add a rule at the end"), &RulesEditor::add)->setObjectName(u"addRule"_s);
    m_needRow = {button(tr("Ed&it..."), tr("Change the selected rule"), &RulesEditor::edit),
                 button(tr("Re&move"), tr("Remove the selected rule"), &RulesEditor::remove),
                 button(tr("U&p"), tr("Earlier (Alt+Up)"), [this] { move(-1); }),
                 button(tr("Do&wn"), tr("Later (Alt+Down)"), [this] { move(1); })};
    buttons->addStretch(1);
    for (const auto& [key, by] : {std::pair(Qt::Key_Up, -1), std::pair(Qt::Key_Down, 1)}) {
        auto* action = new QAction(m_list);
        action->setText(by < 0 ? tr("Rule earlier") : tr("Rule later"));
        action->setShortcut(QKeySequence(Qt::ALT | key));
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, [this, by = by] { move(by); });
        m_list->addAction(action);
    }
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(intro);
    layout->addWidget(m_list, 1);
    layout->addLayout(buttons);
    connect(m_list, &QListWidget::itemDoubleClicked, this, &RulesEditor::edit);
    connect(m_list->model(), &QAbstractItemModel::rowsMoved, this, &RulesEditor::readOrder);
    connect(m_list, &QListWidget::currentRowChanged, this, &RulesEditor::enableButtons);
    new EmptyHint(tr("No rules. A rule sends some requests to a tier or model whatever the router thinks: those of a "
                     "team, with a word in the prompt, or of a data class."),
                  m_list);
    enableButtons();
}

void RulesEditor::enableButtons() {
    for (QPushButton* button : m_needRow) {
        button->setEnabled(m_list->currentRow() >= 0);
    }
}

QWidget* RulesEditor::list() const {
    return m_list;
}

void RulesEditor::setRules(const std::vector<route::Rule>& rules) {
    m_rules = rules;
    fill();
}

void RulesEditor::fill() {
    const int kept = m_list->currentRow();
    m_list->clear();
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        auto* item = new QListWidgetItem(describe(m_rules[i]), m_list);
        item->setData(Qt::UserRole, static_cast<int>(i));
    }
    m_list->setCurrentRow(std::min(kept, m_list->count() - 1));
}

void RulesEditor::readOrder() {
    std::vector<route::Rule> rules;
    rules.reserve(static_cast<std::size_t>(m_list->count()));
    for (int i = 0; i < m_list->count(); ++i) {
        rules.push_back(m_rules[static_cast<std::size_t>(m_list->item(i)->data(Qt::UserRole).toInt())]);
    }
    m_rules = std::move(rules);
    for (int i = 0; i < m_list->count(); ++i) {
        m_list->item(i)->setData(Qt::UserRole, i);
    }
    Q_EMIT rulesEdited(m_rules, tr("Order rules"));
}

void RulesEditor::add() {
    route::Rule rule;
    if (editRule(rule)) {
        m_rules.push_back(rule);
        fill();
        m_list->setCurrentRow(m_list->count() - 1);
        Q_EMIT rulesEdited(m_rules, tr("Add rule"));
    }
}

void RulesEditor::edit() {
    const int row = m_list->currentRow();
    if (row < 0) {
        return;
    }
    route::Rule rule = m_rules[static_cast<std::size_t>(row)];
    if (editRule(rule) && rule != m_rules[static_cast<std::size_t>(row)]) {
        m_rules[static_cast<std::size_t>(row)] = rule;
        fill();
        Q_EMIT rulesEdited(m_rules, tr("Change rule"));
    }
}

void RulesEditor::remove() {
    const int row = m_list->currentRow();
    if (row >= 0) {
        m_rules.erase(m_rules.begin() + row);
        fill();
        Q_EMIT rulesEdited(m_rules, tr("Remove rule"));
    }
}

void RulesEditor::move(int by) {
    const int row = m_list->currentRow();
    const int to = row + by;
    if (row >= 0 && to >= 0 && to < m_list->count()) {
        std::swap(m_rules[static_cast<std::size_t>(row)], m_rules[static_cast<std::size_t>(to)]);
        fill();
        m_list->setCurrentRow(to);
        Q_EMIT rulesEdited(m_rules, tr("Order rules"));
    }
}

bool RulesEditor::editRule(route::Rule& rule) {
    QDialog dialog(this);
    dialog.setObjectName(u"ruleDialog"_s);
    dialog.setWindowTitle(tr("Rule"));
    auto* form = new QFormLayout(&dialog);
    const auto line = [&](const QString& title, const QString& value, const QString& hint) {
        auto* field = new QLineEdit(value, &dialog);
        field->setPlaceholderText(hint);
        field->setAccessibleName(QString(title).remove(u'&'));
        form->addRow(title, field);
        return field;
    };
    const QString several = tr("several with commas between");
    auto* keywords = line(tr("Prompt &holds"), joinWords(rule.when.keywords), several);
    auto* pattern = line(tr("Prompt m&atches"), toQt(rule.when.promptMatches), tr("regular expression (RE2)"));
    auto* dataClass = line(tr("&Data class"), joinWords(rule.when.dataClass), tr("pii, secret"));
    auto* team = line(tr("&Team"), joinWords(rule.when.team), several);
    auto* tag = line(tr("Ta&g"), joinWords(rule.when.tag), several);
    const auto count = [&](const QString& title, const std::optional<std::int64_t>& value) {
        auto* field = new QSpinBox(&dialog);
        field->setRange(0, 100'000'000);
        field->setSpecialValueText(tr("any"));
        field->setValue(static_cast<int>(value.value_or(0)));
        field->setAccessibleName(QString(title).remove(u'&'));
        form->addRow(title, field);
        return field;
    };
    auto* least = count(tr("At l&east so many input tokens"), rule.when.inputTokensMin);
    auto* most = count(tr("At mo&st so many input tokens"), rule.when.inputTokensMax);
    auto* use = new QComboBox(&dialog);
    use->setAccessibleName(tr("Goes to"));
    for (const auto& [shown, target] : m_targets) {
        use->addItem(shown, target);
    }
    use->setCurrentIndex(std::max(0, use->findData(toQt(rule.use))));
    form->addRow(tr("&Goes to"), use);
    auto* reason = line(tr("&Because"), toQt(rule.reason), tr("shown beside every request that it sends"));
    auto* problem = new QLabel(&dialog);
    problem->setWordWrap(true);
    form->addRow(problem);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, &dialog);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    route::Rule edited;
    connect(buttons, &QDialogButtonBox::accepted, &dialog, [&] {
        edited = rule;
        edited.when.keywords = splitWords(keywords->text());
        edited.when.promptMatches = toUtf8(pattern->text());
        edited.when.dataClass = splitWords(dataClass->text());
        edited.when.team = splitWords(team->text());
        edited.when.tag = splitWords(tag->text());
        edited.when.inputTokensMin = least->value() > 0 ? std::optional<std::int64_t>(least->value()) : std::nullopt;
        edited.when.inputTokensMax = most->value() > 0 ? std::optional<std::int64_t>(most->value()) : std::nullopt;
        edited.use = toUtf8(use->currentData().toString());
        edited.reason = toUtf8(reason->text());
        route::Policy probe = route::singlePolicy("commodity");
        probe.rules = {edited};
        if (const auto read = route::Policy::parse(probe.toJson(), "rule"); !read) {
            problem->setText(coreText(read.error().what + ". " + read.error().fixHint));
        } else {
            dialog.accept();
        }
    });
    if (dialog.exec() != QDialog::Accepted) {
        return false;
    }
    rule = edited;
    return true;
}

}  // namespace tierwise::ui
