"""Says which servers the tests can reach, and how to give them the others: `python -m tests.servers`."""

import os
import socket
import sys
from urllib.parse import urlsplit

WANTED = {
    "LUMBUNG_TEST_POSTGRES_URL": (
        5432,
        "PostgreSQL 15 or newer, a role that may create databases",
        'apt-get install postgresql; su postgres -c "psql -c \\"CREATE ROLE lumbung LOGIN CREATEDB'
        " PASSWORD 'lumbung'\\\" -c 'CREATE DATABASE lumbung OWNER lumbung'\";"
        " export LUMBUNG_TEST_POSTGRES_URL=postgres://lumbung:lumbung@127.0.0.1/lumbung",
    ),
    "LUMBUNG_TEST_REDIS_URL": (
        6379,
        "Redis 7",
        "apt-get install redis-server; export LUMBUNG_TEST_REDIS_URL=redis://127.0.0.1:6379/0",
    ),
    "LUMBUNG_TEST_MEILISEARCH_URL": (
        7700,
        "Meilisearch (optional: a fake of its documented API is tested always)",
        "export LUMBUNG_TEST_MEILISEARCH_URL=http://127.0.0.1:7700",
    ),
}


def _answers(url: str, port: int) -> bool:
    place = urlsplit(url)
    try:
        socket.create_connection((place.hostname or "127.0.0.1", place.port or port), timeout=2).close()
    except OSError:
        return False
    return True


def main() -> int:
    """Print one line for each server; fails when a variable names a server that doesn't answer."""
    failed = 0
    for variable, (port, what, how) in WANTED.items():
        url = os.environ.get(variable, "")
        if not url:
            sys.stdout.write(f"skipped: tests that need {what}\n    to run them: {how}\n")
        elif not _answers(url, port):
            sys.stdout.write(f"{variable} is set, but nothing answers there: {what}\n")
            failed = 1
        else:
            sys.stdout.write(f"included: tests that need {what}\n")
    return failed


if __name__ == "__main__":
    sys.exit(main())
