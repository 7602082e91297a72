"""Rounds and commitments as files, PDF and XLSX."""

from uuid import UUID

from catalog.models import Seller
from cooperatives.books import folders
from cooperatives.books.papers.paper import Cell, Paper
from cooperatives.books.papers.registers import read, register
from cooperatives.books.registers import whole
from cooperatives.purchasing.models import Commitment, PurchaseRound
from cooperatives.units.access import require_reader
from cooperatives.units.models import UnitItem
from marketplace.batches import rows_by
from marketplace.errors import NotFound
from marketplace.identity.actor import SYSTEM, Actor


async def export(actor: Actor, name: str, form: str, cooperative_id: UUID, language: str) -> bytes:
    """`rounds`: those that the co-op ran; `commitments`: what its units and sellers took.

    Raises NotFound, TooLong.
    """
    require_reader(actor, cooperative_id)
    make = {"rounds": rounds, "commitments": commitments}.get(name)
    if make is None:
        raise NotFound("register")
    return await folders.bind(SYSTEM, cooperative_id, [await make(cooperative_id, language)], form, language)


async def rounds(cooperative_id: UUID, language: str) -> Paper:
    """Pembelian bersama: each round, and what the supplier is still owed."""
    found = PurchaseRound.filter(cooperative_id=cooperative_id).order_by("id")
    made: list[tuple[Cell, ...]] = [
        (
            row.number,
            row.title,
            row.supplier,
            read(f"ROUND_{row.state.value}", language),
            row.ordered,
            row.received,
            row.price,
            row.total,
            row.outstanding,
            row.due_on,
        )
        for row in await whole(found)
    ]
    headings = (
        ("Nomor", "Number", 1.2, False),
        ("Barang", "Goods", 1.8, False),
        ("Pemasok", "Supplier", 1.4, False),
        ("Keadaan", "State", 1, False),
        ("Dipesan", "Ordered", 0.8, False),
        ("Datang", "Came", 0.8, False),
        ("Harga", "Price", 1, True),
        ("Jumlah", "Total", 1.1, True),
        ("Sisa utang", "Owed", 1.1, True),
        ("Jatuh tempo", "Due on", 0.9, False),
    )
    return register(("Pembelian bersama", "Joint purchases"), headings, made, language, sums=(7, 8))


async def commitments(cooperative_id: UUID, language: str) -> Paper:
    """What each unit and seller of the co-op took of any round, and owes for it."""
    found = Commitment.filter(cooperative_id=cooperative_id).select_related("round").order_by("id")
    rows = await whole(found)
    items = {row.pk: row.name for row in await rows_by(UnitItem, "id", {row.item_id for row in rows if row.item_id})}
    shops = {
        row.pk: row.name for row in await rows_by(Seller, "id", {row.seller_id for row in rows if row.seller_id})
    }
    made: list[tuple[Cell, ...]] = [
        (
            row.round.number,
            row.round.title,
            items.get(row.party_id) or shops.get(row.party_id, ""),
            row.quantity,
            row.received,
            row.total,
            row.outstanding,
            row.due_on,
        )
        for row in rows
    ]
    headings = (
        ("Nomor", "Number", 1.2, False),
        ("Barang", "Goods", 1.6, False),
        ("Untuk", "For", 1.6, False),
        ("Komitmen", "Committed", 0.8, False),
        ("Datang", "Came", 0.8, False),
        ("Jumlah", "Total", 1.1, True),
        ("Sisa utang", "Owed", 1.1, True),
        ("Jatuh tempo", "Due on", 0.9, False),
    )
    title = ("Komitmen pembelian bersama", "Joint purchases of units and sellers")
    return register(title, headings, made, language, sums=(5, 6))
