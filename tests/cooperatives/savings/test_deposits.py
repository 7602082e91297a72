"""Term deposits as members live them: placed, kept for another term, given back, broken."""

from datetime import date

import pytest

from cooperatives.savings import service
from cooperatives.savings.breaking import breaking_of
from cooperatives.savings.kinds import Rollover, SavingsKind
from cooperatives.savings.models import InterestCredit, SavingsAccount, SavingsStart
from marketplace.settings import Settings
from tests.cooperatives.dues.stage import TODAY
from tests.cooperatives.savings.saver import at, holds, opened, whole

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("at_noon")]


async def test_a_deposit_earns_its_terms_rate_and_goes_on_or_back(db: Settings) -> None:
    on, (ani,) = await opened(1)
    term = await service.open_product(
        on.at.chair, cooperative_id=on.id, kind=SavingsKind.TERM, name="3 bulan", rate_bp=500, months=3, key="t"
    )
    await service.deposit_cash(on.at.treasurer, savings_id=ani.savings.pk, amount=30_000_000, key="d")
    place = {"savings_id": ani.savings.pk, "product_id": term.pk, "amount": 10_000_000}
    keeps = await service.place_deposit(ani.acting, **place, rollover=Rollover.AGAIN, key="a")  # type: ignore[arg-type]
    back = await service.place_deposit(ani.acting, **place, rollover=Rollover.TO_SAVINGS, key="b")  # type: ignore[arg-type]
    broken = await service.place_deposit(ani.acting, **place, rollover=Rollover.AGAIN, key="c")  # type: ignore[arg-type]
    assert (await holds(ani.savings), await holds(keeps), keeps.matures_on) == (0, 10_000_000, date(2027, 2, 25))
    at_once = await breaking_of(keeps)
    assert at_once is not None
    assert (at_once.since, at_once.forgone) == (TODAY, 0)
    start = await SavingsStart.get()
    at(date(2026, 12, 10))
    await service.bring_up(start)
    assert await holds(ani.savings) == 3 * 8_219  # six days of November at 5 %: 8,219.18
    told = await breaking_of(broken)
    assert told is not None
    assert (told.given_back, told.since, told.forgone) == (10_000_000, date(2026, 12, 1), 12_329)  # nine days at 5 %
    assert told.by_the_end == 42_466 + 42_466 + 32_877  # December, January, and 24 days of February
    assert await breaking_of(ani.savings) is None
    for _ in range(2):
        await service.break_deposit(ani.acting, savings_id=broken.pk, key="x")
    assert await breaking_of(await SavingsAccount.get(pk=broken.pk)) is None
    await service.set_rate(on.at.chair, product_id=term.pk, rate_bp=400, since=date(2026, 12, 10), key="r")
    at(date(2027, 2, 25))
    await service.bring_up(start)
    assert [await holds(row) for row in (keeps, back, broken)] == [10_000_000, 0, 0]
    assert (await SavingsAccount.get(pk=keeps.pk)).matures_on == date(2027, 5, 25)
    assert await service.deposit_rates_on([keeps.pk], date(2027, 2, 24)) == {keeps.pk: 500}
    assert await service.deposit_rates_on([keeps.pk], date(2027, 2, 25)) == {keeps.pk: 400}
    assert await InterestCredit.filter(savings_id=broken.pk).count() == 1  # of December nothing: it was broken
    at(date(2027, 3, 1))
    await service.bring_up(start)
    february = await InterestCredit.get(savings_id=keeps.pk, month=date(2027, 2, 1))
    assert february.gross == round((10_000_000 * 0.05 * 24 + 10_000_000 * 0.04 * 4) / 365)
    await whole()
