// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFile>
#include <QMap>
#include <QStringList>
#include <QXmlStreamReader>
#include <QtEndian>

#include <zlib.h>

namespace sluice::test {

// A cell of a workbook's first sheet as it stands there.
struct XlsxCell {
    bool number{false};
    QString text; // of a number as the file has it
    int style{0};
};

// Reads back what was written, without the library that wrote it: a zip of XML files.
class XlsxCells {
public:
    explicit XlsxCells(const QString& path)
    {
        QFile file{path};
        if (file.open(QIODevice::ReadOnly))
            unpack(file.readAll());
        readSheet(m_members.value("xl/worksheets/sheet1.xml"));
    }
    [[nodiscard]] int rows() const { return m_rows; } // the last row with a cell
    // "B3"
    [[nodiscard]] XlsxCell at(const QString& place) const { return m_cells.value(place); }
    [[nodiscard]] QString text(const QString& place) const { return at(place).text; }
    [[nodiscard]] QStringList column(QChar letter, int from, int to) const
    {
        QStringList texts;
        for (int row = from; row <= to; ++row)
            texts << text(letter + QString::number(row));
        return texts;
    }
    // Every row with its cells from A on, a bar between them; numbers as the file has them.
    [[nodiscard]] QStringList lines() const
    {
        QStringList all;
        for (int row = 1; row <= m_rows; ++row) {
            QStringList cells;
            for (int column = 0; column < m_columns; ++column)
                cells << text(letters(column) + QString::number(row));
            while (!cells.isEmpty() && cells.last().isEmpty())
                cells.removeLast();
            all << cells.join(QStringLiteral(" | "));
        }
        return all;
    }
    [[nodiscard]] QByteArray member(const QByteArray& name) const { return m_members.value(name); }
    // The number format of a cell, as the styles have it; its number where it is a built-in one.
    [[nodiscard]] QString format(const QString& place) const
    {
        QMap<QString, QString> codes;
        QStringList ofStyle;
        bool inCells = false;
        QXmlStreamReader xml{member("xl/styles.xml")};
        while (!xml.atEnd()) {
            const bool start = xml.readNext() == QXmlStreamReader::StartElement;
            if (xml.name() == QStringLiteral("cellXfs"))
                inCells = start;
            else if (start && xml.name() == QStringLiteral("numFmt"))
                codes[xml.attributes().value(QStringLiteral("numFmtId")).toString()]
                    = xml.attributes().value(QStringLiteral("formatCode")).toString();
            else if (start && inCells && xml.name() == QStringLiteral("xf"))
                ofStyle << xml.attributes().value(QStringLiteral("numFmtId")).toString();
        }
        const QString id = ofStyle.value(at(place).style);
        return codes.value(id, id);
    }

private:
    static QString letters(int column)
    {
        const QString last{QLatin1Char(static_cast<char>('A' + column % 26))};
        return column < 26 ? last : letters(column / 26 - 1) + last;
    }
    template <class Number>
    static Number number(const QByteArray& bytes, qsizetype at)
    {
        return qFromLittleEndian<Number>(bytes.constData() + at);
    }
    void unpack(const QByteArray& zip)
    {
        qsizetype at = zip.lastIndexOf("PK\x05\x06");
        if (at < 0)
            return;
        int left = number<quint16>(zip, at + 10);
        at = number<quint32>(zip, at + 16);
        while (left-- > 0) { // the central folder: names, sizes, places
            const auto packed = number<quint32>(zip, at + 20);
            const auto size = number<quint32>(zip, at + 24);
            const auto nameSize = number<quint16>(zip, at + 28);
            const auto place = number<quint32>(zip, at + 42);
            const QByteArray name = zip.mid(at + 46, nameSize);
            const qsizetype body
                = place + 30 + number<quint16>(zip, place + 26) + number<quint16>(zip, place + 28);
            m_members[name] = inflated(zip.mid(body, packed), size);
            at += 46 + nameSize + number<quint16>(zip, at + 30) + number<quint16>(zip, at + 32);
        }
    }
    static QByteArray inflated(QByteArray packed, quint32 size)
    {
        QByteArray out(static_cast<qsizetype>(size), '\0');
        z_stream stream{};
        inflateInit2(&stream, -MAX_WBITS);
        stream.next_in = reinterpret_cast<Bytef*>(packed.data());
        stream.avail_in = static_cast<uInt>(packed.size());
        stream.next_out = reinterpret_cast<Bytef*>(out.data());
        stream.avail_out = size;
        const bool whole = inflate(&stream, Z_FINISH) == Z_STREAM_END;
        inflateEnd(&stream);
        return whole ? out : QByteArray{};
    }
    void readSheet(const QByteArray& sheet)
    {
        QXmlStreamReader xml{sheet};
        QString place;
        XlsxCell cell;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement)
                continue;
            if (xml.name() == QStringLiteral("c")) {
                place = xml.attributes().value(QStringLiteral("r")).toString();
                cell = {true, {}, xml.attributes().value(QStringLiteral("s")).toInt()};
                cell.number = !xml.attributes().hasAttribute(QStringLiteral("t"));
            } else if (xml.name() == QStringLiteral("v") || xml.name() == QStringLiteral("t")) {
                cell.text = xml.readElementText();
                m_cells[place] = cell;
                m_columns = qMax(m_columns, columnOf(place) + 1);
                QString row = place;
                m_rows = qMax(m_rows, row.removeIf([](QChar c) { return c.isLetter(); }).toInt());
            }
        }
    }

    static int columnOf(const QString& place)
    {
        int column = 0;
        for (const QChar c : place)
            column = c.isLetter() ? column * 26 + c.unicode() - 'A' + 1 : column;
        return column - 1;
    }

    QMap<QByteArray, QByteArray> m_members;
    QMap<QString, XlsxCell> m_cells;
    int m_rows{0};
    int m_columns{0};
};

} // namespace sluice::test
