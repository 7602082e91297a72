"""How many bytes of script a phone loads before it shows the shop."""

import gzip
import json
from typing import Any

from marketplace.web import BUILT

MOST_BYTES = 100_000
ENTRY = "index.html"
#: What the shop's first page loads by itself.
FIRST_VIEW = (ENTRY, "src/shop/area.tsx")


def manifest() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((BUILT / ".vite" / "manifest.json").read_text())
    return found


def files_of(chunks: dict[str, Any], name: str) -> set[str]:
    """A chunk's file, and those of what it imports at once."""
    chunk = chunks[name]
    return {chunk["file"]}.union(*(files_of(chunks, imported) for imported in chunk.get("imports", ())))


def test_the_first_view_of_the_shop_is_light() -> None:
    chunks = manifest()
    scripts = set().union(*(files_of(chunks, name) for name in FIRST_VIEW))
    sizes = {name: len(gzip.compress((BUILT / name).read_bytes(), 9)) for name in scripts}
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def test_each_area_is_loaded_when_somebody_goes_there() -> None:
    chunks = manifest()
    areas = {name for name in chunks if name.endswith("/area.tsx")}
    assert "src/shop/area.tsx" in areas
    assert areas == {name for name in areas if chunks[name].get("isDynamicEntry")}
