"""A real node in a folder of its own: the command line, the server, the worker, as an operator runs them."""

import atexit
import itertools
import os
import shutil
import socket
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from tests.forked import Forked, bare_environment, run_forked

START_S = 60.0


#: Below the ports that the system lends to outgoing connections, and another stretch for each process.
_ports = itertools.cycle(range(20_000, 32_000))
for _ in range(os.getpid() * 211 % 12_000):
    next(_ports)


def free_port() -> int:
    """A port that nobody listens on; two test processes at work are not given the same one."""
    for port in _ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("the ports never end")


class Node:
    """`with Node(folder) as node:` migrates, serves, and stops by SIGTERM."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **bare_environment(),
            "LUMBUNG_FOLDER": str(folder),
            "LUMBUNG_PORT": str(self.port),
            "LUMBUNG_PUBLIC_URL": self.base,
            "LUMBUNG_LOG_LEVEL": "warning",
            "LUMBUNG_RATE_PER_MINUTE": "1000000",
            **{f"LUMBUNG_{name.upper()}": value for name, value in settings.items()},
        }
        self.server: Forked | None = None
        self.worker: Forked | None = None

    @property
    def codes(self) -> Path:
        """Where a development node writes the one-time codes that it would have sent."""
        return self.folder / "outgoing-codes.jsonl"

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """`lumbung ARGUMENTS` on this node; raises with its output when it fails."""
        done = run_forked(arguments, self.environment)
        if check and done.returncode:
            raise RuntimeError(
                f"lumbung {' '.join(arguments)} exited {done.returncode}\n{done.stdout}\n{done.stderr}"
            )
        return done

    def lay_tables(self) -> None:
        """As `lumbung migrate` on a new folder. On SQLite that is done once, and its file copied ever after."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.environment.get("LUMBUNG_DATABASE_URL"):
            self.run("migrate")
        else:
            shutil.copy(_laid(), self.folder / "lumbung.sqlite3")

    def start(self, command: str = "serve") -> None:
        """Serve (or `sandbox`), and wait until the node says that it is ready."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.server = self._spawn(command)
        deadline = time.monotonic() + START_S
        with httpx.Client(trust_env=False, verify=False) as http:  # to read certificates each time slows the start
            while time.monotonic() < deadline:
                if self.server.poll() is not None:
                    raise RuntimeError("the server ended:\n" + self.log_tail())
                try:
                    if http.get(self.base + "/readyz", timeout=5).status_code == 200:
                        return
                except httpx.TransportError:
                    time.sleep(0.05)
        raise RuntimeError("the server did not become ready:\n" + self.log_tail())

    def _spawn(self, command: str) -> Forked:
        log = self.folder / "server.log"
        return Forked((command,), self.environment, log, log)

    def start_worker(self) -> None:
        """`lumbung worker` beside the server; for a node with `worker_in_process="false"`."""
        self.worker = self._spawn("worker")

    def log_tail(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")[-4000:]

    def kill(self) -> None:
        """SIGKILL to the server and all its processes, as a power cut would."""
        if self.server:
            self.server.kill()

    def kill_worker(self) -> None:
        """SIGKILL to the worker that runs apart."""
        if self.worker:
            self.worker.kill()

    def stop(self) -> int:
        """SIGTERM, and how the server ended."""
        if self.worker is not None and self.worker.poll() is None:
            self.worker.terminate()
            self.worker.wait(30)
        if self.server is None or self.server.poll() is not None:
            return 0
        self.server.terminate()
        try:
            return self.server.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
            return -9

    def __enter__(self) -> Self:
        self.lay_tables()
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.stop()


@cache
def _laid() -> Path:
    """A database with all tables and no rows."""
    folder = Path(tempfile.mkdtemp(prefix="lumbung-laid-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Node(folder).run("migrate")
    return folder / "lumbung.sqlite3"
