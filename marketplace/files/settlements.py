"""Settlement by HTTP: what goes to banks and comes from them.

Payments: `GET /settlements/payments.csv` and `.xml` (pain.001) with `?window=<id>&cooperative=<id>`, and where one
wishes `&bank=<template>` or `&version=09`. Bank statements: `POST /settlements/statements?cooperative=<id>` with
`&dryRun=false`. To read, as `.pdf` and `.xlsx`: `GET /settlements/statement` and `cases` with
`?window=<id>&cooperative=<id>`, `reconciliation` with `&counterparty=<id>` as well, `windows?cooperative=<id>`; and
`GET /settlements/picture.svg?window=<id>`. Each in the language of `&language=en`.
"""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cooperatives.settlements import bank_statements, files, registers, statements
from cooperatives.settlements.reading_off import Told
from marketplace.files.answering import (
    TYPES,
    acting,
    body_of,
    download,
    language_of,
    reads_english,
    refusing,
    told_refusals,
)
from marketplace.identity.actor import signed_in
from schema.ids import from_id, to_id


def _window(request: Request) -> UUID:
    return from_id("SettlementWindow", request.query_params.get("window", ""), "window")


def _cooperative(request: Request) -> UUID:
    return from_id("Cooperative", request.query_params.get("cooperative", ""), "cooperative")


@refusing
async def show_payments(request: Request) -> Response:
    """The payments of a window that the co-op makes, for its bank."""
    actor, wishes = await acting(request), request.query_params
    signed_in(actor)
    window_id, cooperative_id = _window(request), _cooperative(request)
    form = request.url.path.rpartition(".")[2]
    if form == "xml":
        content = await files.payment_xml(
            actor, window_id=window_id, cooperative_id=cooperative_id, version=wishes.get("version") or "03"
        )
    else:
        content = await files.payment_csv(
            actor,
            window_id=window_id,
            cooperative_id=cooperative_id,
            bank=wishes.get("bank") or None,
            folder=request.app.state.settings.folder,
        )
    return download(content, "pembayaran-kliring", form)


@refusing
async def take_in_statement(request: Request) -> Response:
    """Takes a statement of the co-op's bank (CSV or camt.053); tried dry unless `dryRun=false`.

    Answers what it says of each payment: its outcome, the sum moved and the one planned.
    """
    settings, wishes = request.app.state.settings, request.query_params
    actor = await acting(request)
    signed_in(actor)
    taken = await bank_statements.import_statement(
        actor,
        await body_of(request, settings.max_upload_bytes),
        cooperative_id=_cooperative(request),
        form=wishes.get("form") or None,
        folder=settings.folder,
        is_dry_run=wishes.get("dryRun") != "false",
    )
    found = taken.file
    is_english = reads_english(request)
    return JSONResponse(
        {
            "isDryRun": taken.is_dry_run,
            "form": found.form,
            "from": found.starts_on.isoformat() if found.starts_on else None,
            "to": found.ends_on.isoformat() if found.ends_on else None,
            "lines": len(found.movements),
            "payments": [_as_json(one, is_english) for one in taken.told],
            "casesOpened": taken.cases,
            "refusals": told_refusals(found.refusals, is_english),
        }
    )


#: What an outcome means and what to do, in English and Indonesian.
MEANS = {
    "PAID": ("Paid, as planned.", "Dibayar sesuai rencana."),
    "CONFIRMED": ("Came, as planned.", "Diterima sesuai rencana."),
    "ALREADY": ("Known already.", "Sudah tercatat."),
    "TOO_EARLY": (
        "Not this step's turn: both treasurers agree, then the payer says that it is paid. Send the file again then.",
        "Belum gilirannya: kedua bendahara menyetujui, lalu pembayar mencatat. Kirim berkas ini lagi setelahnya.",
    ),
    "FEE": ("Differs by what may be a bank's fee.", "Berbeda sebesar yang mungkin biaya bank."),
    "AMOUNT": ("Another amount than planned.", "Jumlahnya lain dari rencana."),
    "TWICE": ("A second time in this statement.", "Kedua kalinya dalam rekening koran ini."),
    "RETURNED": ("Sent back by the bank.", "Dikembalikan oleh bank."),
    "VOID": ("Paid, but the plan no longer has it.", "Dibayar, tetapi sudah tidak ada dalam rencana."),
    "MISSING": ("Said to be paid, but not in this statement.", "Dinyatakan dibayar, tetapi tidak ada di sini."),
    "UNKNOWN": (
        "A settlement reference, but of none of your payments.",
        "Acuan penyelesaian, tetapi bukan pembayaran koperasi ini.",
    ),
}


def _as_json(one: Told, is_english: bool) -> dict[str, object]:
    movement = one.movement
    return {
        "outcome": one.outcome.value,
        "means": MEANS[one.outcome.value][0 if is_english else 1],
        "reference": one.reference,
        "payment": to_id("SettlementPayment", one.payment_id) if one.payment_id else None,
        "expected": one.expected,
        "moved": one.moved,
        "line": movement.line if movement else None,
        "day": movement.day.isoformat() if movement else None,
    }


@refusing
async def show_statement(request: Request) -> Response:
    """A window's statement for a co-op, to be read and filed."""
    actor = await acting(request)
    form = request.url.path.rpartition(".")[2]
    content = await statements.window_statement(
        actor,
        window_id=_window(request),
        cooperative_id=_cooperative(request),
        form=form,
        language=language_of(request),
    )
    return download(content, "laporan-kliring", form)


@refusing
async def show_picture(request: Request) -> Response:
    """Who owes whom in a window, before and after netting. A page may show it: it runs and loads nothing."""
    text = await statements.picture_for(await acting(request), _window(request), language_of(request))
    headers = {
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(text, media_type=TYPES["svg"], headers=headers)


@refusing
async def show_reconciliation(request: Request) -> Response:
    """Two co-ops' lines of a window held against each other."""
    form = request.url.path.rpartition(".")[2]
    content = await registers.reconciliation(
        await acting(request),
        window_id=_window(request),
        cooperative_id=_cooperative(request),
        counterparty_id=from_id("Cooperative", request.query_params.get("counterparty", ""), "counterparty"),
        form=form,
        language=language_of(request),
    )
    return download(content, "rekonsiliasi-kliring", form)


@refusing
async def show_cases(request: Request) -> Response:
    """The cases of a window that a co-op is in."""
    form = request.url.path.rpartition(".")[2]
    content = await registers.cases(
        await acting(request),
        window_id=_window(request),
        cooperative_id=_cooperative(request),
        form=form,
        language=language_of(request),
    )
    return download(content, "kasus-kliring", form)


@refusing
async def show_windows(request: Request) -> Response:
    """The windows of a co-op's groups, and what their members owe and may owe."""
    form = request.url.path.rpartition(".")[2]
    content = await registers.windows(
        await acting(request), cooperative_id=_cooperative(request), form=form, language=language_of(request)
    )
    return download(content, "jendela-kliring", form)


_FORMS = ("pdf", "xlsx")
ROUTES = [
    *(Route(f"/settlements/reconciliation.{form}", show_reconciliation) for form in _FORMS),
    *(Route(f"/settlements/cases.{form}", show_cases) for form in _FORMS),
    *(Route(f"/settlements/windows.{form}", show_windows) for form in _FORMS),
    Route("/settlements/statements", take_in_statement, methods=["POST"]),
    *(Route(f"/settlements/payments.{form}", show_payments) for form in ("csv", "xml")),
    *(Route(f"/settlements/statement.{form}", show_statement) for form in _FORMS),
    Route("/settlements/picture.svg", show_picture),
]
