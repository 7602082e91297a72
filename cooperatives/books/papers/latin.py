"""Text in the signs that the fonts of every PDF reader have (Latin-1). Pure."""

import unicodedata

_NEAREST = str.maketrans({"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "\u202f": " "})


def plain(text: str) -> str:
    """The text in the signs that the fonts have (Latin-1)."""
    near = text.translate(_NEAREST)
    bare = "".join(
        sign if sign.isprintable() and sign.encode("latin-1", "ignore") else unicodedata.normalize("NFKD", sign)
        for sign in near
    )
    return bare.encode("latin-1", "replace").decode("latin-1")
