"""Words that a row can hold and a paper can show. Pure."""

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def fits(text: str, least: int, most: int) -> bool:
    """Whether the text is so long, and holds no control sign."""
    return least <= len(text) <= most and not _CONTROL.search(text)


def cleaned(text: str) -> str:
    """The text without control signs, as it comes from files that we don't write."""
    return _CONTROL.sub(" ", text)
