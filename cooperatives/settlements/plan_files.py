"""Payments as a file that a bank takes: CSV by a template a bank (banks/*.toml). Pure.

A template is lines of words with `$` names in them; a node may keep templates of its own beside those that ship
(`LUMBUNG_FOLDER/payment-banks/*.toml`).
"""

import csv
import io
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

#: Letters, digits and the signs that ISO 20022 and SKN allow in names, but for the comma, which splits a CSV.
_STRANGE = re.compile(r"[^A-Za-z0-9 .()/'+:-]")
_WHOLE = ("count", "total", "day_iso", "day_compact", "own_number", "own_holder")
_EACH = ("line", "number", "holder", "bank_name", "clearing_code", "bic", "amount", "reference", "service")


class UnknownTemplate(ValueError):
    """No template of this name, or one that can't be read."""


@dataclass(frozen=True, slots=True)
class Institution:
    """A bank: how people, Bank Indonesia's clearing and SWIFT call it."""

    code: str
    name: str
    clearing_code: str
    bic: str


@dataclass(frozen=True, slots=True)
class Account:
    """A bank account: digits, and whose it is."""

    institution: Institution
    number: str
    holder: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """One payment of the plan. `amount` in whole rupiah."""

    to: Account
    amount: int
    reference: str


@dataclass(frozen=True, slots=True)
class Order:
    """What one co-op's bank is to carry out on a day."""

    day: date
    own: Account
    transfers: tuple[Transfer, ...]

    @property
    def total(self) -> int:
        return sum(transfer.amount for transfer in self.transfers)


@dataclass(frozen=True, slots=True)
class BankTemplate:
    """How one bank takes payments. `within` and `other`: its words for an own and another bank's account."""

    name: str
    title: str
    delimiter: str
    head: tuple[str, ...]
    row: tuple[str, ...]
    within: str = ""
    other: str = ""


@cache
def institutions() -> Mapping[str, Institution]:
    """The banks that can be named, by their short codes."""
    text = files("cooperatives.settlements").joinpath("institutions.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text))
    return {row["code"]: Institution(row["code"], row["name"], row["clearing_code"], row["bic"]) for row in rows}


def template_of(name: str, text: str) -> BankTemplate:
    """A template from its TOML. Raises UnknownTemplate when it is none."""
    try:
        found: dict[str, Any] = tomllib.loads(text)
        made = BankTemplate(
            name,
            found["title"],
            found.get("delimiter", ","),
            tuple(found["head"]),
            tuple(found["row"]),
            found.get("within", ""),
            found.get("other", ""),
        )
        for line in made.head:
            Template(line).substitute(dict.fromkeys(_WHOLE, ""))
        for line in made.row:
            Template(line).substitute(dict.fromkeys((*_WHOLE, *_EACH), ""))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError, ValueError) as cause:
        raise UnknownTemplate(f"{name}: {cause}") from cause
    return made


@cache
def shipped() -> Mapping[str, BankTemplate]:
    """The templates that ship, by name."""
    folder = files("cooperatives.settlements").joinpath("banks")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return {
        name.removesuffix(".toml"): template_of(
            name.removesuffix(".toml"), folder.joinpath(name).read_text(encoding="utf-8")
        )
        for name in names
    }


def template(name: str, folder: Path | None) -> BankTemplate:
    """The node's own template of this name, or the one that ships. Raises UnknownTemplate."""
    if not re.fullmatch(r"[a-z0-9-]{2,20}", name):
        raise UnknownTemplate(name)
    own = folder / "payment-banks" / f"{name}.toml" if folder is not None else None
    if own is not None and own.is_file():
        return template_of(name, own.read_text(encoding="utf-8"))
    if name not in shipped():
        raise UnknownTemplate(name)
    return shipped()[name]


def plain(text: str) -> str:
    """Words in the signs that banks take: no accents, no control signs, nothing that a spreadsheet would run."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"\s+", " ", _STRANGE.sub(" ", bare)).strip(" +-:'/")


def write_csv(order: Order, form: BankTemplate) -> bytes:
    """The order as the bank's CSV."""
    whole = {
        "count": str(len(order.transfers)),
        "total": str(order.total),
        "day_iso": order.day.isoformat(),
        "day_compact": order.day.strftime("%Y%m%d"),
        "own_number": order.own.number,
        "own_holder": plain(order.own.holder),
    }
    target = io.StringIO()
    for line in form.head:
        target.write(Template(line).substitute(whole) + "\r\n")
    writer = csv.writer(target, delimiter=form.delimiter, lineterminator="\r\n")
    for number, transfer in enumerate(order.transfers, start=1):
        values = whole | _values(number, transfer, order.own, form)
        writer.writerow([Template(cell).substitute(values) for cell in form.row])
    return target.getvalue().encode("ascii", "replace")


def _values(line: int, transfer: Transfer, own: Account, form: BankTemplate) -> dict[str, str]:
    bank = transfer.to.institution
    return {
        "line": str(line),
        "number": transfer.to.number,
        "holder": plain(transfer.to.holder),
        "bank_name": plain(bank.name),
        "clearing_code": bank.clearing_code,
        "bic": bank.bic,
        "amount": str(transfer.amount),
        "reference": transfer.reference,
        "service": form.within if bank.code == own.institution.code else form.other,
    }
