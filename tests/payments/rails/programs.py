"""Others' programs that the Stripe rail is tested against, installed when first asked for, a folder for each.

What can't be installed skips its tests, or in CI fails them, with the last words of the tool that tried. They are in
`var/test-tools`, or LUMBUNG_TEST_TOOLS; LUMBUNG_TEST_LOCALSTRIPE and LUMBUNG_TEST_STRIPE_MOCK name another version.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.servers import GO, absent

TOOLS = Path(os.environ.get("LUMBUNG_TEST_TOOLS", Path(__file__).parents[3] / "var" / "test-tools")).absolute()
LOCALSTRIPE = os.environ.get("LUMBUNG_TEST_LOCALSTRIPE", "1.15.10")
STRIPE_MOCK = os.environ.get("LUMBUNG_TEST_STRIPE_MOCK", "v0.203.0")
PATIENCE_S = 300


def localstripe() -> Path:
    """localstripe: keeps what it is told, in memory."""
    what = f"localstripe=={LOCALSTRIPE}"
    with _folder(what) as home:
        program = home / "bin" / "localstripe"
        if not program.exists():
            install(what, home, [sys.executable, "-m", "venv", str(home)])
            install(what, home, [str(home / "bin" / "pip"), "install", "--quiet", what])
    return program


def stripe_mock() -> Path:
    """stripe-mock: Stripe's own, refuses requests that its API's description doesn't have."""
    what = f"stripe-mock@{STRIPE_MOCK}"
    with _folder(what) as home:
        program = home / "stripe-mock"
        if not program.exists():
            go = shutil.which("go")
            if go is None:
                pytest.skip(f"needs {GO}")
            install(what, home, [go, "install", f"github.com/stripe/{what}"], GOBIN=str(home))
    return program


def install(what: str, home: Path, command: list[str], **environment: str) -> None:
    """Run the command to its good end; else `home` goes away and `what` is absent, by the command's last words."""
    try:
        done = subprocess.run(
            command,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_S,
        )
    except subprocess.TimeoutExpired:
        said = f"not done after {PATIENCE_S} s"
    else:
        if done.returncode == 0:
            return
        lines = [line.strip()[:200] for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        said = " | ".join(lines[-2:]) or f"it ended with {done.returncode} and no word"
    shutil.rmtree(home, ignore_errors=True)
    absent(f"{what} can't be installed: {said}")


@contextmanager
def _folder(name: str) -> Iterator[Path]:
    """The program's folder, to itself: tests run in several processes."""
    TOOLS.mkdir(parents=True, exist_ok=True)
    with (TOOLS / f"{name}.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield TOOLS / name
