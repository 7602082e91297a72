"""`lumbung operator add` and `lumbung cooperative add`: the people and co-ops that a node begins with."""

from typing import Annotated

import typer

from cooperatives.membership import service as membership
from cooperatives.membership.models import Cooperative, CooperativeKind, CooperativeLevel
from marketplace.cli.node import on_node
from marketplace.database import transaction
from marketplace.identity import service as identity
from marketplace.identity.actor import SYSTEM, Role
from marketplace.wiring import Adapters

commands = typer.Typer()
operator = typer.Typer(help="Who runs this node.", no_args_is_help=True)
cooperative = typer.Typer(help="The co-ops of this node.", no_args_is_help=True)
commands.add_typer(operator, name="operator")
commands.add_typer(cooperative, name="cooperative")

PHONE = "a phone: +62812… or 0812…"


@operator.command("add")
def add_operator(
    phone: Annotated[str, typer.Argument(help=PHONE)],
    name: Annotated[str, typer.Option(help="How to call the person.")] = "",
) -> None:
    """Let this phone's owner run the node. Safe to repeat."""

    async def work(adapters: Adapters) -> str:
        async with transaction():
            account = await identity.find_or_create_account(phone, name)
            await identity.grant_role(account.pk, Role.NODE_OPERATOR)
        return account.phone

    print(f"{on_node(work)} runs this node: sign in with a one-time code")


@cooperative.command("add")
def add_cooperative(
    name: Annotated[str, typer.Option(prompt="Registered name", help="The registered name.")],
    slug: Annotated[str, typer.Option(prompt="Slug for links (koperasi-ojek)", help="Small letters, hyphens.")],
    code: Annotated[str, typer.Option(prompt="Short code (OJK)", help="2 to 12 capitals, for settlement.")],
    kind: Annotated[CooperativeKind, typer.Option(prompt="Kind", help="What its members do.")],
    region: Annotated[str, typer.Option(prompt="Region code (35.78)", help="Kemendagri code of its seat.")],
    chair: Annotated[str, typer.Option(prompt="Chair's phone (ketua)", help=PHONE)],
    secretary: Annotated[str, typer.Option(prompt="Secretary's phone (sekretaris)", help=PHONE)],
    treasurer: Annotated[str, typer.Option(prompt="Treasurer's phone (bendahara)", help=PHONE)],
    commission: Annotated[int, typer.Option(help="Of its sellers' goods, in basis points.")] = 500,
    carrier_share: Annotated[int, typer.Option(help="Of its drivers' deliveries, in basis points.")] = 800,
    level: Annotated[CooperativeLevel, typer.Option(help="People or co-ops as members.")] = CooperativeLevel.PRIMARY,
    registration_number: Annotated[str, typer.Option(help="NIK Koperasi, 16 digits.")] = "",
) -> None:
    """Found a co-op with its three officers, and say what leads from there to the first sale."""

    async def work(adapters: Adapters) -> Cooperative:
        phones = {Role.CHAIR: chair, Role.SECRETARY: secretary, Role.TREASURER: treasurer}
        async with transaction():
            officers = {role: (await identity.find_or_create_account(phone)).pk for role, phone in phones.items()}
            return await membership.found_cooperative(
                SYSTEM,
                slug=slug,
                code=code,
                name=name,
                kind=kind,
                region_code=region,
                officers=officers,
                level=level,
                commission_bp=commission,
                carrier_share_bp=carrier_share,
                registration_number=registration_number or None,
            )

    founded = on_node(work)
    print(f"{founded.name} ({founded.code}) is founded, with its book and its first three members.")
    print(_next_steps(founded))


def _next_steps(founded: Cooperative) -> str:
    steps = [
        "each officer signs in:        requestCode, then signIn",
        "people ask to join:           applyForMembership; an officer answers with approveMembership",
    ]
    if founded.kind is not CooperativeKind.DRIVER:
        steps += [
            "a seller opens a shop:        openShop; an officer approves it",
            "the seller offers something:  createListing, publishListing",
        ]
    if founded.kind in {CooperativeKind.DRIVER, CooperativeKind.LOGISTICS, CooperativeKind.MULTI}:
        steps += ["a member drives:              an officer approves the driver; startShift"]
    steps += [
        "co-ops carry for each other:  proposeAlliance; an officer of the other side: agreeAlliance",
        f'buyers find it:               {{ cooperative(slug: "{founded.slug}") {{ name }} }}',
    ]
    return "From here to the first sale:\n" + "\n".join(f"  {n}. {step}" for n, step in enumerate(steps, start=1))
