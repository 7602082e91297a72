"""`lumbung check-books` is silent on good books and names what is broken in bad ones."""

from uuid import UUID, uuid4

import pytest

from catalog.models import Variant
from cooperatives import ledger
from cooperatives.ledger import chain
from cooperatives.ledger.models import LedgerAccount
from cooperatives.ledger.service import AccountRef, Cause, Entry, Purpose, post
from cooperatives.settlements.models import (
    CaseKind,
    CaseState,
    SettlementAccount,
    SettlementCase,
    SettlementPayment,
    SettlementWindow,
)
from marketplace import checks, clock
from marketplace.database import connection, is_postgres, transaction
from marketplace.settings import Settings
from tests.cooperatives.settlements.test_settling import OPERATOR, coops, do, record_vector

__all__ = ["coops"]
pytestmark = pytest.mark.anyio

BOOK = UUID(int=1)


async def broken() -> set[str]:
    """The numbers of the rules that don't hold."""
    return {found.rule[0] for found in [f async for f in checks.findings()]}


@pytest.fixture
async def window_id(db: Settings, coops: object) -> str:
    return await record_vector(db, coops)  # type: ignore[arg-type]  # a fixture's value


async def test_an_empty_node_is_clean(db: Settings) -> None:
    assert [f async for f in checks.findings()] == []
    assert Variant._meta.db_table == "variant"


async def test_good_books_are_clean_at_every_step(db: Settings, window_id: str) -> None:
    assert await broken() == set()
    await chain.seal_books()
    assert await broken() == set()
    await do(db, OPERATOR, "closeWindow", windowId=window_id)
    await chain.seal_books()
    assert await broken() == set()


async def _without_guards(*statements: str) -> None:
    """As someone would who holds the database."""
    for statement in statements:
        if is_postgres():
            table = statement.split()[1] if statement.startswith("UPDATE") else statement.split()[2]
            await connection().execute_script(
                f"ALTER TABLE {table} DISABLE TRIGGER ALL; {statement}; ALTER TABLE {table} ENABLE TRIGGER ALL;"
            )
        else:
            for guard in ("transfer_no_update", "transfer_no_delete", "chain_no_delete", "transfer_check"):
                await connection().execute_script(f"DROP TRIGGER IF EXISTS ledger_{guard};")
            await connection().execute_script(statement)
    await ledger.install()


@pytest.mark.parametrize(
    ("statement", "rules"),
    [
        ("UPDATE ledger_account SET debits_posted = debits_posted + 1 WHERE purpose = 'DUE_FROM'", {"1", "2"}),
        ("UPDATE ledger_account SET floor = 1000000000 WHERE purpose = 'DUE_TO'", {"1"}),
        ("UPDATE ledger_transfer SET amount = amount + 1", {"1", "8"}),
        ("UPDATE ledger_transfer SET cause_kind = ''", {"8"}),
        ("DELETE FROM ledger_chain", {"8"}),
        ("UPDATE settlement_obligation SET amount = amount + 1 WHERE amount = 12500000", {"2"}),
    ],
)
async def test_what_is_broken_is_named(db: Settings, window_id: str, statement: str, rules: set[str]) -> None:
    await chain.seal_books()
    await _without_guards(statement)
    assert await broken() == rules


async def test_a_plan_that_does_not_clear_is_named(db: Settings, window_id: str) -> None:
    await do(db, OPERATOR, "closeWindow", windowId=window_id)
    first = await SettlementPayment.all().order_by("id").first()
    assert first is not None
    await SettlementPayment.filter(id=first.id).update(amount=first.amount + 1)
    assert await broken() == {"6"}
    window = await SettlementWindow.get(id=first.window_id)
    assert window.state == "PENDING_SETTLEMENT"


async def test_an_account_that_one_officer_alone_put_in_force_is_named(db: Settings) -> None:
    one = {"cooperative_id": BOOK, "institution": "bri", "number": "12345", "holder": "Koperasi", "proposed_by": BOOK}
    row = await SettlementAccount.create(**one, confirmed_by=UUID(int=2), confirmed_at=clock.now())
    assert await broken() == set()
    await SettlementAccount.filter(id=row.id).update(confirmed_by=BOOK)
    assert await broken() == {"6"}


async def test_a_case_resolved_by_nobody_is_named(db: Settings) -> None:
    await SettlementCase.create(
        window_id=BOOK,
        cooperative_id=BOOK,
        counterparty_id=UUID(int=2),
        kind=CaseKind.FEE,
        line_kind="settlement_payment",
        line_id=BOOK,
        opened_by=BOOK,
    )
    assert await broken() == set()
    await SettlementCase.all().update(state=CaseState.RESOLVED)
    assert await broken() == {"6"}


async def test_one_sided_dues_are_named(db: Settings) -> None:
    due, cash = AccountRef(BOOK, Purpose.DUE_TO, UUID(int=2)), AccountRef(BOOK, Purpose.CASH)
    async with transaction():
        await post([Entry(cash, due, 5, "loan")], cause=Cause("test", uuid4()))
    assert await broken() == {"2"}
    assert await LedgerAccount.all().count() == 2


async def test_a_missing_guard_is_named(db: Settings) -> None:
    if is_postgres():
        await connection().execute_script("DROP TRIGGER ledger_transfer_keep ON ledger_transfer")
    else:
        await connection().execute_script("DROP TRIGGER ledger_transfer_no_update")
    assert await broken() == {"8"}
