// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/SettingEditor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QWheelEvent>

namespace sluice::ui {

namespace {

constexpr int ChoiceCharacters = 18; // the list may be wider than its button

// Who scrolls the page does not mean the setting below the pointer.
class NoWheel : public QObject {
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() != QEvent::Wheel || static_cast<QWidget*>(watched)->hasFocus())
            return false;
        event->ignore();
        return true;
    }
};

SettingEditor choiceEditor(
    SettingId id, QWidget* parent, const std::function<void(const QString&)>& chosen)
{
    auto* box = new QComboBox{parent};
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(ChoiceCharacters);
    for (const SettingChoice& choice : settingChoices(id))
        box->addItem(choice.text, choice.value);
    box->setFocusPolicy(Qt::StrongFocus);
    QObject::connect(box, &QComboBox::currentIndexChanged, parent,
        [box, chosen](int index) { chosen(box->itemData(index).toString()); });
    return {box, [box](const QString& value) {
                const QSignalBlocker quiet{box};
                box->setCurrentIndex(box->findData(value));
            }};
}

SettingEditor flagEditor(QWidget* parent, const std::function<void(const QString&)>& chosen)
{
    auto* box = new QCheckBox{parent};
    QObject::connect(box, &QCheckBox::toggled, parent,
        [chosen](bool on) { chosen(on ? QStringLiteral("true") : QStringLiteral("false")); });
    return {box, [box](const QString& value) {
                const QSignalBlocker quiet{box};
                box->setChecked(value == QStringLiteral("true"));
                box->setText(value == QStringLiteral("true")
                        ? QCoreApplication::translate("Settings", "on")
                        : QCoreApplication::translate("Settings", "off"));
            }};
}

SettingEditor numberEditor(
    SettingId id, QWidget* parent, const std::function<void(const QString&)>& chosen)
{
    const SettingLine& line = settingLine(id);
    auto* box = new QSpinBox{parent};
    box->setRange(line.least, line.most);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    const QStringList unit
        = QCoreApplication::translate("Settings", line.unit).split(QStringLiteral("%1"));
    box->setPrefix(unit.value(0));
    box->setSuffix(unit.value(1));
    box->setKeyboardTracking(false); // "120" is not 1, then 12
    box->setFocusPolicy(Qt::StrongFocus);
    QObject::connect(box, &QSpinBox::valueChanged, parent,
        [chosen](int number) { chosen(QString::number(number)); });
    return {box, [box](const QString& value) {
                const QSignalBlocker quiet{box};
                box->setValue(value.toInt());
            }};
}

} // namespace

SettingEditor makeSettingEditor(
    SettingId id, QWidget* parent, const std::function<void(const QString& value)>& chosen)
{
    const SettingKind kind = settingLine(id).kind;
    const SettingEditor editor = kind == SettingKind::Choice ? choiceEditor(id, parent, chosen)
        : kind == SettingKind::Flag                          ? flagEditor(parent, chosen)
                                                             : numberEditor(id, parent, chosen);
    editor.widget->setObjectName(
        QString::fromLatin1(settingLine(id).key) + QStringLiteral("_editor"));
    editor.widget->setAccessibleName(settingText(id));
    editor.widget->setAccessibleDescription(settingHelp(id));
    editor.widget->installEventFilter(new NoWheel{editor.widget});
    return editor;
}

} // namespace sluice::ui
