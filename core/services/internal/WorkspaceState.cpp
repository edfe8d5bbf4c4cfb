// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/WorkspaceState.h"

#include "core/store/Transaction.h"
#include "core/store/tables/BatchTable.h"

#include <chrono>
#include <future>

namespace sluice {

// A staged command, shared by its caller and the writer's job, which may outlive the caller's
// patience.
struct StagedCommand {
    enum class Turn : std::uint8_t { Waiting, Running, Committing, GivenUp };

    // Who comes first decides: the commit cannot be given up, and what was given up is not
    // committed.
    bool advance(Turn from, Turn to) { return turn.compare_exchange_strong(from, to); }
    bool giveUp()
    {
        return advance(Turn::Waiting, Turn::GivenUp) || advance(Turn::Running, Turn::GivenUp);
    }

    std::string type;
    Principal principal;
    StagingWork stage;
    StagedWork work;
    StopToken stop;
    std::atomic<Turn> turn{Turn::Waiting};
    std::uint64_t revision{0}; // after the commit; 0: there was nothing to commit
};

namespace {

// a stop token cannot wake a waiting thread: it is looked at this often
constexpr std::chrono::milliseconds StopPoll{20};

Status discardStaged(Connection& connection, const StopToken& stop)
{
    for (bool more = true; more;) {
        if (stop.stopRequested())
            return TaskContext::cancelled();
        SLUICE_TRY(more, inTransaction(connection, discardSomeStaged));
        SLUICE_TRY_DO(connection.checkpointWhenLong());
    }
    return Status::success();
}

} // namespace

Status Workspace::State::requireChange(const Principal& principal)
{
    if (principal.mayChange())
        return Status::success();
    return Error{ErrorCode::NotAllowed, principal.person, "this needs the role Finance or Admin",
        "Ask somebody who has it"};
}

Status Workspace::State::runCommand(Connection& connection, const std::string& type,
    const Principal& principal, const CommandWork& work, std::uint64_t& newRevision) const
{
    SLUICE_TRY(const EventHead last, readEventHead(connection));
    newRevision = last.seq + 1;
    SLUICE_TRY(JsonValue payload, work(connection, newRevision));
    EventEnvelope envelope;
    envelope.org = head.settings.ledgerId;
    envelope.type = type;
    envelope.actor = principal.person;
    envelope.device = head.device;
    envelope.dseq = last.dseq + 1;
    envelope.dprev = last.id;
    const Timestamp now = environment.clock.now();
    envelope.hlc = std::max(now.micros(), last.hlc + 1);
    envelope.payload = std::move(payload);
    SLUICE_TRY(const Event event, sealEvent(envelope));
    return insertEvent(connection, newRevision, event, now);
}

Result<std::uint64_t> Workspace::State::commit(
    const std::string& type, const Principal& principal, const CommandWork& work)
{
    std::uint64_t newRevision = 0;
    SLUICE_TRY_DO(writer
                      ->submit([&](Connection& connection) {
                          return runCommand(connection, type, principal, work, newRevision);
                      })
                      .get());
    notify(newRevision);
    return newRevision;
}

Status Workspace::State::runStaged(Connection& connection, StagedCommand& command) const
{
    using Turn = StagedCommand::Turn;
    if (!command.advance(Turn::Waiting, Turn::Running))
        return TaskContext::cancelled();
    SLUICE_TRY_DO(discardStaged(connection, command.stop));
    SLUICE_TRY_DO(command.stage(connection));
    bool nothing = false;
    std::uint64_t newRevision = 0;
    const auto work = [&](Connection& c, std::uint64_t revisionToBe) -> Result<JsonValue> {
        SLUICE_TRY(std::optional<JsonValue> payload, command.work(c, revisionToBe));
        nothing = !payload.has_value();
        if (nothing || command.stop.stopRequested()
            || !command.advance(Turn::Running, Turn::Committing))
            return TaskContext::cancelled();
        return *std::move(payload);
    };
    Status done = inTransaction(connection, [&](Connection& c) {
        return runCommand(c, command.type, command.principal, work, newRevision);
    });
    command.revision = done.ok() ? newRevision : 0;
    return nothing ? Status::success() : done;
}

Result<std::uint64_t> Workspace::State::commitStaged(const std::string& type,
    const Principal& principal, StagingWork stage, StagedWork work, const TaskContext& context)
{
    const auto command = std::make_shared<StagedCommand>();
    command->type = type;
    command->principal = principal;
    command->stage = std::move(stage);
    command->work = std::move(work);
    command->stop = context.stopToken();
    std::future<Status> done = writer->maintain(
        [this, command](Connection& connection) { return runStaged(connection, *command); });
    bool givenUp = false;
    while (!givenUp && done.wait_for(StopPoll) != std::future_status::ready)
        givenUp = context.stopRequested() && command->giveUp();
    const Status outcome = givenUp ? Status{TaskContext::cancelled()} : done.get();
    if (outcome.ok() && command->revision != 0) {
        notify(command->revision);
        return command->revision;
    }
    // Behind the answer. What cannot be removed now is removed by the next import.
    [[maybe_unused]] const auto unawaited = writer->maintain(
        [stop = closing](Connection& connection) { return discardStaged(connection, stop); });
    if (!outcome.ok())
        return outcome.error();
    return revision.load();
}

void Workspace::State::notify(std::uint64_t newRevision)
{
    // Commits are told of on the threads that asked for them, so the later one may come first.
    std::uint64_t known = revision;
    while (known < newRevision && !revision.compare_exchange_weak(known, newRevision)) { }
    const std::lock_guard held{subscribersMutex};
    for (const auto& subscriber : subscribers)
        subscriber(newRevision);
}

} // namespace sluice
