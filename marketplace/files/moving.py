"""Moving in by HTTP.

`GET /moving/template.xlsx` gives the sheets to fill in (`?sheet=anggota` one of them).
`POST /moving/sets?cooperative=<id>` takes them as a workbook, or one of them as a CSV file that says which
(`&name=anggota.csv`), and tries them dry unless `&dryRun=false`: then a second officer agrees (`confirmMovingSet`).
"""

import asyncio
import tempfile
from pathlib import Path, PurePath

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cooperatives.moving import reading, taking, templates
from cooperatives.moving.records import Told
from cooperatives.moving.sheets import SheetKind, kind_of
from marketplace.errors import Code, Invalid
from marketplace.files.answering import MOST_TOLD, acting, body_of, download, reads_english, refusing
from marketplace.identity.actor import signed_in
from schema.ids import from_id, to_id


@refusing
async def show_template(request: Request) -> Response:
    """The empty sheets, for whoever has signed in."""
    signed_in(await acting(request))
    wish = request.query_params.get("sheet", "")
    kind = kind_of(wish)
    if wish and kind is None:
        names = ", ".join(SheetKind)
        raise Invalid.field("sheet", Code.INVALID, f"one of {names}", f"salah satu dari {names}")
    made = await asyncio.to_thread(templates.workbook, [kind] if kind else tuple(SheetKind))
    return download(made, kind or "pindahan", "xlsx")


@refusing
async def take_set(request: Request) -> Response:
    """Tries or proposes a set; answers what was read, the proof, and every cell that is refused."""
    adapters, settings = request.app.state.adapters, request.app.state.settings
    actor, wishes = await acting(request), request.query_params
    signed_in(actor)
    cooperative_id = from_id("Cooperative", wishes.get("cooperative", ""), "cooperative")
    taking.require_mover(actor, cooperative_id)
    content = await body_of(request, settings.max_upload_bytes)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / name_of(wishes.get("name", ""))
        await asyncio.to_thread(path.write_bytes, content)
        sheets = await asyncio.to_thread(reading.read, path)
    is_dry_run = wishes.get("dryRun") != "false"
    brought = await taking.bring(
        actor, sheets, cooperative_id=cooperative_id, vault=adapters.rails.vault, is_dry_run=is_dry_run
    )
    is_english, checked, row = reads_english(request), brought.checked, brought.row
    told = {} if checked is None else taking.totals_of(checked)
    found = checked.found if checked is not None else None
    return JSONResponse(
        {
            "isDryRun": is_dry_run,
            "isProved": checked is None or checked.is_proved,
            "wasDone": brought.was_done,
            **told,
            "refusals": _told(found.refusals if found else [], is_english),
            "notes": _told(found.notes if found else [], is_english),
            "set": None if row is None else {"id": to_id("MovingSet", row.pk), "state": row.state.value},
        }
    )


def name_of(given: str) -> str:
    """Under which name a file is read: of what its sender calls it, only its kind and its sheet are believed."""
    path = PurePath(given)
    kind = kind_of(path.stem)
    return f"{kind or 'pindahan'}{'.csv' if path.suffix.lower() == '.csv' else '.xlsx'}"


def _told(told: list[Told], is_english: bool) -> list[dict[str, object]]:
    """What is told of rows; at most `MOST_TOLD`."""
    return [
        {
            "sheet": one.sheet,
            "row": one.row,
            "column": one.column,
            "reason": one.message if is_english else one.pesan,
        }
        for one in told[:MOST_TOLD]
    ]


ROUTES = [
    Route("/moving/template.xlsx", show_template),
    Route("/moving/sets", take_set, methods=["POST"]),
]
