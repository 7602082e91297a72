"""Statements as files, PDF and XLSX: one given out, with its code, or any period for who may see it."""

from uuid import UUID

import segno

from cooperatives.books import folders
from cooperatives.books.periods import Period, day_at
from cooperatives.dues.paying import zone_at
from cooperatives.income import issuing
from cooperatives.income.access import readable
from cooperatives.income.adding import Income
from cooperatives.income.papers import Person, Proof, papers
from cooperatives.membership.models import Cooperative
from marketplace.errors import NotFound
from marketplace.identity.actor import SYSTEM, Actor, signed_in
from marketplace.identity.service import accounts_by_id

#: Where anybody who holds a statement checks it.
PATH = "/income/check/"


async def statement_file(actor: Actor, statement_id: UUID, public_url: str, form: str, language: str) -> bytes:
    """A statement that was given out, with its code, for the member himself. Raises NotFound."""
    signed_in(actor)
    row = await issuing.own_statement(actor, statement_id)
    if row is None:
        raise NotFound("income statement")
    of = await issuing.whose(row)
    zone = zone_at(await Cooperative.get(pk=row.cooperative_id))
    url = f"{public_url.rstrip('/')}{PATH}{row.code}"
    proof = Proof(issuing.spelled(row.code), url, day_at(row.expires_at, zone), modules(url))
    person = Person(of.name, of.number, of.cooperative)
    return await _bound(row.cooperative_id, issuing.told(row), person, proof, form, language)


async def income_file(actor: Actor, membership_id: UUID, days: Period, form: str, language: str) -> bytes:
    """A member's income of these days, without a code, for him and who lends to him. Raises NotFound, Invalid."""
    member = await readable(actor, membership_id)
    made = await issuing.income(actor, membership_id, days)
    person = (await accounts_by_id([member.account_id])).get(member.account_id)
    book = await Cooperative.get(pk=member.cooperative_id)
    of = Person(person.name if person else "", member.number, book.name)
    return await _bound(member.cooperative_id, made, of, None, form, language)


async def _bound(
    cooperative_id: UUID, income: Income, of: Person, proof: Proof | None, form: str, language: str
) -> bytes:
    return await folders.bind(SYSTEM, cooperative_id, papers(income, of, proof, language), form, language)


def modules(text: str) -> list[list[bool]]:
    """A QR code's squares with the quiet zone that it needs."""
    return [[bool(dark) for dark in row] for row in segno.make(text, error="m", micro=False).matrix_iter(border=4)]
