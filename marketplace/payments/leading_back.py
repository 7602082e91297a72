"""Whereto a provider's own page leads its buyer back: to this node, or to a web app that it lets in. Pure."""

import re
from collections.abc import Callable, Iterable
from uuid import UUID

from marketplace.errors import Code, Invalid
from marketplace.payments.gateway import LeadsBack

#: What stands for the order's id, which a client does not know before it has placed it.
ORDER = "{orderId}"
LONGEST = 500
URL = re.compile(r"(?P<origin>https?://[A-Za-z0-9.:\[\]-]+)(?:[/?#][A-Za-z0-9._~!$&'()*+,;=:@%/?#-]*)?")


def leads_back(
    wanted: str, *, public_url: str, origins: Iterable[str], name_of: Callable[[UUID], str]
) -> LeadsBack | None:
    """The way back for a `returnUrl`; None where none is wanted.

    It is a path of this node (`/pesanan/{orderId}`) or a URL of one of these `origins`, so that no page of a provider
    leads to a stranger's. `name_of` gives the id that clients know an order by. Raises Invalid.
    """
    if not wanted:
        return None
    own = public_url.rstrip("/")
    url = own + wanted if wanted.startswith("/") else wanted
    found = URL.fullmatch(url.replace(ORDER, "")) if len(wanted) <= LONGEST else None
    if found is None or found["origin"] not in {own, *(origin.rstrip("/") for origin in origins)}:
        raise Invalid.field(
            "returnUrl",
            Code.INVALID,
            f"a path of this node (/pesanan/{ORDER}) or a URL of an origin it lets in, {LONGEST} characters at most",
            f"alamat di node ini (/pesanan/{ORDER}) atau di situs yang diizinkannya, paling panjang {LONGEST} huruf",
        )
    return lambda order_id: url.replace(ORDER, name_of(order_id))
