"""What only the embedded engine has: a folder, one writer among processes, readers beside it."""

import asyncio
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import tantivy

from search.embedded import EmbeddedEngine, finding
from search.engine import Changes, EngineUnavailable, Filters, Hits, Query, Sort
from tests.search.documents import TUGU_PAHLAWAN, ids, listing, north

pytestmark = pytest.mark.anyio


async def built(engine: EmbeddedEngine) -> EmbeddedEngine:
    assert engine.can_write()
    async with engine.rebuild() as rebuild:
        await rebuild.swap()
    return engine


def indexes(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("listings-*")}


async def test_opening_neither_makes_nor_locks_anything(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "search")
    assert not (tmp_path / "search").exists()
    assert not await engine.is_ready()
    with pytest.raises(EngineUnavailable):
        await engine.find(Query("nasi"))
    await engine.close()


async def test_a_second_process_reads_what_the_first_writes_and_does_not_write(tmp_path: Path) -> None:
    writer = await built(EmbeddedEngine(tmp_path))
    reader = EmbeddedEngine(tmp_path)
    assert not reader.can_write()
    with pytest.raises(EngineUnavailable):
        await reader.write(Changes(put=[listing("Soto")]))
    assert (await reader.find(Query("soto"))).total == 0
    await writer.write(Changes(put=[listing("Soto")]))
    assert (await reader.find(Query("soto"))).total == 1
    async with writer.rebuild() as rebuild:
        await rebuild.write(Changes(put=[listing("Rawon")]))
        await rebuild.swap()
    assert (await reader.find(Query("rawon"))).total == 1
    assert (await reader.find(Query("soto"))).total == 0
    await writer.close()
    assert reader.can_write()
    await reader.write(Changes(put=[listing("Pecel")]))
    assert (await reader.find(Query("pecel"))).total == 1
    await reader.close()


HOLDER = """
import asyncio, sys
from pathlib import Path
from search.embedded import EmbeddedEngine
engine = EmbeddedEngine(Path(sys.argv[1]))
assert engine.can_write()
print("held", flush=True)
sys.stdin.read()
"""


def killed_while_it_held_the_lock(folder: Path, engine: EmbeddedEngine) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert not engine.can_write()
        holder.kill()


async def test_a_killed_process_leaves_the_lock_free_and_the_index_whole(tmp_path: Path) -> None:
    first = await built(EmbeddedEngine(tmp_path))
    await first.write(Changes(put=[listing("Soto")]))
    await first.close()
    engine = EmbeddedEngine(tmp_path)
    killed_while_it_held_the_lock(tmp_path, engine)
    assert engine.can_write()
    assert (await engine.find(Query("soto"))).total == 1
    await engine.close()


async def test_a_new_folder_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    engine = await built(EmbeddedEngine(tmp_path))
    before = indexes(tmp_path)
    await built(engine)
    after = indexes(tmp_path)
    assert len(before) == len(after) == 1
    assert before != after
    assert (tmp_path / "CURRENT").read_text().strip() in after
    await engine.close()


async def test_an_index_of_another_form_is_not_searched(tmp_path: Path) -> None:
    engine = await built(EmbeddedEngine(tmp_path))
    await engine.close()
    (tmp_path / "CURRENT").write_text("listings-0-of-an-older-release\n")
    older = EmbeddedEngine(tmp_path)
    assert not await older.is_ready()
    with pytest.raises(EngineUnavailable):
        await older.find(Query())
    await built(older)
    assert await older.is_ready()
    await older.close()


@pytest.mark.parametrize("damage", ["", "{}", "not json"])
async def test_a_damaged_index_is_not_ready_and_is_built_anew(tmp_path: Path, damage: str) -> None:
    engine = await built(EmbeddedEngine(tmp_path))
    await engine.write(Changes(put=[listing("Soto")]))
    await engine.close()
    (name,) = indexes(tmp_path)
    (tmp_path / name / "meta.json").write_text(damage)
    damaged = EmbeddedEngine(tmp_path)
    assert not await damaged.is_ready()
    with pytest.raises(EngineUnavailable):
        await damaged.find(Query("soto"))
    assert damaged.can_write()
    with pytest.raises(EngineUnavailable):
        await damaged.write(Changes(put=[listing("Rawon")]))
    await built(damaged)
    assert await damaged.is_ready()
    await damaged.close()


async def test_a_folder_that_cannot_be_made_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    engine = EmbeddedEngine(tmp_path / "file" / "search")
    assert not engine.can_write()
    assert not await engine.is_ready()
    await engine.close()


async def test_writes_that_come_together_share_commits(tmp_path: Path) -> None:
    engine = await built(EmbeddedEngine(tmp_path))
    alone = time.perf_counter()
    await engine.write(Changes(put=[listing("Satu")]))
    alone = time.perf_counter() - alone
    together = time.perf_counter()
    await asyncio.gather(*(engine.write(Changes(put=[listing(f"Bakso {n}")])) for n in range(300)))
    together = time.perf_counter() - together
    assert await engine.count() == 301
    assert together < 300 * alone / 5
    await engine.close()


async def test_the_nearest_of_more_than_can_be_ranked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the bound only a circle is ranked, and it holds the nearest."""
    monkeypatch.setattr("search.embedded.candidates.MOST_WEIGHED", 10)
    monkeypatch.setattr("search.embedded.finding.MOST_HITS", 20)
    engine = await built(EmbeddedEngine(tmp_path))
    stalls = [listing("Bakso", place=north(150 * n)) for n in range(60, 0, -1)]
    await engine.write(Changes(put=stalls))
    found = await engine.find(Query("bakso", near=TUGU_PAHLAWAN, sort=Sort.DISTANCE, first=5))
    assert [hit.id for hit in found.hits] == ids(stalls[:-6:-1])
    assert (await engine.find(Query("bakso", Filters(kind="FOOD")))).total == 20
    await engine.close()


async def test_an_answer_is_kept_until_the_next_commit_of_any_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = await built(EmbeddedEngine(tmp_path))
    reader = EmbeddedEngine(tmp_path)
    searched: list[Query] = []

    def counted(searcher: tantivy.Searcher, query: Query) -> Hits:
        searched.append(query)
        return finding.find(searcher, query)

    monkeypatch.setattr("search.embedded.engine.find", counted)
    for total in (0, 1, 2):
        for engine in (writer, reader):
            found = [(await engine.find(Query(""))).total for _ in range(3)]
            assert found == [total] * 3
        assert len(searched) == 2 * (total + 1)
        await writer.write(Changes(put=[listing(f"Soto {total}")]))
    moment = Query("", Filters(open_at=datetime(2026, 11, 24, tzinfo=UTC)))
    assert await reader.find(moment) == await reader.find(moment)
    assert searched[-2:] == [moment, moment], "what is open changes without a commit"
    await writer.close()
    await reader.close()
