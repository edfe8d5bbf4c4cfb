// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/ErrorText.h"

#include <QCoreApplication>

namespace sluice::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ErrorText", text);
}

QString capitalised(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

QString headlineOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Usage:
        return tr("This cannot be asked for in this way.");
    case ErrorCode::BadInput:
        return tr("The file cannot be used as it is. Nothing was changed.");
    case ErrorCode::MissingColumns:
        return tr("The file's columns are not known. Nothing was changed.");
    case ErrorCode::SmallerDelivery:
        return tr("This file may not bring all that it would replace. Nothing was changed.");
    case ErrorCode::NotFound:
        return tr("It is not there.");
    case ErrorCode::AlreadyExists:
        return tr("There is one already. Nothing was changed.");
    case ErrorCode::Overflow:
        return tr("A number is larger than the ledger can hold exactly.");
    case ErrorCode::Locked:
        return tr("The ledger is locked or in use by another program.");
    case ErrorCode::WrongPassphrase:
        return tr("Passphrase not accepted.");
    case ErrorCode::NotAllowed:
        return tr("Your roles do not permit this.");
    case ErrorCode::OutOfScope:
        return tr("This is outside what you may see.");
    case ErrorCode::Damaged:
        return tr("The file is damaged.");
    case ErrorCode::NotALedger:
        return tr("This file is not a Sluice ledger.");
    case ErrorCode::NewerSchema:
        return tr("A newer version of Sluice wrote this ledger.");
    case ErrorCode::Io:
        return tr("The disk or the operating system refused.");
    case ErrorCode::DiskFull:
        return tr("The disk is full. Nothing was changed.");
    case ErrorCode::ReadOnly:
        return tr("The file or its folder is read-only.");
    case ErrorCode::Cancelled:
        return tr("Cancelled. Nothing was changed.");
    case ErrorCode::Unavailable:
        return tr("This part is not installed on this machine.");
    case ErrorCode::Internal:
        return tr("Sluice made a mistake.");
    }
    return tr("Sluice made a mistake.");
}

} // namespace

ErrorText ErrorText::of(const Error& error)
{
    const bool saysMore = !error.what.empty() || !error.fix.empty();
    const bool saysItAgain
        = error.code == ErrorCode::Cancelled && error.where.empty() && error.fix.empty();
    if (!saysMore || saysItAgain)
        return {headlineOf(error.code), {}};
    const QString detail = QString::fromStdString(errorSentence(error));
    // a place stays as it is written: it may be a file's name
    return {headlineOf(error.code), error.where.empty() ? capitalised(detail) : detail};
}

QString ErrorText::sentence(const std::string& part)
{
    return part.empty()
        ? QString{}
        : capitalised(QString::fromStdString(errorSentence({ErrorCode::Internal, {}, part, {}})));
}

QString ErrorText::whole() const
{
    return detail.isEmpty() ? headline : headline + u'\n' + detail;
}

} // namespace sluice::ui
