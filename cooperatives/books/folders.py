"""Papers of a co-op put together to one file, with its name, its seal and when it was printed."""

import asyncio
from collections.abc import Callable, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from cooperatives.books.models import AccountingBook
from cooperatives.books.papers import pdf, xlsx
from cooperatives.books.papers.paper import Folder, Paper
from cooperatives.ledger.reading import chain_head
from cooperatives.membership.models import Cooperative
from marketplace import clock
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.identity.actor import Actor
from marketplace.zones import zone_of

FORMS: dict[str, Callable[[Folder], bytes]] = {"pdf": pdf.write, "xlsx": xlsx.write}
#: So many rows a file has at most.
MOST_ENTRIES = 20_000
_SIGNERS = {"en": ("Chair", "Treasurer", "Supervisor"), "id": ("Ketua", "Bendahara", "Pengawas")}


class TooLong(MarketplaceError):
    """These days hold more than {most} entries: ask for fewer days."""

    code = Code.TOO_MANY
    pesan = "Rentang ini berisi lebih dari {most} baris: minta rentang yang lebih pendek."


async def bind(
    actor: Actor,
    cooperative_id: UUID,
    papers: Sequence[Paper],
    form: str,
    language: str,
    *,
    is_signed: bool = False,
    signers: tuple[str, ...] = (),
) -> bytes:
    """Papers as one `pdf` or `xlsx`; that the actor may read them the caller has seen to. Raises NotFound.

    `signers`: who signs in place of the officers.
    """
    if form not in FORMS:
        raise NotFound("report")
    folder = await folder_of(actor, cooperative_id, papers, language, is_signed=is_signed, signers=signers)
    return await asyncio.to_thread(FORMS[form], folder)


async def folder_of(
    actor: Actor,
    cooperative_id: UUID,
    papers: Sequence[Paper],
    language: str,
    *,
    is_signed: bool = False,
    signers: tuple[str, ...] = (),
) -> Folder:
    """Papers with the co-op's name, its seal and when they were printed. Raises NotFound."""
    cooperative = await Cooperative.get_or_none(pk=cooperative_id)
    if cooperative is None:
        raise NotFound("report")
    book = await AccountingBook.get_or_none(pk=cooperative_id)
    zone = ZoneInfo(book.time_zone if book else zone_of(cooperative.region_code))
    moment, head = clock.now().astimezone(zone), await chain_head(actor, cooperative_id)
    is_english = language == "en"
    return Folder(
        cooperative=cooperative.name,
        registration_number=cooperative.registration_number,
        language=language,
        papers=papers,
        signers=signers or (_SIGNERS["en" if is_english else "id"] if is_signed else ()),
        proof=f"{'Last seal of the books' if is_english else 'Segel terakhir buku'}: {head.seq} / {head.hash}"
        if head
        else "",
        printed=f"{'Printed' if is_english else 'Dicetak'} {moment:%d/%m/%Y %H:%M} {moment:%Z}",
    )
