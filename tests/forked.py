"""`lumbung …` in a process of its own, forked from one that has imported it already.

To import the application takes seconds, and a run of all tests starts hundreds of nodes. What is forked is a process
like any other, with its own environment, session and death; only the import is shared. Where the start itself is the
matter (`make run`, the demo, a sandbox), tests start it from nothing.
"""

import atexit
import importlib
import multiprocessing
import os
import pkgutil
import signal
import subprocess
import sys
import tempfile
import time
import weakref
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import marketplace.cli
from marketplace.settings import Settings

LONGEST_S = 600
DYING_S = 5.0

_forking = multiprocessing.get_context("forkserver")
_forking.set_forkserver_preload(
    [
        "marketplace.app",
        *(f"marketplace.cli.{found.name}" for found in pkgutil.iter_modules(marketplace.cli.__path__)),
    ]
)
_begun: "weakref.WeakSet[Forked]" = weakref.WeakSet()


class Forked:
    """What `subprocess.Popen` is to a program, of `lumbung ARGUMENTS` with this environment and nothing else."""

    def __init__(self, arguments: tuple[str, ...], environment: Mapping[str, str], out: Path, err: Path) -> None:
        self._process: ForkServerProcess = _forking.Process(
            target=_become, args=(arguments, dict(environment), os.fspath(out), os.fspath(err))
        )
        self._process.start()
        _begun.add(self)

    def poll(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.exitcode

    def wait(self, seconds: float | None = None) -> int:
        """How it ended, when it has; `subprocess.TimeoutExpired` if that takes longer."""
        self._process.join(seconds)
        if (ended := self._process.exitcode) is None:
            raise subprocess.TimeoutExpired("lumbung", seconds or 0)
        return ended

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def terminate(self) -> None:
        """SIGTERM to it alone."""
        self._process.terminate()

    def kill(self) -> None:
        """SIGKILL to it and all that it started, as a power cut would; waits for the end of all."""
        if self.poll() is not None:
            return
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:  # it has no session of its own yet
            self._process.kill()
        self.wait()
        deadline = time.monotonic() + DYING_S
        with suppress(ProcessLookupError):
            while time.monotonic() < deadline:  # its serving processes hold the port until they are gone
                os.killpg(self.pid, 0)
                time.sleep(0.01)


def run_forked(arguments: tuple[str, ...], environment: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """`lumbung ARGUMENTS` to its end, and what it said."""
    with tempfile.TemporaryDirectory(prefix="lumbung-said-") as said:
        out, err = Path(said, "out"), Path(said, "err")
        running = Forked(arguments, environment, out, err)
        try:
            ended = running.wait(LONGEST_S)
        finally:
            running.kill()
        return subprocess.CompletedProcess(arguments, ended, out.read_text(), err.read_text())


def bare_environment() -> dict[str, str]:
    """This process's environment without any of a node's settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith("LUMBUNG_")}


def environment_of(settings: Settings) -> dict[str, str]:
    """The environment of a command on the node with these settings' folder and database."""
    return bare_environment() | {
        "LUMBUNG_FOLDER": str(settings.folder),
        "LUMBUNG_DATABASE_URL": settings.database,
        "LUMBUNG_WORKER_IN_PROCESS": "false",
    }


def _become(arguments: tuple[str, ...], environment: dict[str, str], out: str, err: str) -> None:
    os.setsid()
    _lead(0, os.devnull, os.O_RDONLY)
    sys.stdin = os.fdopen(0)  # serving processes are given its number
    for stream, path in ((1, out), (2, err)):
        _lead(stream, path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["lumbung", *arguments]
    importlib.import_module("marketplace.cli").main()


def _lead(stream: int, path: str, how: int) -> None:
    file = os.open(path, how, 0o644)
    os.dup2(file, stream)
    os.close(file)


@atexit.register
def _end_all() -> None:
    """Else this process would wait for them at its end."""
    for each in _begun:
        each.kill()
