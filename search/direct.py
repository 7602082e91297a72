"""Search tokens: with one a co-op's front end asks the search server itself, and finds its listings alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from marketplace import clock
from marketplace.errors import Code, Invalid, MarketplaceError
from marketplace.identity.actor import OFFICERS, Actor, Role, require
from search.engine import SearchEngine

#: A token can't be taken back: it ends soon.
LONGEST_MINUTES = 24 * 60


class NotSearchedDirectly(MarketplaceError):
    """Front ends can't ask this node's search engine themselves: ask `listings`, which finds the same."""

    code = Code.UNAVAILABLE
    pesan = "Mesin pencari simpul ini tidak dapat ditanya langsung: pakai `listings`, hasilnya sama."


@dataclass(frozen=True, slots=True)
class SearchToken:
    """Where to ask (`url`, `index`), and the token that lets one ask there until it ends."""

    url: str
    index: str
    token: str
    expires_at: datetime


def issue(engine: SearchEngine, actor: Actor, cooperative_id: UUID, minutes: int = 60) -> SearchToken:
    """A token for the listings of one co-op, to its officers and unit managers.

    Raises Unauthenticated, Forbidden, Invalid, NotSearchedDirectly.
    """
    require(actor, *OFFICERS, Role.UNIT_MANAGER, cooperative_id=cooperative_id)
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise Invalid.field("minutes", Code.OUT_OF_RANGE, "1 to 1440", "1 sampai 1440")
    expires_at = (clock.now() + timedelta(minutes=minutes)).replace(microsecond=0)
    asked = engine.token_for(cooperative_id, expires_at)
    if asked is None:
        raise NotSearchedDirectly
    url, index, token = asked
    return SearchToken(url, index, token, expires_at)
