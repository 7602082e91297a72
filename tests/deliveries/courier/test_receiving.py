"""A courier without a network: his day, in whatever order it arrives and however often, ends in the same state."""

import asyncio
import random
from collections import Counter
from typing import Any

import pytest

from marketplace import clock
from marketplace.database import transaction
from marketplace.deliveries.courier.day import EventKind, EventOutcome
from marketplace.deliveries.courier.receiving import SentEvent
from marketplace.settings import Settings
from tests.deliveries import stage
from tests.deliveries.courier import days
from tests.deliveries.courier.days import Day, evening, whole_day

pytestmark = pytest.mark.anyio
K = EventKind


class PutBack(Exception):
    """Undo this trial."""


async def tried(day: Day, batches: list[list[SentEvent]]) -> dict[str, Any]:
    """How the day ends when it arrives so; nothing of it stays."""
    found: dict[str, Any] = {}
    try:
        async with transaction():
            for batch in batches:
                await day.send(batch)
            found = await evening(day)
            raise PutBack
    except PutBack:
        return found


def shuffled(events: list[SentEvent], chance: random.Random) -> list[list[SentEvent]]:
    """The day in some order, with duplicates, in batches; what was lost on the way is sent again at the end."""
    sent = [*events, *chance.choices(events, k=chance.randrange(len(events)))]
    chance.shuffle(sent)
    lost = set(chance.sample(range(len(sent)), k=chance.randrange(len(sent) // 2)))
    arrived = [event for place, event in enumerate(sent) if place not in lost]
    again = list(events)
    chance.shuffle(again)
    batches = []
    for part in (arrived, again):
        while part:
            size = chance.randint(1, 25)
            batches.append(part[:size])
            part = part[size:]
    return batches


async def test_any_order_with_duplicates_and_gaps_ends_as_in_order(db: Settings) -> None:
    day = await whole_day()
    now = clock.now()
    clock.use(lambda: now)
    try:
        wanted = await tried(day, [day.events])
        assert wanted["awaited"] == len(day.events) + 1
        states = [state for _, (state, *_) in sorted(wanted["jobs"].items())]
        assert states == ["DELIVERED", "DELIVERED", "RETURNED", "ASSIGNED"]
        assert Counter(outcome for _, _, outcome, *_ in wanted["events"]) == {"APPLIED": 23, "CONFLICT": 7}
        seed = random.randrange(10**9)
        chance = random.Random(seed)
        for trial in range(days.PERMUTATIONS):
            found = await tried(day, shuffled(day.events, chance))
            assert found == wanted, f"seed {seed}, trial {trial}"
    finally:
        clock.use(None)
    await day.send(day.events)
    assert await stage.what_is_broken(stage.SIGNER) == []


async def test_what_follows_a_gap_waits_and_is_not_lost(db: Settings) -> None:
    day = await days.morning(1)
    (job,) = day.jobs
    first, second, third = [
        day.note(K.ARRIVE_AT_PICKUP, job),
        day.note(K.PICK_UP, job, pin="1111"),
        day.note(K.ARRIVE_AT_DROP_OFF, job),
    ]
    held = await day.send([third, second])
    assert (held.awaited, held.waiting) == (1, 2)
    assert {answer.outcome for answer in held.answers} == {EventOutcome.WAITING}
    filled = await day.send([first])
    assert (filled.awaited, filled.waiting) == (4, 0)
    assert [(a.sequence, a.outcome) for a in filled.answers] == [(n, EventOutcome.APPLIED) for n in (1, 2, 3)]


async def test_a_conflict_says_what_stands_and_holds_up_no_other_job(db: Settings) -> None:
    day = await whole_day()
    receipt = await day.send(day.events)
    answers = {answer.sequence: answer for answer in receipt.answers}
    gone = answers[15]
    assert (gone.outcome, gone.code, gone.is_yours) == (EventOutcome.CONFLICT, "CONFLICT", False)
    assert gone.job is not None
    assert gone.job.state.value == "ASSIGNED"
    assert gone.reasons is not None
    assert "taken by a driver" in gone.reasons["en"]
    assert answers[18].outcome is EventOutcome.APPLIED  # another job's drop, after it
    wrong = answers[5]
    assert (wrong.code, wrong.is_yours) == ("WRONG_PIN", True)
    again = await day.send(day.events)  # answered alike, done once
    assert [(a.sequence, a.outcome, a.code) for a in again.answers] == [
        (a.sequence, a.outcome, a.code) for a in receipt.answers
    ]


async def test_another_event_under_a_known_number_is_refused(db: Settings) -> None:
    day = await days.morning(1)
    (job,) = day.jobs
    event = day.note(K.ARRIVE_AT_PICKUP, job)
    await day.send([event])
    other = SentEvent(1, "other", K.GIVE_UP, event.at, job.pk, {"text": "Ban bocor"})
    (kept, refused) = (await day.send([other])).answers
    assert (kept.name, kept.outcome) == ("e1", EventOutcome.APPLIED)
    assert (refused.name, refused.code) == ("other", "IDEMPOTENCY_MISMATCH")
    far = SentEvent(900, "far", K.SKIPPED, event.at, None, {})
    (answer,) = (await day.send([far])).answers
    assert answer.outcome is EventOutcome.NOT_KEPT


async def test_pins_are_not_kept_once_they_were_tried(db: Settings) -> None:
    day = await whole_day()
    await day.send(day.events)
    kept = await days.CourierEvent.all().values_list("content", flat=True)
    assert all("pin" not in content for content in kept)


async def test_an_event_that_fails_by_no_fault_of_its_own_is_tried_again_but_not_for_ever(
    db: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from marketplace.deliveries.courier import receiving

    day = await days.morning(1)
    (job,) = day.jobs
    events = [day.note(K.ARRIVE_AT_PICKUP, job), day.note(K.PAUSE)]

    async def broken(doing: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(receiving, "carry_out", broken)
        receipt = await day.send(events)
        assert (receipt.awaited, receipt.waiting, receipt.has_more) == (1, 2, True)
    receipt = await day.send([])
    assert (receipt.awaited, receipt.has_more) == (3, False)

    third = day.note(K.RESUME)
    with monkeypatch.context() as patched:
        patched.setattr(receiving, "carry_out", broken)
        for _ in range(receiving.MOST_TRIES):
            receipt = await day.send([third])
    (answer,) = receipt.answers
    assert (answer.outcome, answer.code, receipt.awaited) == (EventOutcome.CONFLICT, "INTERNAL", 4)


async def test_what_was_kept_before_the_process_died_is_carried_out_by_the_next_call(
    db: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from marketplace.deliveries.courier import receiving

    class Killed(BaseException):
        pass

    day = await days.morning(1)
    (job,) = day.jobs
    events = [day.note(K.ARRIVE_AT_PICKUP, job), day.note(K.PICK_UP, job, pin="1111")]

    async def dies_after_the_act(device: object, event: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(receiving, "_settle", dies_after_the_act)
        with pytest.raises(Killed):
            await day.send(events)
    assert (await days.DeliveryJob.get(pk=job.pk)).state.value == "ASSIGNED"  # the act went with its event
    receipt = await day.send([])
    assert (receipt.awaited, receipt.waiting) == (3, 0)
    assert (await days.DeliveryJob.get(pk=job.pk)).state.value == "CARRYING"
    assert await stage.what_is_broken(stage.SIGNER) == []


async def test_one_device_on_two_connections_is_one_queue(db: Settings) -> None:
    day = await whole_day()
    half = len(day.events) // 2
    await asyncio.gather(*(day.send(part) for part in (day.events[half:], day.events[:half], day.events)))
    receipt = await day.send([])
    assert (receipt.awaited, receipt.waiting) == (len(day.events) + 1, 0)
    ended = await evening(day)
    assert Counter(outcome for _, _, outcome, *_ in ended["events"]) == {"APPLIED": 23, "CONFLICT": 7}
    assert await stage.what_is_broken(stage.SIGNER) == []
