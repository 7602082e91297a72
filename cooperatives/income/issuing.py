"""Statements given out: written down as they were, with a code by which whoever holds one checks it."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from cooperatives.books.periods import Period
from cooperatives.dues.access import own_membership
from cooperatives.dues.paying import today_of
from cooperatives.income.access import readable
from cooperatives.income.adding import Income, kept, read
from cooperatives.income.models import IncomeStatement
from cooperatives.income.reckoning import income_of
from cooperatives.ledger.reading import chain_head
from cooperatives.membership.models import Cooperative, Membership
from marketplace import clock
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import SYSTEM, Actor, signed_in
from marketplace.identity.service import accounts_by_id
from marketplace.paging import Page, page_by_id

#: Signs that nobody takes for another; of a code 100 bits.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 20
#: For so long a statement can be checked; and of so many years at most it tells.
VALID = timedelta(days=90)
LONGEST_DAYS = 5 * 366


def check_days(days: Period, today: date) -> None:
    """Go on when a statement may be of these days. Raises Invalid."""
    if not days.first <= days.last <= today or (days.last - days.first).days >= LONGEST_DAYS:
        raise Invalid.field(
            "lastOn",
            Code.OUT_OF_RANGE,
            "days past, at most five years",
            "hari yang sudah lewat, paling lama lima tahun",
        )


async def income(actor: Actor, membership_id: UUID, days: Period) -> Income:
    """A member's income of any period, for him and who lends to him. Raises Unauthenticated, NotFound, Invalid."""
    member = await readable(actor, membership_id)
    check_days(days, await today_of(member.cooperative_id))
    return await income_of(member, days)


async def issue(actor: Actor, *, membership_id: UUID, days: Period, key: str) -> IncomeStatement:
    """The member has a statement written down, to be shown to a bank. Raises NotFound, Invalid."""
    by, id = signed_in(actor), new_id()
    async with transaction():
        member = await own_membership(actor, membership_id)
        asked = [membership_id, days.first, days.last]
        if (earlier := await once(by, "issueIncomeStatement", key, asked, id)) is not None:
            return await IncomeStatement.get(pk=earlier)
        check_days(days, await today_of(member.cooperative_id))
        head = await chain_head(SYSTEM, member.cooperative_id)
        return await IncomeStatement.create(
            id=id,
            cooperative_id=member.cooperative_id,
            membership_id=membership_id,
            account_id=by,
            first_on=days.first,
            last_on=days.last,
            code="".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH)),
            figures=kept(await income_of(member, days)),
            seal=f"{head.seq} / {head.hash}" if head else "",
            expires_at=clock.now() + VALID,
        )


async def revoke(actor: Actor, *, statement_id: UUID, key: str) -> IncomeStatement:
    """From now on nobody can check it. The member himself. Raises NotFound."""
    by = signed_in(actor)
    async with transaction():
        row = await locked_one(IncomeStatement, statement_id)
        if row is None or row.account_id != by:
            raise NotFound("income statement")
        if await once(by, "revokeIncomeStatement", key, [statement_id], statement_id) is None and not row.revoked_at:
            row.revoked_at = clock.now()
            await row.save(update_fields=["revoked_at"])
        return row


async def statements_of(actor: Actor, membership_id: UUID, *, first: int, after: str | None) -> Page[IncomeStatement]:
    """The statements that a member had written down, the latest first: his own alone. Raises NotFound."""
    member = await own_membership(actor, membership_id)
    return await page_by_id(IncomeStatement.filter(membership_id=member.pk), first=first, after=after)


async def own_statement(actor: Actor, statement_id: UUID) -> IncomeStatement | None:
    """One of the actor's own statements."""
    row = await IncomeStatement.get_or_none(pk=statement_id)
    return row if row is not None and row.account_id == actor.account_id else None


@dataclass(frozen=True, slots=True)
class Whose:
    """Who and which co-op a statement names."""

    name: str
    number: int | None
    cooperative: str
    registration_number: str | None


async def whose(row: IncomeStatement) -> Whose:
    """The member and the co-op that the statement is of."""
    member, book = await Membership.get(pk=row.membership_id), await Cooperative.get(pk=row.cooperative_id)
    person = (await accounts_by_id([row.account_id])).get(row.account_id)
    return Whose(person.name if person else "", member.number, book.name, book.registration_number)


def spelled(code: str) -> str:
    """A code as people read it: `ABCD-EFGH-…`."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


async def checked(code: str) -> IncomeStatement | None:
    """The statement with this code, for anybody who holds it, while it can be checked; else None."""
    bare = "".join(sign for sign in code.upper() if sign.isalnum())
    if len(bare) != CODE_LENGTH:
        return None
    row = await IncomeStatement.get_or_none(code=bare)
    if row is None or row.revoked_at is not None or row.expires_at <= clock.now():
        return None
    return row


def told(row: IncomeStatement) -> Income:
    """The statement's figures as they were given out."""
    return read(row.first_on, row.last_on, row.figures)
