"""How a surplus stands in the ledger: out of what the years left, into the pools, and to members. Pure."""

from collections.abc import Mapping
from uuid import UUID

from cooperatives.books.chart import AccountRole, Chart
from cooperatives.books.lines import LINES, Line
from cooperatives.ledger.accounts import AccountRef, Entry, Purpose
from cooperatives.surplus.pools import Pool
from cooperatives.surplus.sharing import SHARED
from marketplace.errors import Code, MarketplaceError

POOLED, SHARED_OUT, PAID = "surplus.pooled", "surplus.shared", "surplus.paid"

#: The account of the chart that holds what the co-op keeps of each pool.
KEPT_IN: Mapping[Pool, str] = {
    Pool.RESERVE: "3-2101",
    Pool.NON_MEMBER: "3-2103",
    Pool.OFFICERS: "2-1503",
    Pool.EDUCATION: "2-1501",
    Pool.SOCIAL: "2-1502",
    Pool.DEVELOPMENT: "2-1505",
}


class NoAccountForPool(MarketplaceError):
    """The chart has no account {number} for the pool {pool}: add one, of the statement's line {line}."""

    code = Code.WRONG_STATE
    pesan = "Bagan akun tidak punya akun {number} untuk {pool}: tambahkan, pada pos laporan {pos}."


def kept(chart: Chart, pools: Mapping[Pool, int]) -> list[Entry]:
    """What the co-op keeps, from the undistributed surplus into each pool's account. Raises NoAccountForPool."""
    entries = []
    for pool, number in KEPT_IN.items():
        if not pools[pool]:
            continue
        line = Line.RESERVES if number.startswith("3") else Line.SURPLUS_FUNDS
        account = chart.by_number.get(number)
        if account is None or account.line is not line or account.purpose is not None:
            stands = LINES[line]
            raise NoAccountForPool(number=number, pool=pool.value, line=stands.title_en, pos=stands.title_id)
        entries.append(Entry(_undistributed(chart), account.ref(chart.cooperative_id), pools[pool], POOLED))
    return entries


def _undistributed(chart: Chart) -> AccountRef:
    return chart.with_role(AccountRole.RETAINED).ref(chart.cooperative_id)


def owed_to(cooperative_id: UUID, membership_id: UUID) -> AccountRef:
    """What of his surplus a member was not paid yet."""
    return AccountRef(cooperative_id, Purpose.SURPLUS_PAYABLE, membership_id)


def shared(chart: Chart, membership_id: UUID, parts: Mapping[Pool, int]) -> list[Entry]:
    """A member's jasa modal and jasa usaha, from now on owed to him."""
    owed = owed_to(chart.cooperative_id, membership_id)
    return [Entry(_undistributed(chart), owed, parts[pool], SHARED_OUT) for pool in SHARED]


def paid(cooperative_id: UUID, membership_id: UUID, to: AccountRef, amount: int) -> list[Entry]:
    """A member's share reached him."""
    return [Entry(owed_to(cooperative_id, membership_id), to, amount, PAID)]
