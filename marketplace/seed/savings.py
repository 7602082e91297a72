"""What the drivers' co-op saves: products, a few members with savings and a deposit, and the first month's dues."""

from collections.abc import Sequence

from cooperatives.dues import service as dues
from cooperatives.dues.paying import today_of
from cooperatives.membership.models import Cooperative, Membership
from cooperatives.savings import service as savings
from cooperatives.savings.kinds import Rollover, SavingsKind
from cooperatives.savings.models import SavingsStart
from marketplace.identity.actor import Actor

#: What the first drivers bring to the counter, in rupiah.
BROUGHT = (1_500_000, 650_000, 275_000)
PUT_AWAY = 1_000_000


async def start(cooperative: Cooperative, chair: Actor, treasurer: Actor, drivers: Sequence[Actor]) -> None:
    """Begin to keep savings, once. Drivers in the order of their numbers."""
    if await SavingsStart.exists(id=cooperative.pk):
        return
    id = cooperative.pk
    begun = await savings.start_savings(chair, cooperative_id=id, first_month=await today_of(id), key="seed-savings")
    free = await savings.open_product(
        treasurer,
        cooperative_id=id,
        kind=SavingsKind.VOLUNTARY,
        name="Simpanan Sukarela",
        rate_bp=300,
        key="seed-free",
    )
    term = await savings.open_product(
        treasurer,
        cooperative_id=id,
        kind=SavingsKind.TERM,
        name="Simpanan Berjangka 6 bulan",
        rate_bp=500,
        months=6,
        least=500_000,
        key="seed-term",
    )
    for driver, amount in zip(drivers, BROUGHT, strict=False):
        member = await Membership.get(cooperative_id=id, account_id=driver.account_id)
        account = await savings.open_savings(driver, membership_id=member.pk, product_id=free.pk, key="seed-open")
        await savings.deposit_cash(treasurer, savings_id=account.pk, amount=amount, key=f"seed-{member.number}")
        await dues.agree_to_deduction(driver, membership_id=member.pk, share_bp=1_000, key="seed-agree")
        if amount > PUT_AWAY:
            await savings.place_deposit(
                driver,
                savings_id=account.pk,
                product_id=term.pk,
                amount=PUT_AWAY,
                rollover=Rollover.AGAIN,
                key="seed-deposit",
            )
    await savings.bring_up(begun)
