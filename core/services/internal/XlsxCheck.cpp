// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/XlsxCheck.h"

#include <algorithm>
#include <array>
#include <string>

#include <zlib.h>

namespace sluice {

namespace {

constexpr std::size_t EndKept = 256; // of each part

std::uint32_t number(std::string_view zip, std::size_t at, int bytes)
{
    std::uint32_t value = 0;
    for (int i = bytes - 1; i >= 0; --i)
        value = value << 8 | static_cast<unsigned char>(zip[at + static_cast<std::size_t>(i)]);
    return value;
}

// A part as far as the check needs it.
struct Unpacked {
    std::string begin;
    std::string end;
    std::uint64_t size{0};
    bool whole{false};

    void take(std::string_view bytes)
    {
        size += bytes.size();
        if (begin.size() < EndKept)
            begin.append(bytes.substr(0, EndKept - begin.size()));
        end.append(bytes.substr(bytes.size() - std::min(bytes.size(), EndKept)));
        end.erase(0, end.size() - std::min(end.size(), EndKept));
    }
};

Result<Unpacked> unpacked(std::string_view packed, const TaskContext& context)
{
    Unpacked part;
    std::array<char, 65536> block{};
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        return part;
    std::string copy{packed};
    stream.next_in = reinterpret_cast<Bytef*>(copy.data());
    stream.avail_in = static_cast<uInt>(copy.size());
    int state = Z_OK;
    while (state == Z_OK && !context.stopRequested()) {
        stream.next_out = reinterpret_cast<Bytef*>(block.data());
        stream.avail_out = static_cast<uInt>(block.size());
        state = inflate(&stream, Z_NO_FLUSH);
        part.take({block.data(), block.size() - stream.avail_out});
    }
    inflateEnd(&stream);
    if (context.stopRequested())
        return TaskContext::cancelled();
    part.whole = state == Z_STREAM_END;
    return part;
}

// Its last tag closes its first element.
bool endsAsItBegan(const Unpacked& part)
{
    std::size_t open = part.begin.find('<');
    if (part.begin.compare(open, 2, "<?") == 0)
        open = part.begin.find('<', open + 1);
    if (open == std::string::npos)
        return false;
    const std::size_t nameEnd = part.begin.find_first_of(" />\n", open + 1);
    const std::string last = "</" + part.begin.substr(open + 1, nameEnd - open - 1) + ">";
    const std::size_t end = part.end.find_last_not_of("\r\n");
    return end != std::string::npos && end + 1 >= last.size()
        && part.end.compare(end + 1 - last.size(), last.size(), last) == 0;
}

} // namespace

Result<bool> isWholeXlsx(std::string_view zip, const TaskContext& context)
{
    constexpr std::size_t EntrySize = 46;
    const std::size_t folder = zip.rfind("PK\x05\x06");
    if (folder == std::string_view::npos || folder + 20 > zip.size())
        return false;
    std::uint32_t left = number(zip, folder + 10, 2);
    std::size_t at = number(zip, folder + 16, 4);
    if (left == 0)
        return false;
    for (; left > 0; --left) {
        if (at + EntrySize > zip.size())
            return false;
        const std::size_t packed = number(zip, at + 20, 4);
        const std::size_t place = number(zip, at + 42, 4);
        const std::size_t body
            = place + 30 + number(zip, place + 26, 2) + number(zip, place + 28, 2);
        if (body + packed > zip.size())
            return false;
        SLUICE_TRY(const Unpacked part, unpacked(zip.substr(body, packed), context));
        if (!part.whole || part.size != number(zip, at + 24, 4) || !endsAsItBegan(part))
            return false;
        at += EntrySize + number(zip, at + 28, 2) + number(zip, at + 30, 2)
            + number(zip, at + 32, 2);
    }
    return true;
}

} // namespace sluice
