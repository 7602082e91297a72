"""The embedded engine at many listings: building, size, questions as people type them, and an update to visible;
then the same through the whole application.

Sizes by LUMBUNG_BENCH_LISTINGS (20000 unless set; 200000,1000000 by hand). Beside each wall time stands the thread's
own time on the processor, which others at work on the machine lengthen less.
"""

import os
import tempfile
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path

from search.embedded import EmbeddedEngine
from search.engine import Changes, Filters, Query
from tests.benchmarks import searching_app
from tests.benchmarks.menus import many
from tests.benchmarks.questions import Times, percentile, questions

SIZES = [int(size) for size in os.environ.get("LUMBUNG_BENCH_LISTINGS", "20000").split(",")]
UPSERTS = 20


async def measure() -> None:
    p99s: dict[str, list[float]] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="lumbung-bench-search-") as folder:
            for kind, p99_ms in (await _measure(size, Path(folder))).items():
                p99s.setdefault(kind, []).append(p99_ms)
    if len(SIZES) > 1:
        print(f"growth from {SIZES[0]:,} to {SIZES[-1]:,}: {SIZES[-1] / SIZES[0]:.0f} times the listings")
        for kind, values in p99s.items():
            print(f"  {kind:34} {values[-1] / values[0]:8.1f} times as long at p99")


async def _measure(size: int, folder: Path) -> dict[str, float]:
    engine = EmbeddedEngine(folder / "search")
    assert engine.can_write()
    wall, cpu = time.perf_counter(), time.process_time()
    await _build(engine, size)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    mb = _bytes_in(folder) / 1e6
    print(f"search: {size:,} listings indexed   {wall:8.1f} s   processor {cpu:.1f} s   {mb:.0f} MB")
    p99s = {}
    searcher = engine.searcher()
    for kind, all_questions in questions().items():
        times = Times()
        for question in all_questions:
            times.of(question, searcher)
        p99s[kind] = percentile(times.cpu_ms, 99)
        print(times.told(kind))
    p99s["upsert to visible"] = await _upserts(engine, size)
    await engine.close()
    return p99s | await searching_app.measure(folder, size)


def _bytes_in(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


async def _build(engine: EmbeddedEngine, size: int) -> None:
    stream = many(size)
    async with engine.rebuild() as rebuild:
        while batch := list(islice(stream, 500)):
            await rebuild.write(Changes(put=batch))
        await rebuild.swap()


async def _upserts(engine: EmbeddedEngine, size: int) -> float:
    """A new price of one listing, until a search finds it by that price."""
    listings = list(islice(many(size), UPSERTS))
    times = []
    for number, listing in enumerate(listings):
        price = 900_000_000 + number
        began = time.perf_counter()
        await engine.write(Changes(put=[replace(listing, price_min=price, price_max=price)]))
        found = await engine.find(Query("", Filters(price_min=price)))
        assert [hit.id for hit in found.hits] == [listing.id]
        times.append((time.perf_counter() - began) * 1000)
        await engine.write(Changes(put=[listing]))
    print(f"  {'upsert to visible':34} p50 {percentile(times, 50):7.1f} ms  p99 {percentile(times, 99):7.1f} ms")
    return percentile(times, 99)
