"""`lumbung check-books` as an operator runs it: exit 0 and silent, or exit 1 and a name for what is broken."""

import sqlite3
from pathlib import Path

from tests.node import Node


def test_it_exits_non_zero_and_names_what_is_broken(tmp_path: Path) -> None:
    node = Node(tmp_path)
    node.lay_tables()
    clean = node.run("check-books")
    assert "check-books: ok findings=0" in clean.stdout
    with sqlite3.connect(next(tmp_path.glob("*.sqlite3"))) as database:
        database.execute("DROP TRIGGER ledger_transfer_no_delete")
    broken = node.run("check-books", check=False)
    assert broken.returncode == 1
    assert "ledger_transfer_no_delete is missing" in broken.stdout
    node.run("migrate")
    assert node.run("check-books").returncode == 0
