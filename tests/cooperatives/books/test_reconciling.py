"""A bank statement beside the book: what is sure is matched, the rest is listed, matched by hand, or booked."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cooperatives.books import bank_statements, matched, reconciling
from cooperatives.books.lining import VoucherKind
from cooperatives.books.models import BankLine, BankMatch, MatchedEntry, VoucherState
from cooperatives.books.voucher_posting import POSTED
from marketplace import checks, clock
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Actor, Forbidden, Grant, Role
from marketplace.identity.models import AuditEntry
from marketplace.settings import Settings
from tests.cooperatives.books.desk import NOON, Desk, desk
from tests.cooperatives.books.test_statement_files import BRI

pytestmark = pytest.mark.anyio
IN, OUT = VoucherKind.CASH_IN, VoucherKind.CASH_OUT
END = date(2026, 11, 20)
STATEMENT = """Tanggal;Uraian Transaksi;Teller;Debet;Kredit;Saldo
02/11/26;SETOR KAS REF 881234;0001;0,00;1.500.000,00;11.500.000,00
03/11/26;IURAN KOLEKTIF;0001;0,00;700.000,00;12.200.000,00
05/11/26;BIAYA ADM;0001;15.000,00;0,00;12.185.000,00
06/11/26;TARIK;0001;250.000,00;0,00;11.935.000,00
06/11/26;TARIK;0001;250.000,00;0,00;11.685.000,00
Saldo Awal;10.000.000,00
Saldo Akhir;11.685.000,00
"""


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    clock.use(lambda: NOON)
    yield
    clock.use(None)


async def take(at: Desk, text: str = STATEMENT, **more: object) -> bank_statements.Imported:
    wanted: dict[str, object] = {"account_id": at.account("1-1201"), "is_dry_run": False, **more}
    return await bank_statements.import_statement(at.treasurer, text.encode(), **wanted)  # type: ignore[arg-type]


async def booked(at: Desk) -> None:
    """What the co-op has booked on its own."""
    await at.book(date(2026, 10, 30), {"1-1201": 4_000_000}, {"3-1101": 4_000_000}, kind=IN)
    await at.book(date(2026, 10, 30), {"1-1201": 4_000_000}, {"3-1102": 4_000_000}, kind=IN)
    await at.book(date(2026, 10, 31), {"1-1201": 2_000_000}, {"3-1102": 2_000_000}, kind=IN)
    await at.book(date(2026, 10, 31), {"1-1101": 2_000_000}, {"4-1101": 2_000_000}, kind=IN)
    await at.book(date(2026, 11, 1), {"1-1201": 1_500_000}, {"1-1101": 1_500_000}, kind=OUT, reference="88-1234")
    await at.book(date(2026, 11, 3), {"1-1201": 400_000}, {"4-1101": 400_000}, kind=IN)
    await at.book(date(2026, 11, 3), {"1-1201": 300_000}, {"4-1101": 300_000}, kind=IN)
    await at.book(date(2026, 11, 6), {"1-1101": 250_000}, {"1-1201": 250_000}, kind=IN)
    await at.book(date(2026, 11, 6), {"1-1101": 250_000}, {"1-1201": 250_000}, kind=IN)
    await at.book(date(2026, 11, 19), {"6-1105": 90_000}, {"1-1201": 90_000}, kind=OUT)


async def test_a_month_at_the_bank_is_reconciled(db: Settings) -> None:
    at = await desk()
    await booked(at)
    bank = at.account("1-1201")
    dry = await take(at, is_dry_run=True)
    assert (dry.added, dry.statement, await BankLine.all().count()) == (5, None, 0)
    done = await take(at)
    assert (done.added, done.matched) == (5, 1)  # the deposit, by its reference; two alike are not sure
    again = await take(at)
    assert (again.added, again.known, again.matched) == (0, 5, 0)
    overlapping = await take(at, STATEMENT.replace("Saldo Awal;10.000.000,00\n", ""))
    assert (overlapping.added, overlapping.known) == (0, 5)

    seen = await reconciling.reconciliation(at.treasurer, bank, END)
    assert (seen.bank_balance, seen.book_balance) == (11_685_000, 11_610_000)
    assert [one.line.amount for one in seen.lines] == [700_000, -15_000, -250_000, -250_000]
    assert [entry.debit - entry.credit for entry in seen.entries] == [400_000, 300_000, -250_000, -250_000, -90_000]
    assert seen.unexplained == 0
    collective, fee, first, second = [one.line for one in seen.lines]
    assert [len(one.suggestions) for one in seen.lines] == [0, 0, 2, 2]

    parts = [(POSTED, entry.cause_id) for entry in seen.entries]
    with pytest.raises(reconciling.NotTheSameMoney):
        await reconciling.match_lines(
            at.treasurer, account_id=bank, line_ids=[collective.pk], causes=parts[:1], key="a"
        )
    match = await reconciling.match_lines(
        at.treasurer, account_id=bank, line_ids=[collective.pk], causes=parts[:2], key="a"
    )
    assert match.amount == 700_000
    with pytest.raises(reconciling.AlreadyMatched):
        await reconciling.match_lines(at.treasurer, account_id=bank, line_ids=[first.pk], causes=parts[:1], key="b")
    for line, cause in ((first, parts[2]), (second, parts[3])):
        await reconciling.match_lines(at.chair, account_id=bank, line_ids=[line.pk], causes=[cause], key=str(line.pk))
    voucher = await reconciling.book_line(
        at.treasurer, line_id=fee.pk, account_id=at.account("7-1101"), description="Biaya administrasi", key="c"
    )
    assert (voucher.state, voucher.number) == (VoucherState.POSTED, "BKK/2026/11/0003")
    with pytest.raises(reconciling.AlreadyMatched):
        await reconciling.book_line(
            at.treasurer, line_id=fee.pk, account_id=at.account("7-1101"), description="Lagi", key="d"
        )
    left = await reconciling.reconciliation(at.treasurer, bank, END)
    assert ([one.line for one in left.lines], [entry.credit for entry in left.entries]) == ([], [90_000])
    assert (left.unexplained, left.is_reconciled) == (0, False)
    early = await reconciling.reconciliation(at.treasurer, bank, date(2026, 11, 6))
    assert early.is_reconciled
    assert [found async for found in checks.findings()] == []

    shown = await matched.matched_lines(at.treasurer, bank, first=20, after=None)
    assert collective.pk in [line.pk for line in shown.rows]
    with pytest.raises(Invalid):
        await matched.unmatch(at.treasurer, line_id=collective.pk, reason="  x ")
    for _ in range(2):
        await matched.unmatch(at.treasurer, line_id=collective.pk, reason="Bukan pembelian ini")
    noted = await AuditEntry.get(action="bank_match.undone")
    assert noted.detail == {"amount": 700_000, "reason": "Bukan pembelian ini"}
    assert await MatchedEntry.filter(match_id=match.pk).count() == await BankMatch.filter(pk=match.pk).count() == 0
    freed = await reconciling.reconciliation(at.treasurer, bank, END)
    assert [one.line.amount for one in freed.lines] == [700_000]


async def test_a_refused_file_leaves_nothing_behind(db: Settings) -> None:
    at = await desk()
    wrong = await take(at, STATEMENT.replace("Saldo Akhir;11.685.000,00", "Saldo Akhir;1"))
    assert (len(wrong.file.refusals), wrong.statement) == (1, None)
    with pytest.raises(bank_statements.StatementUnreadable):
        await take(at, "apa,ini\n1,2\n")
    with pytest.raises(bank_statements.StatementUnreadable):
        await take(at, form="dollar")
    with pytest.raises(Invalid):
        await take(at, account_id=at.account("6-1101"))
    assert await BankLine.all().count() == 0


async def test_only_officers_of_the_co_op(db: Settings, tmp_path: Path) -> None:
    at, other = await desk(), await desk(code="DRV")
    await take(at)
    line = await BankLine.all().first()
    assert line is not None
    watching = Actor(account_id=other.chair.account_id, grants=frozenset({Grant(Role.SUPERVISOR, at.id)}))
    bank = at.account("1-1201")
    for actor, refusal in ((other.treasurer, NotFound), (watching, Forbidden)):
        with pytest.raises(refusal):
            await bank_statements.import_statement(actor, BRI.encode(), account_id=bank, is_dry_run=False)
        with pytest.raises(refusal):
            await matched.unmatch(actor, line_id=line.pk)
        with pytest.raises(refusal):
            await reconciling.match_lines(
                actor, account_id=bank, line_ids=[line.pk], causes=[(POSTED, line.pk)], key="x"
            )
        with pytest.raises(refusal):
            await reconciling.book_line(
                actor, line_id=line.pk, account_id=at.account("7-1101"), description="x", key="x"
            )
    with pytest.raises(NotFound):
        await reconciling.reconciliation(other.treasurer, bank, END)
    assert (await reconciling.reconciliation(watching, bank, END)).bank_balance == 11_685_000
