"""No person is shown a key: what refusals name by its key has its words in both languages."""

import ast
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

import pytest

from cooperatives.governance.lifecycle import MotionKind
from cooperatives.loans.lifecycle import LoanState, LoanWrongState
from cooperatives.surplus.pools import Pool
from marketplace import app, vocabulary
from marketplace.deliveries.courier.models import ProofKind, Remedy
from marketplace.deliveries.models import VehicleKind
from marketplace.errors import NotFound
from marketplace.identity.actor import Actor, Forbidden, Role, require
from marketplace.orders.lifecycle import Side
from marketplace.payments.gateway import PaymentChannel

ROOT = Path(__file__).parents[2]
FOLDERS = ("catalog", "cooperatives", "marketplace", "schema", "search")


def enums(of: type[StrEnum] = StrEnum) -> Iterator[type[StrEnum]]:
    for one in of.__subclasses__():
        yield one
        yield from enums(one)


def test_every_state_has_words() -> None:
    assert app  # all of the product is imported with it
    ours = [one for one in enums() if one.__module__.split(".")[0] in FOLDERS]
    states = [one for one in ours if one.__name__.endswith("State")]
    assert len(states) > 40
    members = {member.value for one in states for member in one}
    assert members - set(vocabulary.STATES) == set()
    assert set(vocabulary.STATES) - members == set()  # nor does one stand there that is none any more


@pytest.mark.parametrize(
    ("enum", "words"),
    [
        (MotionKind, vocabulary.MOTIONS),
        (Pool, vocabulary.POOLS),
        (VehicleKind, vocabulary.VEHICLES),
        (Remedy, vocabulary.REMEDIES),
        (ProofKind, vocabulary.PROOFS),
    ],
)
def test_every_member_has_words(enum: type[StrEnum], words: dict[str, vocabulary.Words]) -> None:
    assert {member.value for member in enum} == set(words)


def test_every_channel_has_words() -> None:
    assert {member.value for member in PaymentChannel} | {""} == set(vocabulary.CHANNELS)


def test_every_role_and_side_has_words() -> None:
    assert {one.lower() for one in [*Role, *Side]} - set(vocabulary.PEOPLE) == set()


def texts_given(name: str, keyword: str = "") -> Iterator[str]:
    """The texts that calls of this name are given in the code: the first argument, or the one of this keyword."""
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py") if "node_modules" not in path.parts]
    for call in (node for path in files for node in ast.walk(ast.parse(path.read_text()))):
        if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] == name:
            given = [one.value for one in call.keywords if one.arg == keyword] if keyword else call.args[:1]
            yield from (one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str))


def test_every_noun_that_is_not_found_has_words() -> None:
    hidden = [*texts_given("require", "hide"), *texts_given("require_reader", "hide")]
    nouns = {*texts_given("NotFound"), *hidden}
    assert len(nouns) > 80
    assert nouns - set(vocabulary.NOUNS) == set()


def test_everyone_whom_something_needs_has_words() -> None:
    needed = {one for text in texts_given("Forbidden", "needs") for one in text.split(" / ")}
    assert len(needed) > 5
    assert needed - set(vocabulary.PEOPLE) == set()


@pytest.mark.parametrize("words", list(vocabulary.TABLES.values()))
def test_words_are_words(words: dict[str, vocabulary.Words]) -> None:
    for indonesian, english in words.values():
        for text in (indonesian, english):
            assert text.strip() == text != ""
            assert "_" not in text
            assert not text.isupper() or text == "QRIS"


def test_a_person_reads_words() -> None:
    wrong = LoanWrongState(state=LoanState.WRITTEN_OFF.value)
    assert wrong.message("id") == "Pinjaman ini berstatus dihapusbukukan: tidak bisa dilakukan."
    assert wrong.message("en") == "This loan is written off: that can't be done with it."
    assert NotFound("loan product").message("id").startswith("Produk pinjaman tidak ditemukan")
    assert NotFound("cooperative").message("en") == "There is no such co-operative, or you may not see it."
    with pytest.raises(Forbidden) as refused:
        require(Actor(account_id=uuid4()), Role.CHAIR, Role.UNIT_MANAGER)
    assert refused.value.message("id") == "Anda tidak berhak melakukan ini: perlu ketua / pengelola unit."
