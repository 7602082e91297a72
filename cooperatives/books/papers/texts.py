"""Text that office files can hold. Pure."""

import re

#: Control signs, which XML does not take.
_UNHELD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


def held(text: str) -> str:
    """The text, with what no office file can hold as spaces."""
    return _UNHELD.sub(" ", text)
