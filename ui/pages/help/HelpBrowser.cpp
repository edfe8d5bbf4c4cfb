// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/help/HelpBrowser.h"

#include "core/base/Resource.h"
#include "ui/kit/Fonts.h"
#include "ui/kit/SearchText.h"
#include "ui/kit/Theme.h"

#include <QEvent>
#include <QImage>
#include <QPointer>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextTable>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr int Margin = 24;
constexpr int LineHeight = 135; // percent
constexpr int CellPad = 7;

TextSize sizeOf(int headingLevel)
{
    return headingLevel == 1 ? TextSize::Page
        : headingLevel == 2  ? TextSize::Section
                             : TextSize::Card;
}

// The same letters one to one, so that places in it are places in the text.
QString foldedInPlace(const QString& text)
{
    QString folded{text};
    for (QChar& c : folded) {
        const QString one = searchFolded(QString{c});
        c = one.isEmpty() ? c : one[0];
    }
    return folded;
}

} // namespace

HelpBrowser::HelpBrowser(QWidget* parent)
    : QTextBrowser{parent}
{
    setObjectName(QStringLiteral("helpText"));
    setAccessibleName(tr("Help text"));
    setOpenLinks(false);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // a picture is made to fit beside it
    setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_again.setSingleShot(true);
    m_again.setInterval(0); // many changes of its looks come at once
    connect(&m_again, &QTimer::timeout, this, &HelpBrowser::renderAgain);
}

void HelpBrowser::showTopic(const HelpTopic& topic)
{
    m_topic = topic;
    m_words.clear();
    render();
    verticalScrollBar()->setValue(0);
}

// Into a document that nobody shows yet: each change of one that is shown lays it out anew.
void HelpBrowser::render()
{
    m_renderedWidth = viewport()->width();
    m_look = look();
    auto* document = new QTextDocument{this}; // asks this for its pictures
    document->setDefaultFont(font());
    document->setDocumentMargin(Margin);
    document->setMarkdown(m_topic.markdown, QTextDocument::MarkdownDialectGitHub);
    styleText(*document);
    styleTables(*document);
    setExtraSelections({}); // are places in the document that goes
    const QPointer<QTextDocument> before{this->document()};
    setDocument(document); // which deletes the first one, the browser's own
    delete before;
    setAccessibleDescription(m_topic.title);
    mark(m_words);
}

void HelpBrowser::styleText(QTextDocument& document) const
{
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor{block};
        const int level = block.blockFormat().headingLevel();
        QTextBlockFormat format;
        if (!block.text().contains(QChar::ObjectReplacementCharacter)) // a picture has its own
            format.setLineHeight(LineHeight, QTextBlockFormat::ProportionalHeight);
        if (level > 1)
            format.setTopMargin(14);
        if (!cursor.currentTable())
            format.setBottomMargin(level > 0 || block.textList() ? 4 : 8);
        cursor.mergeBlockFormat(format);
        if (level > 0)
            styleHeading(cursor, level);
    }
}

void HelpBrowser::styleHeading(QTextCursor& cursor, int level) const
{
    const QFont heading = sized(font(), sizeOf(level), QFont::DemiBold);
    QTextCharFormat text = cursor.block().begin().fragment().charFormat();
    text.clearProperty(QTextFormat::FontSizeAdjustment); // would come before a size
    if (heading.pixelSize() > 0)
        text.setProperty(QTextFormat::FontPixelSize, heading.pixelSize());
    else
        text.setFontPointSize(heading.pointSizeF());
    text.setFontWeight(QFont::DemiBold);
    text.setForeground(themeOf(palette()).color(Token::Text));
    cursor.select(QTextCursor::BlockUnderCursor);
    cursor.setCharFormat(text);
}

void HelpBrowser::styleTables(QTextDocument& document) const
{
    const Theme& theme = themeOf(palette());
    const QList<QTextFrame*> frames = document.rootFrame()->childFrames();
    for (QTextFrame* frame : frames) {
        auto* table = qobject_cast<QTextTable*>(frame);
        if (!table)
            continue;
        QTextTableFormat format = table->format();
        format.setBorder(1);
        format.setBorderCollapse(true);
        format.setBorderBrush(theme.color(Token::Border));
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setCellPadding(CellPad);
        format.setWidth(QTextLength{QTextLength::PercentageLength, 100});
        table->setFormat(format);
        for (int column = 0; column < table->columns(); ++column) {
            const QTextTableCell cell = table->cellAt(0, column);
            QTextTableCellFormat head = cell.format().toTableCellFormat();
            head.setBackground(theme.color(Token::Window));
            QTextTableCell{cell}.setFormat(head);
        }
    }
}

void HelpBrowser::mark(const QStringList& words)
{
    m_words = words;
    const Theme& theme = themeOf(palette());
    const QString text = foldedInPlace(document()->toPlainText());
    QList<ExtraSelection> marks;
    for (const QString& word : words) {
        for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            ExtraSelection mark;
            mark.cursor = QTextCursor{document()};
            mark.cursor.setPosition(static_cast<int>(at));
            mark.cursor.setPosition(static_cast<int>(at + word.size()), QTextCursor::KeepAnchor);
            mark.format.setBackground(theme.color(Token::Selection));
            mark.format.setForeground(theme.color(Token::Text));
            mark.format.setFontUnderline(true);
            marks.push_back(mark);
        }
    }
    setExtraSelections(marks);
    if (marks.isEmpty())
        return;
    const auto first = std::ranges::min_element(
        marks, {}, [](const ExtraSelection& mark) { return mark.cursor.position(); });
    QTextCursor there = first->cursor;
    there.setPosition(there.selectionStart());
    const QRect at = cursorRect(there);
    verticalScrollBar()->setValue(
        verticalScrollBar()->value() + at.top() - viewport()->height() / 3);
}

QVariant HelpBrowser::loadResource(int type, const QUrl& name)
{
    if (type != QTextDocument::ImageResource)
        return {};
    const std::string_view bytes = resource("help/" + name.path().toStdString());
    const QImage image = QImage::fromData(
        reinterpret_cast<const uchar*>(bytes.data()), static_cast<int>(bytes.size()));
    const int room = viewport()->width() - 2 * Margin;
    if (image.isNull() || room <= 0 || image.width() <= room)
        return image;
    QImage fitting = image.scaledToWidth(
        static_cast<int>(room * devicePixelRatioF()), Qt::SmoothTransformation);
    fitting.setDevicePixelRatio(devicePixelRatioF());
    return fitting;
}

void HelpBrowser::changeEvent(QEvent* event)
{
    QTextBrowser::changeEvent(event);
    const bool looks
        = event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange;
    if (looks && m_look != look())
        m_again.start();
}

QString HelpBrowser::look() const
{
    return themeOf(palette()).color(Token::Text).name() + font().toString();
}

void HelpBrowser::renderAgain()
{
    if (m_topic.id.isEmpty())
        return;
    const int place = verticalScrollBar()->value();
    render();
    verticalScrollBar()->setValue(place);
}

// A picture was made to fit another width.
void HelpBrowser::resizeEvent(QResizeEvent* event)
{
    QTextBrowser::resizeEvent(event);
    const bool hasPicture = m_topic.markdown.contains(QStringLiteral("!["));
    if (hasPicture && viewport()->width() != m_renderedWidth)
        m_again.start();
}

} // namespace sluice::ui
