"""Plants the town: idempotent, deterministic, through the services where they guard what is written."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from cooperatives.membership import alliances, founding, joining
from cooperatives.membership.models import Alliance, Cooperative
from marketplace import clock
from marketplace.database import new_id, transaction
from marketplace.deliveries import drivers, shifts
from marketplace.deliveries.custody import Place
from marketplace.deliveries.drivers import Vehicle
from marketplace.deliveries.models import VehicleKind
from marketplace.identity import service as identity
from marketplace.identity.actor import Actor, Grant, Role
from marketplace.identity.models import Account, RoleGrant
from marketplace.seed import governing, people, savings, shops
from marketplace.seed.people import CooperativePlan, LogIn


async def plant() -> list[LogIn]:
    """Fill an empty node with the town and answer who can sign in. A town that stands is left as it is."""
    operator = await _person(people.OPERATOR_PHONE, people.OPERATOR_NAME)
    if not await RoleGrant.exists(account_id=operator.pk, role=Role.NODE_OPERATOR):
        async with transaction():
            await identity.grant_role(operator.pk, Role.NODE_OPERATOR)
    log_ins = [LogIn("pengelola node", operator.name, operator.phone, "node")]
    cooperatives: dict[str, Cooperative] = {}
    for plan in people.COOPERATIVES:
        cooperatives[plan.code] = await _found(plan, await actor_for(operator.pk))
        log_ins += _officer_log_ins(plan)
    await _ally(cooperatives)
    for code, names in people.DRIVERS.items():
        log_ins += await _hire(cooperatives[code], _plan(code), names)
    await _save(cooperatives["DRV"])
    log_ins += await shops.open_all(cooperatives)
    buyer = await _person(people.BUYER_PHONE, people.BUYER_NAME)
    return [*log_ins, LogIn("pembeli", buyer.name, buyer.phone, "Surabaya")]


async def actor_for(account_id: UUID) -> Actor:
    """The account as an actor with the roles that it holds now."""
    rows = await RoleGrant.filter(account_id=account_id, until=None)
    return Actor(account_id, grants=frozenset(Grant(row.role, row.cooperative_id, row.seller_id) for row in rows))


def _plan(code: str) -> CooperativePlan:
    return next(plan for plan in people.COOPERATIVES if plan.code == code)


async def _person(phone: str, name: str) -> Account:
    async with transaction():
        return await identity.find_or_create_account(phone, name)


def _officer_log_ins(plan: CooperativePlan) -> Iterable[LogIn]:
    titles = ("ketua", "sekretaris", "bendahara")
    for number, (title, name) in enumerate(zip(titles, plan.officers, strict=True), start=1):
        yield LogIn(title, name, f"{plan.prefix}{number}", plan.name)
    yield LogIn("pengawas", plan.supervisor, f"{plan.prefix}4", plan.name)


async def _found(plan: CooperativePlan, operator: Actor) -> Cooperative:
    standing = await Cooperative.get_or_none(slug=plan.slug)
    if standing is not None:
        return standing
    officers = {
        office: (await _person(f"{plan.prefix}{number}", name)).pk
        for number, (office, name) in enumerate(zip(people.OFFICES, plan.officers, strict=True), start=1)
    }
    cooperative = await founding.found_cooperative(
        operator,
        slug=plan.slug,
        code=plan.code,
        name=plan.name,
        kind=plan.kind,
        region_code=people.SURABAYA,
        officers=officers,
        commission_bp=plan.commission_bp,
    )
    supervisor = await _person(f"{plan.prefix}4", plan.supervisor)
    await join(cooperative, supervisor.pk)
    async with transaction():
        await identity.grant_role(supervisor.pk, Role.SUPERVISOR, cooperative_id=cooperative.pk)
    await governing.govern(cooperative, await officer(cooperative))
    return cooperative


async def officer(cooperative: Cooperative, role: Role = Role.CHAIR) -> Actor:
    """The co-op's officer, as an actor."""
    grant = await RoleGrant.get(cooperative_id=cooperative.pk, role=role, until=None)
    return await actor_for(grant.account_id)


async def join(cooperative: Cooperative, account_id: UUID) -> None:
    """The account applies to the co-op and the chair approves."""
    applied = await joining.apply_for_membership(await actor_for(account_id), cooperative_id=cooperative.pk)
    await joining.approve_membership(await officer(cooperative), membership_id=applied.pk)


async def _ally(cooperatives: dict[str, Cooperative]) -> None:
    for seller, carrier, share_bp in people.ALLIANCES:
        owner, carrying = cooperatives[seller], cooperatives[carrier]
        if await Alliance.exists(seller_cooperative_id=owner.pk, carrier_cooperative_id=carrying.pk):
            continue
        proposal = await alliances.propose_alliance(
            await officer(owner),
            as_cooperative_id=owner.pk,
            seller_cooperative_id=owner.pk,
            carrier_cooperative_id=carrying.pk,
            carrier_share_bp=share_bp,
        )
        await alliances.agree_alliance(await officer(carrying), alliance_id=proposal.pk, carrier_share_bp=share_bp)


async def _save(cooperative: Cooperative) -> None:
    plan = _plan(cooperative.code)
    phones = [f"{plan.prefix}{number}" for number in range(11, 11 + len(savings.BROUGHT))]
    drivers_of = [await actor_for((await Account.get(phone=phone)).pk) for phone in phones]
    chair, treasurer = await officer(cooperative), await officer(cooperative, Role.TREASURER)
    await savings.start(cooperative, chair, treasurer, drivers_of)


async def _hire(cooperative: Cooperative, plan: CooperativePlan, names: tuple[str, ...]) -> list[LogIn]:
    log_ins = []
    for number, name in enumerate(names, start=11):
        person = await _person(f"{plan.prefix}{number}", name)
        log_ins.append(LogIn("pengemudi", name, person.phone, cooperative.name))
        if await drivers.drivers_by_account([person.pk]):
            continue
        await join(cooperative, person.pk)
        driver = await drivers.apply_as_driver(
            await actor_for(person.pk),
            cooperative_id=cooperative.pk,
            name=name,
            vehicle=motorcycle(number),
            key=str(new_id()),
        )
        await drivers.approve_driver(await officer(cooperative), driver_id=driver.pk, job_limit=3, key=str(new_id()))
        place = Place(-7.2905 + number * 0.002, 112.7378 + number * 0.001)
        await shifts.start_shift(await actor_for(person.pk), place=place)
    return log_ins


def motorcycle(number: int) -> Vehicle:
    until: date = (clock.now() + timedelta(days=700)).date()
    return Vehicle(
        kind=VehicleKind.MOTORCYCLE,
        plate=f"L {4000 + number * 7} AB",
        capacity_g=20_000,
        licence_expires_on=until,
        insurance_expires_on=until,
    )
