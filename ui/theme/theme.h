// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QObject>
#include <QPainterPath>
#include <QPalette>

#include "core/base/ids.h"

namespace tierwise::ui {

enum class ThemeMode { system, light, dark };

/// Shapes that tell series apart without colour.
enum class Marker { circle, square, diamond, triangle, cross, star };

/// Colours, icons and the style sheet of the program. One instance; GUI thread only.
/// In system mode dark or light is told from the desktop's palette (Qt 6.4 has no colorScheme), and followed.
class Theme : public QObject {
    Q_OBJECT

public:
    static Theme& instance();

    /// Installs style, palette and style sheet on the application. Call once after QApplication is made.
    void install();
    void setMode(ThemeMode mode);
    [[nodiscard]] ThemeMode mode() const { return m_mode; }
    [[nodiscard]] bool isDark() const { return m_dark; }

    [[nodiscard]] QColor text() const;
    [[nodiscard]] QColor mutedText() const;  ///< at least 4.5:1 on window and base
    [[nodiscard]] QColor border() const;
    [[nodiscard]] QColor accent() const;
    [[nodiscard]] QColor surface() const;  ///< cards, charts
    [[nodiscard]] QColor warning() const;  ///< text colour of warnings
    [[nodiscard]] QColor danger() const;   ///< text colour of errors
    [[nodiscard]] QColor good() const;     ///< text colour of gains

    /// A shipped line icon in the palette's text colour ("open", "search"); follows the theme.
    [[nodiscard]] QIcon icon(const QString& name) const;
    /// The application's own icon.
    [[nodiscard]] QIcon appIcon() const;

    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void changed();

private:
    void apply();
    [[nodiscard]] QPalette buildPalette() const;
    [[nodiscard]] QString buildStyleSheet() const;

    ThemeMode m_mode = ThemeMode::system;
    bool m_dark = false;
    bool m_applying = false;
};

/// One colour per tier everywhere, from Okabe and Ito's palette for colour-blind readers (2008).
[[nodiscard]] QColor tierColor(Tier tier);
[[nodiscard]] Marker tierMarker(Tier tier);
/// The tier's name for people, translated.
[[nodiscard]] QString tierLabel(Tier tier);
/// A marker centred on (0, 0), about 2 x radius wide.
[[nodiscard]] QPainterPath markerPath(Marker marker, double radius);
/// A square icon with the tier's marker in its colour.
[[nodiscard]] QIcon tierIcon(Tier tier);

/// Colours for series that are no tiers, in a fixed order; repeats after seven.
[[nodiscard]] QColor seriesColor(int index);
[[nodiscard]] Marker seriesMarker(int index);

/// Perceptually even density colours, t in [0, 1]: viridis on light, cividis on dark ground.
[[nodiscard]] QColor densityColor(double t);

}  // namespace tierwise::ui
