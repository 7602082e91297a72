"""A shop's own price list by HTTP: `GET /exports/menu.xlsx?seller=<id>`, `POST /uploads/menu?seller=<id>`."""

import asyncio
import tempfile
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from catalog import categories, exporting
from catalog.importing import menu_columns
from catalog.importing.menus import BOUNDS, import_menu
from catalog.importing.runs import Difference, Thing
from catalog.models import Unit
from marketplace.errors import NotFound
from marketplace.files.answering import acting, body_of, download, reads_english, refusing, told_refusals
from marketplace.identity.actor import signed_in
from schema.ids import from_id, to_id

FORMS = ("csv", "xlsx")
#: A text as it was and will be is shown so far.
LONGEST_TOLD = 80
_COLUMNS = {name: names[0] for name, names in menu_columns.COLUMNS.items()} | {
    "preparation_minutes": "menit",
    "session_minutes": "menit",
}


@refusing
async def import_table(request: Request) -> Response:
    """Takes a shop's price list from a CSV or XLSX body, as a whole or not at all; answers what it finds in it.

    With `&dryRun=true` nothing is written, nor where a line is refused: `isWritten` tells. `things` are the listings
    that are new or change, each with its first line; reasons are in the reader's language.
    """
    actor = await acting(request)
    signed_in(actor)
    seller_id = from_id("Seller", request.query_params.get("seller", ""), "seller")
    content = await body_of(request, BOUNDS.bytes)
    is_dry_run = request.query_params.get("dryRun") == "true"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("table.xlsx" if content.startswith(b"PK\x03\x04") else "table.csv")
        await asyncio.to_thread(path.write_bytes, content)
        found = await import_menu(actor, path, seller_id=seller_id, is_dry_run=is_dry_run)
    report = found.report
    is_written = not report.is_dry_run
    return JSONResponse(
        {
            "isWritten": is_written,
            "created": report.created,
            "changed": report.changed,
            "unchanged": report.unchanged,
            "refusedLines": report.refused_lines,
            "refusals": told_refusals(report.refusals, reads_english(request)),
            "things": [
                _told(thing, found.photos.get(thing.line), is_written=is_written) for thing in report.things or ()
            ],
            "unusedColumns": found.unused,
        }
    )


def _told(thing: Thing, photo: str | None, *, is_written: bool) -> dict[str, object]:
    """One listing; its id only where it stands."""
    stands = is_written or not thing.is_new
    return {
        "line": thing.line,
        "id": to_id("Listing", thing.listing_id) if stands else None,
        "title": thing.title,
        "price": thing.price,
        "isNew": thing.is_new,
        "changes": [_change(difference) for difference in thing.differences if difference.field in _COLUMNS],
        "photo": photo,
    }


def _change(difference: Difference) -> dict[str, str]:
    before, after = (_shown(difference.field, value) for value in (difference.before, difference.after))
    return {"column": _COLUMNS[difference.field], "variant": difference.variant, "before": before, "after": after}


def _shown(field: str, value: object) -> str:
    """A field's value as its cell shows it."""
    if field == "category_code":
        category = categories.find(str(value))
        return category.name_id if category else str(value)
    if field == "unit" and isinstance(value, Unit):
        return menu_columns.UNITS[value]
    return "" if value is None else str(value)[:LONGEST_TOLD]


@refusing
async def export_table(request: Request) -> Response:
    """A shop's price list, to be filled in and taken by `import_table`; of a new shop two lines that show how."""
    form = request.path_params["form"]
    if form not in FORMS:
        raise NotFound("address")
    actor = await acting(request)
    signed_in(actor)
    seller_id = from_id("Seller", request.query_params.get("seller", ""), "seller")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"menu.{form}"
        await exporting.export_menu(actor, path, seller_id=seller_id)
        content = await asyncio.to_thread(path.read_bytes)
    return download(content, "menu", form)


ROUTES = [
    Route("/uploads/menu", import_table, methods=["POST"]),
    Route("/exports/menu.{form}", export_table),
]
