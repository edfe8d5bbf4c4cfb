// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/SecureBytes.h"
#include "core/store/Connection.h"

#include <QFile>
#include <QString>
#include <QTemporaryDir>

#include <string>

namespace sluice::test {

inline SecureBytes testKey(std::uint8_t seed = 1)
{
    SecureBytes key{32};
    for (std::size_t i = 0; i < key.size(); ++i)
        key.data()[i] = static_cast<std::uint8_t>(seed * 31 + i * 7);
    return key;
}

inline QByteArray fileBytes(const std::string& path)
{
    QFile file{QString::fromStdString(path)};
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
}

inline bool writeBytes(const std::string& path, const QByteArray& bytes)
{
    QFile file{QString::fromStdString(path)};
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

// A folder of its own for each test.
class StoreFolder {
public:
    [[nodiscard]] std::string file(const char* name = "company.sluice") const
    {
        return m_folder.filePath(QString::fromUtf8(name)).toStdString();
    }
    [[nodiscard]] QString path() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
};

} // namespace sluice::test
