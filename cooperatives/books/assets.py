"""The asset register: what wears out, what each month takes off it, and how it leaves the co-op."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from tortoise.functions import Sum

from cooperatives.books.books import chart_of, hold_book, read_book
from cooperatives.books.chart import AccountRole, Chart
from cooperatives.books.lines import Line as On
from cooperatives.books.lining import Line, VoucherKind
from cooperatives.books.models import AccountingBook, Depreciation, FixedAsset, Voucher, VoucherSource
from cooperatives.books.periods import last_day, month_of, written
from cooperatives.books.texts import fits
from cooperatives.books.vouchers import enter
from cooperatives.books.wearing import Wear
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, FieldFault, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.money import LARGEST_RUPIAH
from marketplace.paging import Page, page_by_id

NAME_LENGTH = 120
LONGEST_LIFE = 600
#: On which lines the three accounts of an asset stand.
ASSET_LINES = frozenset({On.FIXED_ASSETS, On.INTANGIBLE_ASSETS, On.OTHER_ASSETS})
WORN_LINES = frozenset({On.ACCUMULATED_DEPRECIATION, On.INTANGIBLE_ASSETS, On.OTHER_ASSETS})


class NothingToDepreciate(MarketplaceError):
    """Nothing is left to take off in {month}: it was done already, or no asset wears."""

    code = Code.DUPLICATE
    pesan = "Tidak ada penyusutan untuk {month}: sudah dibukukan, atau tidak ada aset yang disusutkan."


class AssetGone(MarketplaceError):
    """This asset left the co-op already, on {day}."""

    code = Code.WRONG_STATE
    pesan = "Aset ini sudah dilepas pada {day}."


async def register_asset(
    actor: Actor,
    *,
    cooperative_id: UUID,
    name: str,
    asset_account_id: UUID,
    accumulated_account_id: UUID,
    expense_account_id: UUID | None = None,
    cost: int,
    residual: int = 0,
    life_months: int,
    in_use_on: date,
    written_off_before: int = 0,
    key: str,
) -> FixedAsset:
    """Write an asset into the register; its purchase is a voucher of its own, or stands in the opening balances.

    `written_off_before` is what was taken off before the books were opened here. Raises Invalid, Forbidden.
    """
    id = new_id()
    asked = [cooperative_id, name, asset_account_id, accumulated_account_id, expense_account_id]
    asked += [cost, residual, life_months, in_use_on, written_off_before]
    async with transaction():
        book = await hold_book(actor, cooperative_id)
        if (earlier := await once(signed_in(actor), "registerAsset", key, asked, id)) is not None:
            return await FixedAsset.get(pk=earlier)
        chart = await chart_of(cooperative_id)
        row = FixedAsset(
            id=id,
            cooperative_id=cooperative_id,
            name=name.strip(),
            asset_account_id=asset_account_id,
            accumulated_account_id=accumulated_account_id,
            expense_account_id=expense_account_id or chart.with_role(AccountRole.DEPRECIATION).id,
            cost=cost,
            residual=residual,
            life_months=life_months,
            in_use_on=in_use_on,
            written_off_before=written_off_before,
            registered_by=signed_in(actor),
        )
        _check(row, chart, book)
        await row.save(force_create=True)
    return row


_ASSETS = "an account of fixed or intangible assets", "akun aset tetap atau aset tak berwujud"
_RESIDUAL = "zero or more, less than the cost", "nol atau lebih, kurang dari harga perolehan"


def _check(row: FixedAsset, chart: Chart, book: AccountingBook) -> None:
    """Raises Invalid with every field that is wrong."""

    def on(id: UUID, lines: frozenset[On]) -> bool:
        account = chart.by_id.get(id)
        return account is not None and account.takes_vouchers and account.line in lines

    expense = chart.by_id.get(row.expense_account_id)
    is_bought_here = row.in_use_on >= book.opened_on
    rules = [
        (fits(row.name, 1, NAME_LENGTH), "name", ("1 to 120 characters", "1 sampai 120 huruf")),
        (on(row.asset_account_id, ASSET_LINES), "assetAccountId", _ASSETS),
        (
            on(row.accumulated_account_id, WORN_LINES),
            "accumulatedAccountId",
            ("an account of accumulated depreciation", "akun akumulasi penyusutan"),
        ),
        (
            expense is not None and expense.takes_vouchers and expense.type == "EXPENSE",
            "expenseAccountId",
            ("an expense account", "akun beban"),
        ),
        (0 < row.cost <= LARGEST_RUPIAH, "cost", ("more than zero rupiah", "lebih dari nol rupiah")),
        (0 <= row.residual < row.cost, "residual", _RESIDUAL),
        (
            1 <= row.life_months <= LONGEST_LIFE,
            "lifeMonths",
            (f"1 to {LONGEST_LIFE} months", f"1 sampai {LONGEST_LIFE} bulan"),
        ),
        (
            0 <= row.written_off_before <= row.cost - row.residual
            and not (is_bought_here and row.written_off_before),
            "writtenOffBefore",
            (
                "zero for what came into use here, else at most cost less residual",
                "nol untuk yang mulai dipakai di sini, selain itu paling banyak harga perolehan dikurangi nilai sisa",
            ),
        ),
    ]
    found = [FieldFault((field,), Code.INVALID, *said) for holds, field, said in rules if not holds]
    if found:
        raise Invalid(faults=found)


def wear_of(row: FixedAsset, book: AccountingBook) -> Wear:
    """How the asset wears, reckoned from the day on which the books were opened."""
    return Wear(row.cost, row.residual, row.life_months, row.in_use_on, book.opened_on, row.written_off_before)


async def _written_off(ids: Sequence[UUID]) -> dict[UUID, int]:
    """What was taken off each asset here."""
    rows = (
        await Depreciation.filter(asset_id__in=list(ids))
        .annotate(total=Sum("amount"))
        .group_by("asset_id")
        .values("asset_id", "total")
    )
    return {UUID(str(row["asset_id"])): int(row["total"]) for row in rows}


async def written_off_by_asset(ids: Sequence[UUID]) -> dict[UUID, int]:
    """What was taken off each asset here; zero for those that nothing was taken off. One statement."""
    return dict.fromkeys(ids, 0) | await _written_off(ids)


async def depreciate(actor: Actor, *, cooperative_id: UUID, month: date, key: str) -> Voucher:
    """Book what the month (and months left out before it) takes off all assets, as one memorial at its end.

    Raises NothingToDepreciate, MonthLocked, Invalid (the month has not ended), Forbidden.
    """
    month, id = month_of(month), new_id()
    async with transaction():
        book = await hold_book(actor, cooperative_id)
        asked = {"book": cooperative_id, "month": month}
        if (earlier := await once(signed_in(actor), "depreciate", key, asked, id)) is not None:
            return await Voucher.get(pk=earlier)
        assets = await FixedAsset.filter(cooperative_id=cooperative_id, disposed_on__isnull=True).order_by("id")
        done = await _written_off([row.pk for row in assets])
        parts = [(row, wear_of(row, book).until(month) - done.get(row.pk, 0)) for row in assets]
        parts = [(row, amount) for row, amount in parts if amount > 0]
        told = written(last_day(month), "id").split(" ", 1)[1]
        if not parts:
            raise NothingToDepreciate(month=told)
        voucher = Voucher(
            id=id,
            cooperative_id=cooperative_id,
            kind=VoucherKind.MEMORIAL,
            source=VoucherSource.DEPRECIATION,
            booked_on=last_day(month),
            description=f"Penyusutan {told}",
            proposed_by=signed_in(actor),
        )
        await enter(book, await chart_of(cooperative_id), voucher, _lines(parts))
        await Depreciation.bulk_create(
            [
                Depreciation(asset_id=row.pk, month=month, amount=amount, voucher_id=voucher.pk)
                for row, amount in parts
            ]
        )
    return voucher


def _lines(parts: Sequence[tuple[FixedAsset, int]]) -> list[Line]:
    """Expenses debited, accumulated depreciation credited, an account once."""
    debits: dict[UUID, int] = {}
    credits: dict[UUID, int] = {}
    for row, amount in parts:
        debits[row.expense_account_id] = debits.get(row.expense_account_id, 0) + amount
        credits[row.accumulated_account_id] = credits.get(row.accumulated_account_id, 0) + amount
    lines = [Line(id, debit=amount) for id, amount in debits.items()]
    return lines + [Line(id, credit=amount) for id, amount in credits.items()]


async def dispose_asset(
    actor: Actor,
    *,
    asset_id: UUID,
    disposed_on: date,
    proceeds: int = 0,
    cash_account_id: UUID | None = None,
    key: str,
) -> FixedAsset:
    """The asset is sold or scrapped: its cost and what was taken off it leave the books, the rest is gain or loss.

    Book its depreciation until then first. Raises NotFound, Invalid, AssetGone, MonthLocked, Forbidden.
    """
    seen = await FixedAsset.get_or_none(pk=asset_id)
    if seen is None:
        raise NotFound("asset")
    if proceeds < 0 or (proceeds > 0) != (cash_account_id is not None):
        raise Invalid.field("proceeds", Code.INVALID, "money, and where it went", "uang dan akun penerimanya")
    async with transaction():
        book = await hold_book(actor, seen.cooperative_id)
        asked = [asset_id, disposed_on, proceeds, cash_account_id]
        row = await locked_one(FixedAsset, asset_id)
        assert row is not None  # never removed
        if await once(signed_in(actor), "disposeAsset", key, asked, asset_id) is not None:
            return row
        if row.disposed_on is not None:
            raise AssetGone(day=row.disposed_on)
        chart = await chart_of(book.pk)
        worn = row.written_off_before + (await _written_off([asset_id])).get(asset_id, 0)
        voucher = Voucher(
            cooperative_id=book.pk,
            kind=VoucherKind.CASH_IN if proceeds else VoucherKind.MEMORIAL,
            source=VoucherSource.ASSET_DISPOSAL,
            booked_on=disposed_on,
            description=f"Pelepasan aset: {row.name}"[:300],
            proposed_by=signed_in(actor),
        )
        await enter(book, chart, voucher, _leaving(row, chart, worn, proceeds, cash_account_id))
        row.disposed_on, row.disposal_voucher_id = disposed_on, voucher.pk
        await row.save(update_fields=["disposed_on", "disposal_voucher_id"])
    return row


def _leaving(row: FixedAsset, chart: Chart, worn: int, proceeds: int, cash_id: UUID | None) -> list[Line]:
    lines = [Line(row.asset_account_id, credit=row.cost)]
    if worn:
        lines.append(Line(row.accumulated_account_id, debit=worn))
    if cash_id is not None:
        lines.append(Line(cash_id, debit=proceeds))
    result = proceeds + worn - row.cost
    if result > 0:
        lines.append(Line(chart.with_role(AccountRole.DISPOSAL_GAIN).id, credit=result))
    elif result < 0:
        lines.append(Line(chart.with_role(AccountRole.DISPOSAL_LOSS).id, debit=-result))
    return lines


async def list_assets(actor: Actor, cooperative_id: UUID, *, first: int, after: str | None) -> Page[FixedAsset]:
    """The register, oldest first, for those who may read the book."""
    await read_book(actor, cooperative_id)
    found = FixedAsset.filter(cooperative_id=cooperative_id)
    return await page_by_id(found, first=first, after=after, newest_first=False)
