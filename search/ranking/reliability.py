"""How reliable each seller has been: orders accepted in time and not cancelled by him, reckoned and stored."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from tortoise.functions import Count

from catalog.models import Seller
from marketplace import clock, outbox
from marketplace.batches import rows_by
from marketplace.database import connection, transaction
from marketplace.inserts import upsert
from marketplace.orders.lifecycle import SubOrderState
from marketplace.orders.models import SubOrder
from marketplace.orders.refunds import LiableParty
from search.models import SellerReliability
from search.ranking.weights import PERMILLE

#: Orders that are looked at, by their age.
WINDOW = timedelta(days=90)
#: A new seller is taken to be like most: so many orders, of which so many were kept, are added to everyone's.
PRIOR_ORDERS, PRIOR_KEPT = 10, 9
#: A seller is reckoned anew after so long; so many in one sweep.
EVERY = timedelta(hours=6)
BATCH = 200
SETTLED = timedelta(minutes=1)
#: Below this a change isn't worth indexing all of a seller's listings anew.
WORTH_TELLING = 10

UNDECIDED = (SubOrderState.PLACED, SubOrderState.PAID, SubOrderState.CASH_AGREED)
#: The event that indexes a seller's listings anew; its aggregate is the seller.
RECKONED = "seller.reliability_reckoned"
USUAL = PERMILLE * PRIOR_KEPT // PRIOR_ORDERS


def permille(kept: int, failed: int) -> int:
    """The share of orders kept, smoothed (additive smoothing): few orders say little."""
    return round(PERMILLE * (kept + PRIOR_KEPT) / (kept + failed + PRIOR_ORDERS))


async def reliabilities(seller_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """Each seller's, in permille; the usual one where nothing was reckoned yet. One statement."""
    rows = {row.pk: row.permille for row in await rows_by(SellerReliability, "id", seller_ids)}
    return {id: rows.get(id, USUAL) for id in seller_ids}


async def sweep(adapters: object = None) -> int:
    """Reckon the sellers whose turn it is, at most BATCH; answers how many. Three statements and a transaction."""
    due = await _due()
    if due:
        await reckon(due)
    return len(due)


async def reckon(seller_ids: Sequence[UUID]) -> None:
    """Write how these sellers dealt with their orders, and have what changed indexed."""
    counts, before, now = await _counted(seller_ids), await reliabilities(seller_ids), clock.now()
    rows = [
        SellerReliability(
            id=id,
            kept=counts[id][0],
            failed=counts[id][1],
            permille=permille(*counts[id]),
            reckoned_at=now,
        )
        for id in seller_ids
    ]
    async with transaction():
        await upsert(rows, connection(), by=("id",), change=("kept", "failed", "permille", "reckoned_at"))
        for row in rows:
            if abs(row.permille - before[row.pk]) >= WORTH_TELLING:
                await outbox.record(RECKONED, row.pk)


async def _due() -> list[UUID]:
    """Those reckoned longest ago, then those never reckoned."""
    known = SellerReliability.filter(reckoned_at__lt=clock.now() - EVERY).order_by("reckoned_at").limit(BATCH)
    old = [UUID(str(id)) for id in await known.values_list("id", flat=True)]
    if len(old) >= BATCH:
        return old
    # Sellers are first reckoned in the order of their age; one just made may not have committed yet.
    last = await SellerReliability.all().order_by("-id").first()
    sellers = Seller.filter(created_at__lt=clock.now() - SETTLED)
    unknown = (sellers if last is None else sellers.filter(id__gt=last.pk)).order_by("id").limit(BATCH - len(old))
    return [*old, *(UUID(str(id)) for id in await unknown.values_list("id", flat=True))]


async def _counted(seller_ids: Sequence[UUID]) -> Mapping[UUID, tuple[int, int]]:
    """(kept, failed) of each over WINDOW; what was cancelled by others counts for neither. One statement."""
    decided = SubOrder.filter(seller_id__in=list(seller_ids), created_at__gte=clock.now() - WINDOW)
    counted = await (
        decided.exclude(state__in=UNDECIDED)
        .annotate(number=Count("id"))
        .group_by("seller_id", "state", "liable")
        .values("seller_id", "state", "liable", "number")
    )
    found: dict[UUID, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for row in counted:
        id = UUID(str(row["seller_id"]))
        kept, failed = found[id]
        if row["liable"] == LiableParty.SELLER:
            found[id] = kept, failed + row["number"]
        elif row["state"] not in (SubOrderState.CANCELLED, SubOrderState.EXPIRED, SubOrderState.DECLINED):
            found[id] = kept + row["number"], failed
    return found
