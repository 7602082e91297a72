"""What is withheld from sellers, who is free of it, and that it is posted once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.books import books
from cooperatives.books.files import wish
from cooperatives.ledger.service import AccountRef, Purpose, balance
from marketplace import checks, clock
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Actor, Grant, Role
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.settings import Settings
from marketplace.taxes import papers, service
from marketplace.taxes.due import Terms, withheld
from tests.deliveries import stage

TERMS = Terms(share_bp=50, free_yearly=500_000_000)
SINCE = date(2025, 7, 14)


@pytest.mark.parametrize(
    ("gross", "before", "is_declared", "tax"),
    [
        (10_000_000, 0, False, 50_000),
        (10_000_000, 0, True, 0),
        (10_000_000, 495_000_000, True, 25_000),
        (10_000_000, 600_000_000, True, 50_000),
        (199, 0, False, 0),
        (200, 0, False, 1),
        (0, 0, False, 0),
    ],
)
def test_what_a_month_withholds(gross: int, before: int, is_declared: bool, tax: int) -> None:
    assert withheld(gross, before, is_declared=is_declared, terms=TERMS) == tax


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=12))
def test_over_a_year_only_what_is_above_the_free_part_is_taxed(months: list[int]) -> None:
    before = tax = 0
    for gross in months:
        tax += withheld(gross, before, is_declared=True, terms=TERMS)
        before += gross
    due = max(0, before - TERMS.free_yearly) * 50 // 10_000
    assert due - len(months) <= tax <= due


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    clock.use(lambda: datetime(2026, 11, 25, 3, tzinfo=UTC))
    yield
    clock.use(None)


async def sold(shop: object, day: date, goods: int, refunded: int = 0) -> None:
    order = await stage.sub_order(shop, await stage.account("Ani"), method=PaymentMethod.ONLINE)  # type: ignore[arg-type]
    at = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    await SubOrder.filter(pk=order.pk).update(delivered_at=at, goods=goods, packing=0, refunded=refunded)


@pytest.mark.anyio
async def test_a_month_is_reported_withheld_and_printed(db: Settings) -> None:
    coop = await stage.cooperative("FOD")
    treasurer = await stage.officer(coop, Role.TREASURER)
    await books.open_books(treasurer, cooperative_id=coop.pk, opened_on=date(2026, 1, 1), key="o")
    large, _ = await stage.seller(coop, "Warung Besar")
    small, _ = await stage.seller(coop, "Warung Kecil")
    owner = Actor(account_id=uuid4(), grants=frozenset({Grant(Role.SELLER_OWNER, seller_id=small.pk)}))
    await sold(large, date(2026, 9, 3), 7_000_000)
    await sold(large, date(2026, 10, 3), 4_000_000)
    await sold(large, date(2026, 10, 31), 2_000_000, refunded=500_000)
    await sold(small, date(2026, 10, 9), 3_000_000)
    clock.use(lambda: datetime(2026, 10, 1, 3, tzinfo=UTC))
    declared = await service.declare_turnover(owner, cooperative_id=coop.pk, seller_id=small.pk, year=2026)
    assert declared.year == 2026
    clock.use(lambda: datetime(2026, 11, 25, 3, tzinfo=UTC))

    october = date(2026, 10, 1)
    found = await service.month_of_sellers(treasurer, coop.pk, date(2026, 10, 15))
    assert [(line.name, line.gross, line.before, line.is_declared, line.tax) for line in found.lines] == [
        ("Warung Besar", 5_500_000, 7_000_000, False, 27_500),
        ("Warung Kecil", 3_000_000, 0, True, 0),
    ]
    asked = {"cooperative_id": coop.pk, "month": october, "designated_since": SINCE}
    for wrong, refusal in (
        ({"designated_since": None}, service.NotDesignated),
        ({"designated_since": date(2026, 11, 1)}, service.NotDesignated),
        ({"month": date(2026, 11, 1)}, service.MonthGoesOn),
    ):
        with pytest.raises(refusal):
            await service.withhold(treasurer, key="w", **{**asked, **wrong})  # type: ignore[arg-type]
    for key in ("w", "w", "x"):
        done = await service.withhold(treasurer, key=key, **asked)  # type: ignore[arg-type]
        assert (done.is_withheld, done.tax) == (True, 27_500)
    payable = await balance(AccountRef(coop.pk, Purpose.SELLER_PAYABLE, large.pk))
    owed = (await books.chart_of(coop.pk)).by_number["2-1404"].ref(coop.pk)
    assert (payable.debits_posted, (await balance(owed)).amount) == (27_500, 27_500)
    broken = [one async for one in checks.findings() if one.rule.startswith(("1", "8", "9"))]
    assert broken == []

    told = papers.report(done, "id")
    assert [row.cells[-1] for row in told.rows] == [27_500, 0, 27_500]
    slips = await papers.invoices(treasurer, done, coop.pk, "id")
    assert [slip.rows[-1].cells[-1] for slip in slips] == [27_500, 0]
    assert len(slips[0].rows) == 4
    assert (await wish(treasurer, coop.pk, first=None, last=None)).last == date(2026, 11, 25)


@pytest.mark.anyio
async def test_a_declaration_is_the_sellers_or_an_officers_and_ends(db: Settings) -> None:
    coop, other = await stage.cooperative("FOD"), await stage.cooperative("MKT")
    treasurer, stranger = await stage.officer(coop, Role.TREASURER), await stage.officer(other, Role.TREASURER)
    await books.open_books(treasurer, cooperative_id=coop.pk, opened_on=date(2026, 1, 1), key="o")
    shop, _ = await stage.seller(coop)
    await sold(shop, date(2026, 11, 3), 1_000_000)
    said = {"cooperative_id": coop.pk, "seller_id": shop.pk, "year": 2026}
    with pytest.raises(NotFound):
        await service.declare_turnover(stranger, **said)  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        await service.declare_turnover(treasurer, **{**said, "year": 2028})  # type: ignore[arg-type]
    first = await service.declare_turnover(treasurer, letter="SP-1", **said)  # type: ignore[arg-type]
    assert (await service.declare_turnover(treasurer, **said)).pk == first.pk  # type: ignore[arg-type]
    assert (await service.month_of_sellers(treasurer, coop.pk, date(2026, 11, 1))).tax == 0
    await service.end_declaration(treasurer, **said)  # type: ignore[arg-type]
    assert (await service.month_of_sellers(treasurer, coop.pk, date(2026, 11, 1))).tax == 5_000
    with pytest.raises(NotFound):
        await service.end_declaration(treasurer, **{**said, "year": 2027})  # type: ignore[arg-type]
