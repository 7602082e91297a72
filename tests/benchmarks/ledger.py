"""Transfers posted, with limits and idempotency, and sealed; beside pgbench's TPC-B in rounds of the same run.

A posting stands in a transaction of its own and is called as a service calls it: Python, driver and all. Each
round measures TPC-B, postings over ten thousand accounts, postings that all touch one hub, and the bulk queue, one
after the other; what is told is the median of the rounds' ratios. `LUMBUNG_BENCH_LEDGER_TRANSFERS` says how many
transfers stand before (10000; several, by commas, for the ratio between them); `filling` says how to keep them.
"""

import asyncio
import json
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Mapping
from typing import TypeVar

from tests.benchmarks import ledger_reading
from tests.benchmarks.filling import filled, standing
from tests.benchmarks.tpcb import TpcB, pgbench
from tests.postgres import scratch_postgres

SIZES = [int(size) for size in os.environ.get("LUMBUNG_BENCH_LEDGER_TRANSFERS", "10000").split(",")]
ROUNDS = int(os.environ.get("LUMBUNG_BENCH_LEDGER_ROUNDS", "3"))
#: As many as pgbench has threads: a server runs a process for each core.
PROCESSES = 2
Pipe = TypeVar("Pipe", asyncio.StreamReader, asyncio.StreamWriter)
AIMS = {"uniform": ">= 0.8", "hot": ">= 0.8 of uniform", "bulk": ">= 4"}


async def measure(seconds: float) -> None:
    """Print each size's ratios, and those between the sizes."""
    program = pgbench()
    if program is None:
        print("pgbench is not installed: no ratio to TPC-B")
        return
    async with scratch_postgres() as tpcb_url:
        tpcb = TpcB(program, tpcb_url)
        by_size = {size: await _one_size(size, tpcb, seconds) for size in SIZES}
    first = SIZES[0]
    for size in SIZES[1:]:
        for mode in AIMS:
            ratio = by_size[size][mode] / by_size[first][mode]
            print(f"  {mode:<8} at {size:,} ÷ at {first:,}   {ratio:8.2f}")


async def keep() -> None:
    """Make the books that `LUMBUNG_BENCH_LEDGER_KEPT` keeps and that aren't there yet."""
    for size in SIZES:
        async with filled(size) as url:
            print(f"{(await standing(url))[0]:,} transfers stand in {url.rpartition('/')[2]}")


async def _one_size(size: int, tpcb: TpcB, seconds: float) -> Mapping[str, float]:
    """The median ratio to TPC-B of each way of posting, in a book of `size` transfers."""
    async with filled(size) as url:
        count, buffers = await standing(url)
        ratios: dict[str, list[float]] = defaultdict(list)
        told: dict[str, list[dict[str, float]]] = defaultdict(list)
        for _ in range(ROUNDS):
            tps = await asyncio.to_thread(tpcb.rate, seconds)
            told["tpcb"].append({"rate": tps})
            for mode in AIMS:
                said = await _posted(url, mode, seconds)
                told[mode].append(said)
                ratios[mode].append(said["sealed_rate"] / tps)
        print(f"ledger of {count:,} transfers: sealed transfers a second, {ROUNDS} rounds of {seconds:g} s, medians")
        print(f"  PostgreSQL's shared_buffers      {buffers:>8}")
        print(f"  TPC-B                            {_median(told['tpcb'], 'rate'):8.0f} /s   8 clients")
        for mode, aim in AIMS.items():
            said, of_mode = told[mode], ratios[mode]
            print(
                f"  {mode:<8} {_median(said, 'sealed_rate'):8.0f} /s   ÷ TPC-B {statistics.median(of_mode):6.2f}"
                f" ({min(of_mode):.2f} to {max(of_mode):.2f}; aim {aim})"
                f"   p50 {_median(said, 'p50_ms'):.1f} ms, p99 {_median(said, 'p99_ms'):.1f} ms"
                f"   seal's lag at most {max(each['lag_s'] for each in said):.1f} s"
            )
        hot = statistics.median(h / u for h, u in zip(ratios["hot"], ratios["uniform"], strict=True))
        print(f"  hot ÷ uniform                    {hot:8.2f}      aim >= 0.8")
        await ledger_reading.measure(url)
        return {mode: statistics.median(of_mode) for mode, of_mode in ratios.items()}


def _median(said: list[dict[str, float]], name: str) -> float:
    return statistics.median(each[name] for each in said)


async def _posted(url: str, mode: str, seconds: float) -> dict[str, float]:
    """Two processes post while a third seals; the rate counts what was sealed, over the time until the last seal.

    As pgbench's does, it leaves out how long a process takes to start and to end.
    """
    clients = [await _start(url, mode, seconds) for _ in range(PROCESSES)]
    sealer = await _start(url, "seal", seconds)
    began = time.perf_counter()
    for process in (sealer, *clients):
        _pipe(process.stdin).write(b"begin\n")
    said = [await _said(client) for client in clients]
    _pipe(sealer.stdin).write(b"end\n")
    seal = await _said(sealer)
    took_s = time.perf_counter() - began
    for process in (sealer, *clients):
        await process.communicate()
    count = sum(client["count"] for client in said)
    assert seal["sealed"] >= count
    return {
        "sealed_rate": count / took_s,
        "p50_ms": max(client["p50_ms"] for client in said),
        "p99_ms": max(client["p99_ms"] for client in said),
        "lag_s": seal["lag_s"],
    }


async def _start(url: str, mode: str, seconds: float) -> asyncio.subprocess.Process:
    """The process once it is ready."""
    asked = ["-m", "tests.benchmarks.ledger_client", url, mode, str(seconds)]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, *asked, stdin=pipe, stdout=pipe)
    await _pipe(process.stdout).readline()
    return process


async def _said(process: asyncio.subprocess.Process) -> dict[str, float]:
    """What the process found, as soon as it says so."""
    line = await _pipe(process.stdout).readline()
    if not line:
        raise RuntimeError(f"the bench's client ended with {await process.wait()}")
    return dict(json.loads(line))


def _pipe(pipe: Pipe | None) -> Pipe:
    assert pipe is not None  # every process here was started with both
    return pipe
