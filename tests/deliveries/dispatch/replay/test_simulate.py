"""`lumbung simulate` as an officer runs it: tables in, a table out, and a result that a policy can name."""

import csv
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner, Result

from marketplace.cli import simulate
from marketplace.deliveries.dispatch.policy import WrongWeights
from marketplace.deliveries.dispatch.replay.days import Day
from marketplace.errors import Invalid, MarketplaceError
from tests.deliveries.dispatch.towns import town

HEADS = {
    "orders": "instance,order_id,restaurant_id,dropoff_x_m,dropoff_y_m,placed_min,ready_min",
    "couriers": "instance,courier_id,start_x_m,start_y_m,on_min,off_min",
    "restaurants": "instance,restaurant_id,x_m,y_m",
}
Tables = Mapping[str, Sequence[str]]


def write(folder: Path, tables: Tables) -> list[str]:
    """The tables as files, and the options that name them."""
    options = []
    for name, head in HEADS.items():
        file = folder / f"{name}.csv"
        file.write_text("\n".join([head, *tables[name]]) + "\n")
        options += [f"--{name}", str(file)]
    return options


def recorded(days: Sequence[Day]) -> Tables:
    tables: dict[str, list[str]] = {name: [] for name in HEADS}
    for day in days:
        shops = sorted({order.pickup for order in day.orders})
        for number, (x, y) in enumerate(shops):
            tables["restaurants"].append(f"{day.name},r{number},{x},{y}")
        for order in day.orders:
            (x, y), shop = order.drop, shops.index(order.pickup)
            tables["orders"].append(
                f"{day.name},{order.id},r{shop},{x},{y},{order.placed_s // 60},{order.ready_s // 60 + 1}"
            )
        for each in day.couriers:
            (x, y), (on, off) = each.start, (each.on_s // 60, each.off_s // 60)
            tables["couriers"].append(f"{day.name},{each.id},{x},{y},{on},{off}")
    return tables


def ask(*arguments: str) -> Result:
    return CliRunner().invoke(simulate.commands, list(arguments))


@pytest.fixture(scope="module")
def options(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return write(tmp_path_factory.mktemp("days"), recorded([town(seed, orders=40, couriers=14) for seed in (1, 2)]))


def test_it_prints_a_table_and_writes_a_result_that_can_be_named(options: list[str], tmp_path: Path) -> None:
    files = {kind: tmp_path / f"result.{kind}" for kind in ("json", "csv", "svg")}
    writing = ["--json", str(files["json"]), "--csv", str(files["csv"]), "--picture", str(files["svg"])]
    said = ask(*options, *writing)
    assert said.exit_code == 0, said.output
    lines = said.output.splitlines()
    assert re.match(r"hari +beban +kebijakan +terkirim %", lines[0])
    assert len(lines) == 1 + 2 * 3 + 2
    assert {line[18:36].strip() for line in lines[1:-2]} == {"terdekat dulu", "adil", "serentak"}

    result = files["json"].read_bytes()
    assert lines[-1] == f"sha256 {hashlib.sha256(result).hexdigest()}"
    told = json.loads(result)
    assert told["format"] == "lumbung-replay-1"
    assert [policy["name"] for policy in told["policies"]] == ["nearest", "fair", "batch"]
    assert sum(told["policies"][1]["weights"].values()) == 10_000
    assert {trial["day"] for trial in told["trials"]} == {"town-1", "town-2"}
    assert "c1" not in re.findall(r'"([^"]*)"', result.decode())  # nobody's figures

    rows = list(csv.DictReader(files["csv"].open()))
    assert len(rows) == 6
    one = next(trial for trial in told["trials"] if trial["day"] == rows[0]["day"])
    assert float(rows[0]["gini"]) == one["figures"][rows[0]["policy"]]["gini"]

    root = ElementTree.fromstring(files["svg"].read_text())
    drawn = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "Dari pesan sampai pintu, menit" in drawn
    assert "serentak" in drawn


def test_the_same_days_give_the_same_result_whatever_the_order_of_lines(options: list[str], tmp_path: Path) -> None:
    # days in another order in the file; within a day the order of lines stays, as it settles what is drawn by lot
    turned = write(tmp_path, recorded([town(seed, orders=40, couriers=14) for seed in (2, 1)]))
    chosen = ["--policies", "nearest,fair"]
    names = [ask(*given, *chosen).output.splitlines()[-1] for given in (options, options, turned)]
    assert len(set(names)) == 1
    assert ask(*options, "--policies", "fair,nearest").output.splitlines()[-1] != names[0]


def test_members_try_weights_of_their_own_in_english(options: list[str]) -> None:
    said = ask(*options, "--policies", "nearest", "--weights", "60,10,30,0,0", "--at-once", "3", "--english")
    assert said.exit_code == 0, said.output
    assert "delivered %" in said.output
    assert {line[18:36].strip() for line in said.output.splitlines()[1:-2]} == {"nearest first", "own"}


REFUSED: list[tuple[list[str], type[MarketplaceError], str]] = [
    (["--policies", "nearest,kind"], Invalid, "one of nearest"),
    (["--weights", "50,50"], Invalid, "five percentages"),
    (["--weights", "50,10,10,0,0"], WrongWeights, "7000"),
    (["--cooperative", "x", "--from", "yesterday"], Invalid, "a day"),
    (["--json", "/no/such/folder/result.json"], Invalid, "no folder /no/such/folder"),
]


@pytest.mark.parametrize(("wrong", "error", "words"), REFUSED)
def test_what_is_wrong_is_said(
    options: list[str], wrong: list[str], error: type[MarketplaceError], words: str
) -> None:
    refused = ask(*options, *wrong).exception
    assert isinstance(refused, error)
    assert words in " ".join([str(refused), *(fault.message for fault in refused.faults)])


def test_nothing_to_read_is_said() -> None:
    refused = ask().exception
    assert isinstance(refused, Invalid)
    assert "--cooperative" in refused.faults[0].pesan


#: Which table, its line | where the fault is, what it says.
CELLS = [
    ("orders", "1,o1,r9,0,0,10,20", "orders.2.restaurant_id", "tidak ada restoran r9 hari itu"),
    ("orders", "1,o1,r1,0,0,20,10", "orders.2.ready_min", "siap sebelum dipesan"),
    ("orders", "1,o1,r1,east,0,10,20", "orders.2.dropoff_x_m", "bilangan bulat"),
    ("orders", "1,,r1,0,0,10,20", "orders.2.order_id", "tidak boleh kosong"),
    ("orders", "1,o1,r1,0,0,10,99999", "orders.2.ready_min", "bilangan bulat"),
    ("couriers", "1,c1,0,0,30,30", "couriers.2.off_min", "berakhir setelah mulai"),
    ("restaurants", "1,r1,0,", "restaurants.2.y_m", "bilangan bulat"),
]


@pytest.mark.parametrize(("table", "line", "path", "pesan"), CELLS)
def test_a_wrong_cell_is_named(tmp_path: Path, table: str, line: str, path: str, pesan: str) -> None:
    good = {"orders": ["1,o1,r1,0,0,10,20"], "couriers": ["1,c1,0,0,0,60"], "restaurants": ["1,r1,0,0"]}
    refused = ask(*write(tmp_path, good | {table: [line]})).exception
    assert isinstance(refused, Invalid)
    fault = next(fault for fault in refused.faults if ".".join(fault.path) == path)
    assert pesan in fault.pesan


def test_faults_are_bounded(tmp_path: Path) -> None:
    bad = {"orders": ["1,o,r1,x,y,z,z"] * 500, "couriers": [], "restaurants": ["1,r1,0,0"]}
    refused = ask(*write(tmp_path, bad)).exception
    assert isinstance(refused, Invalid)
    assert len(refused.faults) == 20
