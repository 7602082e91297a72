"""A real node in a folder of its own: the command line, the server, the worker, as an operator runs them."""

import itertools
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

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


def _kill(process: subprocess.Popen[bytes] | None) -> None:
    if process and process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Node:
    """`with Node(folder) as node:` migrates, serves, and stops by SIGTERM."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("LUMBUNG_")},
            "LUMBUNG_FOLDER": str(folder),
            "LUMBUNG_PORT": str(self.port),
            "LUMBUNG_PUBLIC_URL": self.base,
            "LUMBUNG_LOG_LEVEL": "warning",
            "LUMBUNG_RATE_PER_MINUTE": "1000000",
            **{f"LUMBUNG_{name.upper()}": value for name, value in settings.items()},
        }
        self.server: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None

    @property
    def codes(self) -> Path:
        """Where a development node writes the one-time codes that it would have sent."""
        return self.folder / "outgoing-codes.jsonl"

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """`lumbung ARGUMENTS` on this node; raises with its output when it fails."""
        done = subprocess.run(
            [sys.executable, "-m", "marketplace.cli", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        if check and done.returncode:
            raise RuntimeError(
                f"lumbung {' '.join(arguments)} exited {done.returncode}\n{done.stdout}\n{done.stderr}"
            )
        return done

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

    def _spawn(self, command: str) -> subprocess.Popen[bytes]:
        with (self.folder / "server.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "marketplace.cli", command],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start_worker(self) -> None:
        """`lumbung worker` beside the server; for a node with `worker_in_process="false"`."""
        self.worker = self._spawn("worker")

    def log_tail(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")[-4000:]

    def kill(self) -> None:
        """SIGKILL to the server and all its processes, as a power cut would."""
        _kill(self.server)

    def kill_worker(self) -> None:
        """SIGKILL to the worker that runs apart."""
        _kill(self.worker)

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
        self.folder.mkdir(parents=True, exist_ok=True)
        self.run("migrate")
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.stop()
