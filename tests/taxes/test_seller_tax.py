"""What is withheld from sellers, who is free of it, and that it is posted once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.models import Seller
from cooperatives.books import books
from cooperatives.books.files import wish
from cooperatives.ledger.service import AccountRef, Purpose, balance
from cooperatives.membership.models import Cooperative
from cooperatives.units.models import BusinessUnit
from marketplace import checks, clock, rules
from marketplace.errors import Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import Actor, Grant, Role
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.orders.refunds import LiableParty
from marketplace.payments.models import Payment, PaymentState, Refund
from marketplace.settings import Settings
from marketplace.taxes import papers, service, taxpayers
from marketplace.taxes.due import Stretch, Terms, stretches_of, withheld, withheld_over
from marketplace.taxes.models import TaxpayerKind
from marketplace.taxes.months import withholds_since
from tests.deliveries import stage

TERMS = Terms(share_bp=50, free_yearly=500_000_000)
DECIDED = date(2026, 9, 30)


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


HALF, FREE = 500_000_000, Stretch(10_000_000, is_declared=True)


@pytest.mark.parametrize(
    ("stretches", "before", "tax"),
    [
        ([FREE], 0, 0),  # declared, within what is free
        ([FREE], HALF - 4_000_000, 30_000),  # passes 500 million in the month: what is above is taxed
        ([Stretch(4_000_000, is_declared=True), Stretch(6_000_000, is_declared=True)], HALF - 4_000_000, 30_000),
        ([FREE], HALF, 50_000),  # passed it in an earlier month
        ([Stretch(6_000_000), Stretch(4_000_000, is_declared=True)], 0, 30_000),  # handed in late
        ([Stretch(6_000_000, is_declared=True), Stretch(4_000_000)], 0, 20_000),  # withdrawn
        ([Stretch(6_000_000, is_due=False), Stretch(4_000_000)], 0, 20_000),  # designated mid-month
        # what was sold before the designation, and before the declaration, counts towards what is free
        ([Stretch(6_000_000, True, False), Stretch(4_000_000, True)], HALF - 6_000_000, 20_000),
        ([Stretch(6_000_000), Stretch(4_000_000, True)], HALF - 6_000_000, 50_000),
        ([Stretch(6_000_000, is_certified=True), Stretch(4_000_000)], HALF, 20_000),  # an SKB that ran out
        ([Stretch(150), Stretch(50)], 0, 1),  # rounded once a month, not once a stretch
        ([], HALF, 0),
    ],
)
def test_a_month_in_stretches(stretches: list[Stretch], before: int, tax: int) -> None:
    assert withheld_over(stretches, before, TERMS) == tax


@pytest.mark.parametrize(
    ("turns", "starts"),
    [
        ([], [1]),
        ([date(2026, 10, 1), date(2026, 11, 1), date(2026, 9, 9)], [1]),  # nothing turns within the month
        ([date(2026, 10, 20), date(2026, 10, 5), date(2026, 10, 20)], [1, 5, 20]),
        ([date(2026, 10, 31)], [1, 31]),
    ],
)
def test_a_month_is_cut_where_something_turns(turns: list[date], starts: list[int]) -> None:
    cut = stretches_of(date(2026, 10, 1), date(2026, 10, 31), turns)
    assert [first.day for first, _ in cut] == starts
    assert [last.day for _, last in cut] == [*(day - 1 for day in starts[1:]), 31]


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


async def sold(shop: object, day: date, goods: int, refunded: int = 0) -> SubOrder:
    order = await stage.sub_order(shop, await stage.account("Ani"), method=PaymentMethod.ONLINE)  # type: ignore[arg-type]
    at = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    await SubOrder.filter(pk=order.pk).update(delivered_at=at, goods=goods, packing=0, refunded=refunded)
    return order


@pytest.mark.parametrize(
    ("decided", "since"),
    [
        (date(2025, 8, 15), date(2025, 9, 1)),  # the regulation's own example
        (date(2026, 9, 1), date(2026, 10, 1)),
        (date(2026, 9, 30), date(2026, 10, 1)),
        (date(2026, 12, 31), date(2027, 1, 1)),
        (date(2025, 1, 1), date(2025, 2, 1)),  # earlier than the regulation: as its first day would have it
        (None, None),
    ],
)
def test_a_designation_is_in_force_from_the_month_after_its_decision(
    decided: date | None, since: date | None
) -> None:
    assert withholds_since(decided) == since
    rule = rules.value_on("tax.designation_in_force", date(2026, 1, 1))
    assert (rule.source, rule.confidence) == ("PER-15/PJ/2025 art. 3(2)", rules.Confidence.MEDIUM)


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
    asked = {"cooperative_id": coop.pk, "month": october, "designated_on": DECIDED}
    for wrong, refusal in (
        ({"designated_on": None}, service.NotDesignated),
        ({"designated_on": date(2026, 10, 1)}, service.NotDesignated),
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
async def test_a_units_shop_is_no_seller_that_is_taxed(db: Settings) -> None:
    coop = await stage.cooperative("FOD")
    treasurer = await stage.officer(coop, Role.TREASURER)
    await books.open_books(treasurer, cooperative_id=coop.pk, opened_on=date(2026, 1, 1), key="o")
    shop, _ = await stage.seller(coop, "Toko Suku Cadang")
    other, _ = await stage.seller(coop, "Warung")
    await sold(shop, date(2026, 9, 3), 7_000_000)
    await sold(other, date(2026, 9, 3), 1_000_000)
    await BusinessUnit.create(cooperative_id=coop.pk, seller_id=shop.pk, kind="parts_shop", name="Toko Suku Cadang")
    found = await service.month_of_sellers(treasurer, coop.pk, date(2026, 9, 1))
    assert [line.name for line in found.lines] == ["Warung"]


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
    november = date(2026, 11, 1)
    first = await service.declare_turnover(treasurer, letter="SP-1", **said)  # type: ignore[arg-type]
    assert (await service.declare_turnover(treasurer, **said)).pk == first.pk  # type: ignore[arg-type]
    assert (await service.month_of_sellers(treasurer, coop.pk, november)).tax == 5_000  # sold before he declared
    await sold(shop, date(2026, 11, 25), 1_000_000)
    assert (await service.month_of_sellers(treasurer, coop.pk, november)).tax == 5_000
    await service.end_declaration(treasurer, **said)  # type: ignore[arg-type]
    assert (await service.month_of_sellers(treasurer, coop.pk, november)).tax == 10_000
    with pytest.raises(NotFound):
        await service.end_declaration(treasurer, **{**said, "year": 2027})  # type: ignore[arg-type]


@pytest.mark.anyio
async def test_a_declaration_given_again_leaves_what_was_withheld_explained(db: Settings) -> None:
    treasurer, coop, shop = await selling()
    said = {"cooperative_id": coop.pk, "seller_id": shop.pk, "year": 2026}
    for day, act in (
        (date(2026, 9, 1), service.declare_turnover),
        (date(2026, 9, 20), service.end_declaration),
        (date(2026, 10, 10), service.declare_turnover),
    ):
        at = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
        clock.use(lambda at=at: at)  # type: ignore[misc]  # bound as it is now
        await act(treasurer, **said)  # type: ignore[operator]
    clock.use(lambda: datetime(2026, 11, 25, 3, tzinfo=UTC))
    for day in (date(2026, 9, 19), date(2026, 9, 20), date(2026, 10, 9), date(2026, 10, 10)):
        await sold(shop, day, 1_000_000)
    for month in (9, 10):  # in each one sale was free, the other not
        found = await service.month_of_sellers(treasurer, coop.pk, date(2026, month, 1))
        assert [(line.gross, line.is_declared, line.tax) for line in found.lines] == [(2_000_000, True, 5_000)]
    with pytest.raises(Invalid):
        await service.month_of_sellers(treasurer, coop.pk, date(2025, 6, 1))  # before the regulation


@pytest.mark.anyio
async def test_a_month_is_corrected_by_what_came_after_it_was_withheld(db: Settings) -> None:
    treasurer, coop, shop = await selling()
    carried, _ = await stage.seller(coop, "Warung Lain")
    mine = await sold(shop, date(2026, 10, 20), 10_000_000)
    theirs = await sold(carried, date(2026, 10, 21), 2_000_000)
    await sold(shop, date(2026, 9, 30), 4_000_000)  # the node was designated, but not yet in force
    asked = {"cooperative_id": coop.pk, "month": date(2026, 10, 1), "designated_on": date(2026, 9, 15)}
    september = await service.month_of_sellers(treasurer, coop.pk, date(2026, 9, 1), date(2026, 9, 15))
    assert (september.gross, september.tax) == (4_000_000, 0)
    done = await service.withhold(treasurer, key="w", **asked)  # type: ignore[arg-type]
    assert (done.gross, done.tax, done.withheld, done.to_correct) == (12_000_000, 60_000, 60_000, 0)
    await gave_back(mine, 3_000_000, LiableParty.SELLER)
    await gave_back(theirs, 1_000_000, LiableParty.CARRIER)  # not at the seller's cost: his turnover stands
    changed = await service.month_of_sellers(treasurer, coop.pk, asked["month"], asked["designated_on"])  # type: ignore[arg-type]
    assert (changed.gross, changed.tax, changed.withheld, changed.to_correct) == (9_000_000, 45_000, 60_000, -15_000)
    assert "post the correction" in papers.report(changed, "en").notes[0]
    for key in ("c", "c", "d"):  # once, however often it is asked
        done = await service.withhold(treasurer, key=key, **asked)  # type: ignore[arg-type]
        assert (done.postings, done.withheld, done.to_correct) == (2, 45_000, 0)
    payable = await balance(AccountRef(coop.pk, Purpose.SELLER_PAYABLE, shop.pk))
    owed = (await books.chart_of(coop.pk)).by_number["2-1404"].ref(coop.pk)
    assert (payable.debits_posted, payable.credits_posted, (await balance(owed)).amount) == (50_000, 15_000, 45_000)
    slips = await papers.invoices(treasurer, done, coop.pk, "id")
    assert [slip.rows[-1].cells[-1] for slip in slips] == [35_000, 10_000]
    assert all("pembetulan ke-1" in slip.title for slip in slips)
    assert [row.cells[3] for row in slips[0].rows[:1]] == [-3_000_000]
    await gave_back(mine, 7_000_000, LiableParty.SELLER)  # and the rest of it
    done = await service.withhold(treasurer, key="e", **asked)  # type: ignore[arg-type]
    assert (done.postings, done.withheld) == (3, 10_000)


@pytest.mark.anyio
async def test_a_body_declares_nothing_and_is_free_by_its_certificate(db: Settings) -> None:
    treasurer, coop, shop = await selling()
    said = {"cooperative_id": coop.pk, "seller_id": shop.pk}
    owner = Actor(account_id=uuid4(), grants=frozenset({Grant(Role.SELLER_OWNER, seller_id=shop.pk)}))
    for day in (9, 10, 20, 21):
        await sold(shop, date(2026, 11, day), 1_000_000)
    clock.use(lambda: datetime(2026, 11, 1, 3, tzinfo=UTC))
    await service.declare_turnover(owner, year=2026, **said)  # type: ignore[arg-type]
    november = date(2026, 11, 1)
    assert (await service.month_of_sellers(treasurer, coop.pk, november)).tax == 0
    with pytest.raises(MarketplaceError):  # not by himself
        await taxpayers.set_taxpayer(owner, kind=TaxpayerKind.INDIVIDUAL, certificate=None, **said)  # type: ignore[arg-type]
    backwards = taxpayers.Certificate("SKB-1", date(2026, 11, 20), date(2026, 11, 10))
    with pytest.raises(Invalid):
        await taxpayers.set_taxpayer(treasurer, kind=TaxpayerKind.BODY, certificate=backwards, **said)  # type: ignore[arg-type]
    await taxpayers.set_taxpayer(treasurer, kind=TaxpayerKind.BODY, certificate=None, **said)  # type: ignore[arg-type]
    assert (await service.month_of_sellers(treasurer, coop.pk, november)).tax == 20_000  # its word counts no more
    with pytest.raises(taxpayers.OnlyIndividualsDeclare):
        await service.declare_turnover(owner, year=2026, **said)  # type: ignore[arg-type]
    certificate = taxpayers.Certificate("SKB-1", date(2026, 11, 10), date(2026, 11, 20))
    for _ in range(2):
        await taxpayers.set_taxpayer(treasurer, kind=TaxpayerKind.BODY, certificate=certificate, **said)  # type: ignore[arg-type]
    (line,) = (await service.month_of_sellers(treasurer, coop.pk, november)).lines
    assert (line.gross, line.is_declared, line.is_certified, line.tax) == (4_000_000, False, True, 10_000)


async def selling() -> tuple[Actor, Cooperative, Seller]:
    coop = await stage.cooperative("FOD")
    treasurer = await stage.officer(coop, Role.TREASURER)
    await books.open_books(treasurer, cooperative_id=coop.pk, opened_on=date(2026, 1, 1), key="o")
    return treasurer, coop, (await stage.seller(coop))[0]


async def gave_back(order: SubOrder, amount: int, liable: LiableParty) -> None:
    """As a dispute's end leaves it, after the delivery."""
    payment = await Payment.create(
        order_id=order.order_id,
        payer_id=order.buyer_id,
        method=PaymentMethod.ONLINE,
        amount=order.total,
        state=PaymentState.SUCCEEDED,
    )
    await SubOrder.filter(pk=order.pk).update(liable=liable)
    await Refund.create(
        payment_id=payment.id,
        order_id=order.order_id,
        sub_order_id=order.id,
        cooperative_id=order.cooperative_id,
        amount=amount,
        reason="DISPUTED",
    )
