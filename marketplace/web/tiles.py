"""Map tiles of a host that the operator named: told to the page, let in by its policy; by default there is none."""

from html import escape
from urllib.parse import urlsplit

from marketplace.settings import Settings


def head_of(settings: Settings) -> str:
    """What the page's head says of them, as HTML; empty where no tiles are named."""
    if not settings.map_tiles_url:
        return ""
    address, credit = escape(settings.map_tiles_url), escape(settings.map_tiles_credit)
    return f'<meta name="lumbung-tiles" content="{address}" data-credit="{credit}" />'


def source_of(settings: Settings) -> str:
    """The host that the content security policy lets pictures come from; empty for none."""
    parts = urlsplit(settings.map_tiles_url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
