"""Units as files, PDF and XLSX: what they keep with its stock cards, what they bought and sold, counts, results."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from cooperatives.books import folders
from cooperatives.books.papers.paper import Paper
from cooperatives.books.periods import Period
from cooperatives.units import stock_papers, trade_papers
from cooperatives.units.access import require_reader
from cooperatives.units.models import BusinessUnit
from cooperatives.units.wanted import Wanted
from marketplace.errors import NotFound
from marketplace.identity.actor import SYSTEM, Actor

REGISTERS: dict[str, Callable[[Wanted], Awaitable[list[Paper]]]] = {
    "stock": stock_papers.stock,
    "moves": stock_papers.moves,
    "purchases": trade_papers.purchases,
    "sales": trade_papers.sales,
    "counts": stock_papers.counts,
    "jobs": trade_papers.jobs,
    "results": trade_papers.results,
}


async def export(
    actor: Actor,
    name: str,
    form: str,
    cooperative_id: UUID,
    days: Period | None,
    language: str,
    *,
    unit_id: UUID | None = None,
) -> bytes:
    """A register of a co-op's units, or of one of them. Raises NotFound, TooLong."""
    require_reader(actor, cooperative_id)
    make = REGISTERS.get(name)
    found = BusinessUnit.filter(cooperative_id=cooperative_id).order_by("id")
    rows = await (found if unit_id is None else found.filter(pk=unit_id))
    if make is None or (unit_id is not None and not rows):
        raise NotFound("register")
    wanted = Wanted(actor, cooperative_id, {row.pk: row.name for row in rows}, days, language)
    return await folders.bind(SYSTEM, cooperative_id, await make(wanted), form, language)
