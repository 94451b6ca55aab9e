// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QApplication>
#include <QEvent>
#include <QPainter>
#include <QStyle>

#include "ui/theme/svg_icon.h"
#include "ui/theme/workbench_style.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

struct Colours {
    QRgb window, base, alternate, text, muted, border, button, accent, accentText, link, warning, danger, good;
};
constexpr Colours kLight{0xfff3f4f6, 0xffffffff, 0xfff8f9fa, 0xff1b1f24, 0xff57606a, 0xffcfd4da, 0xfffafbfc,
                         0xff0b62a8, 0xffffffff, 0xff0b62a8, 0xff8a4b00, 0xffb42318, 0xff0b6b4f};
constexpr Colours kDark{0xff22252a, 0xff1a1c20, 0xff1f2226, 0xffe8eaed, 0xffa9b1bb, 0xff3d434b, 0xff2d3137,
                        0xff2a73b8, 0xffffffff, 0xff74b9f5, 0xfff0b259, 0xffff8a80, 0xff5fd0a8};

// Samples of viridis and cividis at even steps (van der Walt and Smith 2015; Nunez et al. 2018).
constexpr std::array<QRgb, 9> kViridis{0xff440154, 0xff472d7b, 0xff3b528b, 0xff2c728e, 0xff21918c,
                                       0xff28ae80, 0xff5ec962, 0xffaddc30, 0xfffde725};
constexpr std::array<QRgb, 9> kCividis{0xff00224e, 0xff123570, 0xff3b496c, 0xff575d6d, 0xff707173,
                                       0xff8a8678, 0xffa59c74, 0xffc3b369, 0xfffee838};

const Colours& colours(bool dark) {
    return dark ? kDark : kLight;
}

}  // namespace

Theme& Theme::instance() {
    static Theme theme;
    return theme;
}

void Theme::install() {
    QApplication::setStyle(new WorkbenchStyle);
    qApp->installEventFilter(this);
    apply();
}

void Theme::setMode(ThemeMode mode) {
    if (mode != m_mode) {
        m_mode = mode;
        apply();
    }
}

void Theme::apply() {
    m_applying = true;
    if (m_mode == ThemeMode::system) {
        QApplication::setPalette(QPalette());  // what the desktop says, so that it can be read
        m_dark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    } else {
        m_dark = m_mode == ThemeMode::dark;
    }
    QApplication::setPalette(buildPalette());
    qApp->setStyleSheet(buildStyleSheet());
    m_applying = false;
    Q_EMIT changed();
}

bool Theme::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ThemeChange && m_mode == ThemeMode::system && !m_applying && watched == qApp) {
        QMetaObject::invokeMethod(this, &Theme::apply, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

QPalette Theme::buildPalette() const {
    const Colours& c = colours(m_dark);
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, QRgb rgb) { palette.setColor(role, QColor::fromRgb(rgb)); };
    set(QPalette::Window, c.window);
    set(QPalette::WindowText, c.text);
    set(QPalette::Base, c.base);
    set(QPalette::AlternateBase, c.alternate);
    set(QPalette::Text, c.text);
    set(QPalette::Button, c.button);
    set(QPalette::ButtonText, c.text);
    set(QPalette::BrightText, 0xffffffff);
    // A pale ground under the usual text: icons and coloured words stay readable on it, in front and behind.
    set(QPalette::Highlight, m_dark ? 0xff2b4d6e : 0xffb9d8f4);
    set(QPalette::HighlightedText, c.text);
    set(QPalette::Link, c.link);
    set(QPalette::LinkVisited, c.link);
    set(QPalette::ToolTipBase, c.base);
    set(QPalette::ToolTipText, c.text);
    set(QPalette::PlaceholderText, c.muted);
    set(QPalette::Light, m_dark ? 0xff3a3f46 : 0xffffffff);
    set(QPalette::Midlight, m_dark ? 0xff31353b : 0xffe9ecef);
    set(QPalette::Mid, c.border);
    set(QPalette::Dark, m_dark ? 0xff15171a : 0xffa8afb8);
    set(QPalette::Shadow, m_dark ? 0xff000000 : 0xff6b737d);
    const QColor faint = QColor::fromRgb(m_dark ? 0xff757d87 : 0xff8b949e);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, faint);
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor::fromRgb(c.border));
    palette.setColor(QPalette::Inactive, QPalette::Highlight, QColor::fromRgb(m_dark ? 0xff31404f : 0xffdbe6f0));
    palette.setColor(QPalette::Inactive, QPalette::HighlightedText, QColor::fromRgb(c.text));
    return palette;
}

QString Theme::buildStyleSheet() const {
    const auto name = [](const QColor& colour) { return colour.name(); };
    const Colours& c = colours(m_dark);
    QString sheet =
        uR"(
#pageRail { background: @window; border: none; border-right: 1px solid @border; }
#pageRail QToolButton { border: none; border-left: 3px solid transparent; border-radius: 0; padding: 8px 4px 6px 1px;
  color: @muted; }
#pageRail QToolButton:hover { background: @hover; color: @text; }
#pageRail QToolButton:checked { border-left: 3px solid @accent; background: @hover; color: @text; font-weight: 600; }
#pageRail QToolButton:focus { border: 1px solid @accent; border-left: 3px solid @accent; padding: 7px 3px 5px 1px; color: @text; }
#syntheticMark { background: @note; color: @text; padding: 3px; border-bottom: 1px solid @border; }
#messageBar { border: none; border-bottom: 1px solid @border; background: @note; }
#messageBar[severity="error"] { background: @errorGround; }
#messageBar[severity="warning"] { background: @warnGround; }
#card { background: @base; border: 1px solid @border; border-radius: 6px; }
#dropZone { background: @base; border: 2px dashed @border; border-radius: 12px; }
#dropZone[active="true"] { border-color: @accent; background: @hover; }
QLabel[role="headline"] { font-size: 20px; font-weight: 600; }
QLabel[role="title"] { font-size: 15px; font-weight: 600; }
QLabel[role="muted"] { color: @muted; }
QLabel[role="danger"] { color: @danger; }
QLabel[role="warning"] { color: @warning; }
QLabel[role="good"] { color: @good; }
QLabel[role="figure"] { font-size: 20px; font-weight: 600; }
#chip { background: @hover; border: 1px solid @border; border-radius: 11px; padding: 2px 8px; }
#chip:hover, #chip:focus { border-color: @accent; }
QPushButton[primary="true"] { background: @accent; color: @accentText; border: 1px solid @accent; border-radius: 4px;
  padding: 5px 16px; font-weight: 600; }
QPushButton[primary="true"]:hover { background: @accentHover; }
QPushButton[primary="true"]:focus { border: 1px solid @text; }
QPushButton[primary="true"]:disabled { background: @border; color: @muted; border-color: @border; }
QTableView, QTreeView, QListView, QPlainTextEdit, QTextBrowser { border: 1px solid @border; }
QTableView[frameless="true"], QTreeView[frameless="true"], QTextBrowser[frameless="true"] { border: none; }
QHeaderView { background: @window; }
QHeaderView::section { background: @window; color: @text; border: none; border-right: 1px solid @border;
  border-bottom: 1px solid @border; padding: 4px 6px; font-weight: 600; }
QToolTip { background: @base; color: @text; border: 1px solid @border; padding: 4px; }
QSplitter::handle { background: @border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QStatusBar { border-top: 1px solid @border; }
QStatusBar::item { border: none; }
#commandPalette { background: @base; border: 1px solid @border; border-radius: 8px; }
#commandPalette QLineEdit { border: none; border-bottom: 1px solid @border; padding: 10px; font-size: 15px;
  background: @base; }
#commandPalette QListView { border: none; }
)"_s;
    const QList<QPair<QString, QString>> words{
        {u"@window"_s, name(QColor::fromRgb(c.window))},
        {u"@base"_s, name(QColor::fromRgb(c.base))},
        {u"@border"_s, name(QColor::fromRgb(c.border))},
        {u"@muted"_s, name(QColor::fromRgb(c.muted))},
        {u"@text"_s, name(QColor::fromRgb(c.text))},
        {u"@accentText"_s, name(QColor::fromRgb(c.accentText))},
        {u"@accentHover"_s, name(QColor::fromRgb(c.accent).darker(112))},
        {u"@accent"_s, name(QColor::fromRgb(c.accent))},
        {u"@hover"_s, m_dark ? u"#2d3238"_s : u"#e7ebf0"_s},
        {u"@note"_s, m_dark ? u"#1f3346"_s : u"#e3f0fb"_s},
        {u"@errorGround"_s, m_dark ? u"#45211f"_s : u"#fde8e6"_s},
        {u"@warnGround"_s, m_dark ? u"#3f3118"_s : u"#fdf2dc"_s},
        {u"@danger"_s, name(QColor::fromRgb(c.danger))},
        {u"@warning"_s, name(QColor::fromRgb(c.warning))},
        {u"@good"_s, name(QColor::fromRgb(c.good))},
    };
    for (const auto& [word, value] : words) {
        sheet.replace(word, value);
    }
    return sheet;
}

QColor Theme::text() const {
    return QColor::fromRgb(colours(m_dark).text);
}
QColor Theme::mutedText() const {
    return QColor::fromRgb(colours(m_dark).muted);
}
QColor Theme::border() const {
    return QColor::fromRgb(colours(m_dark).border);
}
QColor Theme::accent() const {
    return QColor::fromRgb(colours(m_dark).accent);
}
QColor Theme::surface() const {
    return QColor::fromRgb(colours(m_dark).base);
}
QColor Theme::warning() const {
    return QColor::fromRgb(colours(m_dark).warning);
}
QColor Theme::danger() const {
    return QColor::fromRgb(colours(m_dark).danger);
}
QColor Theme::good() const {
    return QColor::fromRgb(colours(m_dark).good);
}

QIcon Theme::icon(const QString& name) const {
    return QIcon(new SvgIconEngine(u":/icons/"_s + name + u".svg"_s));
}

QIcon Theme::appIcon() const {
    return QIcon(u":/icons/tierwise.svg"_s);
}

QColor tierColor(Tier tier) {
    switch (tier) {
        case Tier::premium:
            return QColor::fromRgb(0xffd55e00);  // vermillion
        case Tier::commodity:
            return QColor::fromRgb(0xff0072b2);  // blue
        case Tier::local:
            return QColor::fromRgb(0xff009e73);  // bluish green
        case Tier::unbanded:
            break;
    }
    return QColor::fromRgb(0xff808890);
}

Marker tierMarker(Tier tier) {
    switch (tier) {
        case Tier::premium:
            return Marker::diamond;
        case Tier::commodity:
            return Marker::square;
        case Tier::local:
            return Marker::triangle;
        case Tier::unbanded:
            break;
    }
    return Marker::cross;
}

QString tierLabel(Tier tier) {
    switch (tier) {
        case Tier::premium:
            return QCoreApplication::translate("tier", "premium");
        case Tier::commodity:
            return QCoreApplication::translate("tier", "commodity");
        case Tier::local:
            return QCoreApplication::translate("tier", "local");
        case Tier::unbanded:
            break;
    }
    return QCoreApplication::translate("tier", "unbanded");
}

QPainterPath markerPath(Marker marker, double r) {
    QPainterPath path;
    switch (marker) {
        case Marker::circle:
            path.addEllipse(QPointF(0, 0), r, r);
            break;
        case Marker::square:
            path.addRect(QRectF(-r * 0.88, -r * 0.88, r * 1.76, r * 1.76));
            break;
        case Marker::diamond:
            path.addPolygon(QPolygonF({{0, -r * 1.25}, {r * 1.25, 0}, {0, r * 1.25}, {-r * 1.25, 0}, {0, -r * 1.25}}));
            break;
        case Marker::triangle:
            path.addPolygon(QPolygonF({{0, -r * 1.15}, {r * 1.1, r * 0.85}, {-r * 1.1, r * 0.85}, {0, -r * 1.15}}));
            break;
        case Marker::cross: {
            const double w = r * 0.36;
            QPainterPath upright;
            upright.addRect(QRectF(-w, -r * 1.15, 2 * w, r * 2.3));
            QPainterPath flat;
            flat.addRect(QRectF(-r * 1.15, -w, r * 2.3, 2 * w));
            path = upright.united(flat);
            break;
        }
        case Marker::star: {
            QPolygonF points;
            for (int i = 0; i <= 10; ++i) {
                const double radius = i % 2 == 0 ? r * 1.35 : r * 0.58;
                const double angle = (-90.0 + 36.0 * i) * 3.14159265358979323846 / 180.0;
                points << QPointF(radius * std::cos(angle), radius * std::sin(angle));
            }
            path.addPolygon(points);
            break;
        }
    }
    return path;
}

QIcon tierIcon(Tier tier) {
    QIcon icon;
    for (const int side : {16, 32}) {
        QPixmap pixmap(side, side);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.translate(side / 2.0, side / 2.0);
        painter.fillPath(markerPath(tierMarker(tier), side * 0.32), tierColor(tier));
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

QColor seriesColor(int index) {
    // Okabe-Ito without black and yellow (too faint on white), ordered so that neighbours differ most.
    static constexpr std::array<QRgb, 6> kSeries{0xff0072b2, 0xffe69f00, 0xff009e73,
                                                 0xffcc79a7, 0xff56b4e9, 0xffd55e00};
    return QColor::fromRgb(kSeries[static_cast<std::size_t>(index) % kSeries.size()]);
}

Marker seriesMarker(int index) {
    static constexpr std::array<Marker, 6> kMarkers{Marker::circle,   Marker::square, Marker::diamond,
                                                    Marker::triangle, Marker::cross,  Marker::star};
    return kMarkers[static_cast<std::size_t>(index) % kMarkers.size()];
}

QColor densityColor(double t) {
    const auto& scale = Theme::instance().isDark() ? kCividis : kViridis;
    const double at = std::clamp(t, 0.0, 1.0) * static_cast<double>(scale.size() - 1);
    const auto low = std::min(static_cast<std::size_t>(at), scale.size() - 2);
    const double part = at - static_cast<double>(low);
    const QColor a = QColor::fromRgb(scale[low]);
    const QColor b = QColor::fromRgb(scale[low + 1]);
    const auto mix = [part](int x, int y) { return qRound(x + (y - x) * part); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

}  // namespace tierwise::ui
