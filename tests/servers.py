"""What the tests need beside Python, and how to give it: `python -m tests.servers` says what is there.

A test that needs a server carries the server's mark (`@pytest.mark.redis`) and is skipped, with how to give it, where
its variable is not set. Where `CI` is set nothing may be missing that isn't optional: a skip would hide a gap there.
"""

import os
import shutil
import socket
import sys
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import urlsplit

import pytest

#: The environment says that this is a run of continuous integration.
IS_CI = bool(os.environ.get("CI"))


@dataclass(frozen=True, slots=True)
class Server:
    """A server that tests speak to: where it stands is said by `variable`."""

    variable: str
    port: int
    what: str
    how: str
    is_optional: bool = False

    @property
    def url(self) -> str:
        return os.environ.get(self.variable, "")


#: By the mark of the tests that need it.
SERVERS = {
    "postgres": Server(
        "LUMBUNG_TEST_POSTGRES_URL",
        5432,
        "PostgreSQL 15 or newer, a role that may create databases",
        'apt-get install postgresql; su postgres -c "psql -c \\"CREATE ROLE lumbung LOGIN CREATEDB'
        " PASSWORD 'lumbung'\\\" -c 'CREATE DATABASE lumbung OWNER lumbung'\";"
        " export LUMBUNG_TEST_POSTGRES_URL=postgres://lumbung:lumbung@127.0.0.1/lumbung",
    ),
    "redis": Server(
        "LUMBUNG_TEST_REDIS_URL",
        6379,
        "Redis 7",
        "apt-get install redis-server; export LUMBUNG_TEST_REDIS_URL=redis://127.0.0.1:6379/0",
    ),
    "meilisearch": Server(
        "LUMBUNG_TEST_MEILISEARCH_URL",
        7700,
        "Meilisearch (optional: a fake of its documented API is tested always)",
        "export LUMBUNG_TEST_MEILISEARCH_URL=http://127.0.0.1:7700 (and _KEY)",
        is_optional=True,
    ),
}
GO = "Go (optional: builds Stripe's own stripe-mock, which the shapes of requests are held against)"


def absent(why: str) -> NoReturn:
    """What a test needs isn't here and `why`: the test is skipped, and in CI fails."""
    if IS_CI:
        pytest.fail(why, pytrace=False)
    pytest.skip(why)


def _answers(url: str, port: int) -> bool:
    place = urlsplit(url)
    try:
        socket.create_connection((place.hostname or "127.0.0.1", place.port or port), timeout=2).close()
    except OSError:
        return False
    return True


def main() -> int:
    """Print one line for each; fails when a variable names a server that doesn't answer, or CI lacks a needed one."""
    failed = 0
    for server in SERVERS.values():
        if not server.url:
            is_missed = IS_CI and not server.is_optional
            word = "absent, and CI may not skip" if is_missed else "skipped"
            sys.stdout.write(f"{word}: tests that need {server.what}\n    to run them: {server.how}\n")
            failed |= is_missed
        elif not _answers(server.url, server.port):
            sys.stdout.write(f"{server.variable} is set, but nothing answers there: {server.what}\n")
            failed = 1
        else:
            sys.stdout.write(f"included: tests that need {server.what}\n")
    sys.stdout.write(f"{'included' if shutil.which('go') else 'skipped'}: tests that need {GO}\n")
    return failed


if __name__ == "__main__":
    sys.exit(main())
