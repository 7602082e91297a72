"""`lumbung outbox`: what an operator sees of events that wait or are dead."""

import anyio
import pytest

from marketplace import clock
from marketplace.database import new_id
from marketplace.outbox import OutboxEvent
from marketplace.settings import Settings
from tests.forked import environment_of, run_forked

pytestmark = pytest.mark.anyio


async def lumbung(settings: Settings, *arguments: str) -> tuple[int, str]:
    """Exit code and output of `lumbung ARGUMENTS` on this node."""
    done = await anyio.to_thread.run_sync(run_forked, arguments, environment_of(settings))
    return done.returncode, done.stdout + done.stderr


async def test_a_dead_letter_is_seen_explained_and_retried(db: Settings) -> None:
    aggregate = new_id()
    dead, behind = [
        await OutboxEvent.create(event="x.y", handler="h", aggregate_id=aggregate, payload={"n": n}) for n in (1, 2)
    ]
    await OutboxEvent.filter(id=dead.id).update(dead_at=clock.now(), error="Refused: no\ntrace", attempts=12)

    code, listed = await lumbung(db, "outbox", "list")
    assert code == 1, "a dead letter is a failure that a monitor can see"
    assert f"{dead.id}\tdead\tx.y\th\t{aggregate}\t12 attempts\tRefused: no\n" in listed
    assert f"{behind.id}\twaiting" in listed
    assert "waiting: 1, dead: 1, lag: 0.0 s" in listed

    code, shown = await lumbung(db, "outbox", "show", str(dead.id))
    assert (code, "events behind it: 1" in shown) == (0, True)

    assert await lumbung(db, "outbox", "retry", "--all-dead") == (0, "retried: 1\n")
    code, listed = await lumbung(db, "outbox", "list", "--dead")
    assert (code, listed.splitlines()[0].startswith("waiting: 2, dead: 0")) == (0, True)
    assert (await lumbung(db, "outbox", "retry"))[0] != 0
    assert (await lumbung(db, "outbox", "show", "999"))[0] != 0
