// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/DocumentPacker.h"
#include "core/ingest/FrameCodec.h"
#include "core/ingest/LineCounter.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <optional>
#include <thread>

namespace sluice {
namespace {

constexpr std::size_t WaitingBlocksMax = 8;
// A stop token cannot wake a waiting thread: it is looked at this often.
constexpr std::chrono::milliseconds StopPoll{20};

} // namespace

// The queue and what the packing thread does with it.
class DocumentPacker::Worker {
public:
    Worker(Sink sink, StopToken stop, int level)
        : m_sink{std::move(sink)}
        , m_stop{std::move(stop)}
        , m_packer{level}
    {
        // A packaged task carries what the sink may throw back to the caller of finish().
        std::packaged_task<Result<PackedDocument>()> task([this] {
            const EndMark mark{*this};
            return run();
        });
        m_outcome = task.get_future();
        m_thread = std::jthread(std::move(task));
    }
    ~Worker()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_abandoned = true;
        }
        m_changed.notify_all();
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    Status push(ByteBlock block)
    {
        std::unique_lock lock(m_mutex);
        while (m_blocks.size() >= WaitingBlocksMax && !m_ended && !m_stop.stopRequested())
            m_changed.wait_for(lock, StopPoll);
        if (m_ended)
            return m_failure ? *m_failure : TaskContext::cancelled();
        if (m_stop.stopRequested())
            return TaskContext::cancelled();
        m_blocks.push_back(std::move(block));
        lock.unlock();
        m_changed.notify_all();
        return Status::success();
    }

    Result<PackedDocument> finish()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_complete = true;
        }
        m_changed.notify_all();
        return m_outcome.get();
    }

private:
    // Set however the thread's work ends, so that push() never waits for a thread that is gone.
    struct EndMark {
        explicit EndMark(Worker& worker)
            : owner{worker}
        {
        }
        ~EndMark()
        {
            {
                const std::lock_guard lock(owner.m_mutex);
                owner.m_ended = true;
            }
            owner.m_changed.notify_all();
        }
        EndMark(const EndMark&) = delete;
        EndMark& operator=(const EndMark&) = delete;
        Worker& owner;
    };

    Result<PackedDocument> run()
    {
        Result<PackedDocument> outcome = packAll();
        if (!outcome.ok()) {
            const std::lock_guard lock(m_mutex);
            m_failure = outcome.error();
        }
        return outcome;
    }

    Result<PackedDocument> packAll()
    {
        for (;;) {
            SLUICE_TRY(const std::optional<ByteBlock> block, take());
            if (!block)
                break;
            m_hash.add(block->bytes());
            SLUICE_TRY_DO(cut(*block));
        }
        if (!m_partial.empty())
            SLUICE_TRY_DO(pack(m_partial));
        m_document.sha256 = m_hash.finish();
        return m_document;
    }

    // The next block, or none when all were taken.
    Result<std::optional<ByteBlock>> take()
    {
        std::unique_lock lock(m_mutex);
        while (m_blocks.empty() && !m_complete && !m_abandoned && !m_stop.stopRequested())
            m_changed.wait_for(lock, StopPoll);
        if (m_abandoned || m_stop.stopRequested())
            return TaskContext::cancelled();
        if (m_blocks.empty())
            return std::optional<ByteBlock>{};
        std::optional<ByteBlock> block = std::move(m_blocks.front());
        m_blocks.pop_front();
        lock.unlock();
        m_changed.notify_all();
        return block;
    }

    // Into frames.
    Status cut(const ByteBlock& block)
    {
        std::string_view bytes = block.bytes();
        while (!bytes.empty()) {
            const std::string_view piece = bytes.substr(0, FrameSize - m_partial.size());
            bytes.remove_prefix(piece.size());
            if (m_partial.empty())
                m_firstLine = m_lines.lineOf(piece.front());
            m_lines.add(
                piece, piece.size() == block.bytes().size() ? block.census() : takeCensus(piece));
            if (piece.size() == FrameSize) {
                SLUICE_TRY_DO(pack(piece));
                continue;
            }
            m_partial += piece;
            if (m_partial.size() == FrameSize) {
                SLUICE_TRY_DO(pack(m_partial));
                m_partial.clear();
            }
        }
        return Status::success();
    }

    Status pack(std::string_view raw)
    {
        PackedFrame frame;
        frame.info = {.index = m_document.frames,
            .rawOffset = m_document.rawSize,
            .rawSize = static_cast<std::uint32_t>(raw.size()),
            .firstLine = m_firstLine};
        frame.info.packed = m_packer.pack(raw, frame.bytes);
        ++m_document.frames;
        m_document.rawSize += raw.size();
        m_document.storedSize += frame.bytes.size();
        return m_sink(std::move(frame));
    }

    Sink m_sink;
    StopToken m_stop;

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<ByteBlock> m_blocks;
    bool m_complete{false}; // no further block comes
    bool m_abandoned{false};
    bool m_ended{false};
    std::optional<Error> m_failure;

    // Of the packing thread.
    Sha256Stream m_hash;
    FramePacker m_packer;
    LineCounter m_lines;
    std::string m_partial; // the beginning of the next frame
    std::uint64_t m_firstLine{1}; // on which that frame begins
    PackedDocument m_document;

    std::future<Result<PackedDocument>> m_outcome;
    std::jthread m_thread; // last: it uses all of the above
};

DocumentPacker::DocumentPacker(Sink sink, StopToken stop, int level)
    : m_worker{std::make_unique<Worker>(std::move(sink), std::move(stop), level)}
{
}

DocumentPacker::~DocumentPacker() = default;

Status DocumentPacker::push(ByteBlock block)
{
    return m_worker->push(std::move(block));
}

Result<PackedDocument> DocumentPacker::finish()
{
    return m_worker->finish();
}

} // namespace sluice
