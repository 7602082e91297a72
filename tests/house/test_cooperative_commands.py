"""`lumbung operator add` and `lumbung cooperative add` on a node of their own."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from marketplace.cli import cooperatives, migrate
from marketplace.errors import Invalid
from tests.node import Node

OPTIONS = {
    "--name": "Koperasi Ojek",
    "--slug": "koperasi-ojek",
    "--code": "OJK",
    "--kind": "DRIVER",
    "--region": "35.78",
    "--chair": "0812-0000-0002",
    "--secretary": "0812-0000-0003",
    "--treasurer": "0812-0000-0004",
}


def arguments(**changed: str) -> list[str]:
    options = OPTIONS | {f"--{name}": value for name, value in changed.items()}
    return ["cooperative", "add", *(part for pair in options.items() for part in pair)]


@pytest.fixture
def node(tmp_path: Path) -> Node:
    fresh = Node(tmp_path)
    fresh.lay_tables()
    return fresh


def test_an_operator_and_a_co_op_are_added_and_the_way_is_shown(node: Node) -> None:
    assert "+6281200000001 runs this node" in node.run("operator", "add", "0812-0000-0001").stdout
    said = node.run(*arguments()).stdout
    assert "Koperasi Ojek (OJK) is founded" in said
    assert "From here to the first sale:" in said
    again = node.run(*arguments(), check=False)
    assert again.returncode == 1
    assert "already has this slug or code" in again.stderr
    assert "Traceback" not in again.stderr


def test_a_database_that_is_behind_is_told_how_to_come_up(tmp_path: Path) -> None:
    refused = Node(tmp_path).run("operator", "add", "0812-0000-0001", check=False)
    assert refused.returncode == 1
    assert "run `lumbung migrate` first" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_wrong_option_is_named_and_nothing_is_founded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUMBUNG_FOLDER", str(tmp_path))
    runner = CliRunner()
    assert runner.invoke(migrate.commands, ["migrate"]).exit_code == 0
    wrong = {
        "code": ("ojk", "code"),
        "region": ("Surabaya", "regionCode"),
        "treasurer": ("0812-0000-0002", "officers"),
        "chair": ("bukan nomor", "phone"),
    }
    for option, (value, told) in wrong.items():
        refused = runner.invoke(cooperatives.commands, arguments(**{option: value})).exception
        assert isinstance(refused, Invalid)
        assert [fault.path[0] for fault in refused.faults] == [told]
    assert runner.invoke(cooperatives.commands, arguments()).exit_code == 0
