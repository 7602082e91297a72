"""How a voucher reaches the ledger: numbered in its month's series, then posted as one compound."""

from collections.abc import Sequence
from uuid import UUID

from cooperatives.books.chart import Chart
from cooperatives.books.lining import Line, pairs
from cooperatives.books.models import (
    AccountingBook,
    Depreciation,
    FixedAsset,
    Voucher,
    VoucherLine,
    VoucherSource,
    VoucherState,
)
from cooperatives.books.periods import add_months, month_of
from cooperatives.ledger.service import Cause, Compound, Entry, Outcome, post_batch
from marketplace import clock

#: The cause under which a voucher stands in the ledger.
POSTED = "voucher.posted"
DESCRIPTION_LENGTH = 300


async def write_lines(voucher_id: UUID, lines: Sequence[Line]) -> None:
    """Keep a voucher's lines, in their order."""
    await VoucherLine.bulk_create(
        [
            VoucherLine(
                voucher_id=voucher_id,
                ordinal=ordinal,
                account_id=line.account_id,
                debit=line.debit,
                credit=line.credit,
                memo=line.memo.strip(),
            )
            for ordinal, line in enumerate(lines)
        ]
    )


def mirrored(lines: Sequence[Line]) -> list[Line]:
    """Debits as credits and the reverse."""
    return [Line(line.account_id, debit=line.credit, credit=line.debit, memo=line.memo) for line in lines]


async def post_voucher(book: AccountingBook, chart: Chart, voucher: Voucher, lines: Sequence[Line]) -> None:
    """Number the voucher and post it; an accrual with what takes it back. Book locked, all checked."""
    posted = [(voucher, lines)]
    if voucher.is_reversed_next_month:
        taking_back = Voucher(
            cooperative_id=voucher.cooperative_id,
            kind=voucher.kind,
            source=VoucherSource.ACCRUAL_REVERSAL,
            booked_on=add_months(month_of(voucher.booked_on), 1),
            description=f"Pembalikan akrual: {voucher.description}"[:DESCRIPTION_LENGTH],
            party=voucher.party,
            total=voucher.total,
            reverses_id=voucher.pk,
            proposed_by=voucher.proposed_by,
            approved_by=voucher.approved_by,
            second_approved_by=voucher.second_approved_by,
        )
        back = mirrored(lines)
        await taking_back.save(force_create=True)
        await write_lines(taking_back.pk, back)
        posted.append((taking_back, back))
    if voucher.reverses_id is not None:
        await undo(voucher.reverses_id)
    for one, _ in posted:
        await _number(one)
        one.state, one.posted_at = VoucherState.POSTED, clock.now()
        await one.save()
    await _post(chart, posted)


async def undo(voucher_id: UUID) -> None:
    """What a voucher did to the asset register did not happen: it was refused or taken back."""
    await Depreciation.filter(voucher_id=voucher_id).delete()
    await FixedAsset.filter(disposal_voucher_id=voucher_id).update(disposed_on=None, disposal_voucher_id=None)


async def _number(voucher: Voucher) -> None:
    """The next number of its kind in its month; the book's lock keeps two from taking the same."""
    series = f"{voucher.kind.prefix}/{voucher.booked_on:%Y/%m}/"
    last = (
        await Voucher.filter(cooperative_id=voucher.cooperative_id, number__startswith=series)
        .order_by("-sequence")
        .first()
    )
    voucher.sequence = (last.sequence or 0) + 1 if last else 1
    voucher.number = f"{series}{voucher.sequence:04}"


async def _post(chart: Chart, vouchers: Sequence[tuple[Voucher, Sequence[Line]]]) -> None:
    compounds = []
    for voucher, lines in vouchers:
        refs = {line.account_id: chart.by_id[line.account_id].ref(voucher.cooperative_id) for line in lines}
        entries = tuple(
            Entry(refs[pair.debit], refs[pair.credit], pair.amount, f"voucher.{voucher.kind.lower()}")
            for pair in pairs(lines, chart.by_id)
        )
        compounds.append(Compound(Cause(POSTED, voucher.pk), entries))
    for result in await post_batch(compounds):
        if result.outcome is not Outcome.POSTED:  # no account of a voucher has a limit, and its id is new
            raise RuntimeError(f"a voucher was not posted: {result}")
