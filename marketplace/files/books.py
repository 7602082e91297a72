"""The books by HTTP: reports as files, and what is brought in from files.

Reports: `GET /books/<report>.pdf` and `.xlsx` with `?cooperative=<id>`, and where one wishes `&from=`, `&to=`
(days), `&compared=true` (with the year before), `&details=true` (by account), `&account=<id>`, `&language=en`; they
are those of `cooperatives.books.files.REPORTS`, `seller-tax`, `seller-invoices`, and `book.beancount`. Receipts:
`POST /books/attachments?voucher=<id>&name=`, `GET /books/attachments/<id>`. Opening balances:
`POST /books/opening?cooperative=<id>&dryRun=false`. Bank statements:
`POST /books/statements?account=<id>&dryRun=false`.
"""

import asyncio
import tempfile
from datetime import date
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from cooperatives.books import amounts, attachments, bank_statements, files, openings
from cooperatives.books.bank_files import as_written
from marketplace.errors import Code, Invalid
from marketplace.files.answering import acting, body_of, download, language_of, reads_english, refusing, told_refusals
from marketplace.identity.actor import Actor, signed_in
from marketplace.taxes import papers as tax_papers
from marketplace.taxes import service as taxes
from schema.ids import from_id, to_id


def day_of(request: Request, name: str) -> date | None:
    """A day in the address, 2026-11-30, or None when it is left out. Raises Invalid."""
    text = request.query_params.get(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as cause:
        raise Invalid.field(name, Code.INVALID, "a day: 2026-11-30", "tanggal: 2026-11-30") from cause


def _says_yes(request: Request, name: str) -> bool:
    return request.query_params.get(name) == "true"


@refusing
async def show_report(request: Request) -> Response:
    """A report of a co-op's books as a file."""
    actor, wishes = await acting(request), request.query_params
    signed_in(actor)
    report, form = request.path_params["report"], request.path_params["form"]
    account = wishes.get("account")
    asked = await files.wish(
        actor,
        from_id("Cooperative", wishes.get("cooperative", ""), "cooperative"),
        first=day_of(request, "from"),
        last=day_of(request, "to"),
        language=language_of(request),
        compared=_says_yes(request, "compared"),
        details=_says_yes(request, "details"),
        account_id=None if account is None else from_id("ChartAccount", account, "account"),
    )
    if (report, form) == ("book", "beancount"):
        content = await files.export_beancount(actor, asked)
    elif report in ("seller-tax", "seller-invoices"):
        since = request.app.state.settings.tax_designated_on
        content = await _tax_file(actor, report, form, asked, since)
    else:
        content = await files.export(actor, report, form, asked)
    return download(content, f"{report}-{asked.last.isoformat()}", form)


async def _tax_file(actor: Actor, report: str, form: str, asked: files.Wish, since: date | None) -> bytes:
    """The tax of the month in which `to` lies: the report, or each seller's invoice."""
    found = await taxes.month_of_sellers(actor, asked.cooperative_id, asked.last, since)
    if report == "seller-tax":
        papers = [tax_papers.report(found, asked.language)]
    else:
        papers = await tax_papers.invoices(actor, found, asked.cooperative_id, asked.language)
    return await files.bind(actor, papers, form, asked)


@refusing
async def add_attachment(request: Request) -> Response:
    """Keeps the body behind a voucher; answers `{"id", "name", "mediaType", "size", "url"}`."""
    settings, wishes = request.app.state.settings, request.query_params
    actor = await acting(request)
    signed_in(actor)
    row = await attachments.add_attachment(
        actor,
        voucher_id=from_id("Voucher", wishes.get("voucher", ""), "voucher"),
        name=wishes.get("name", ""),
        content=await body_of(request, settings.max_upload_bytes),
        folder=settings.folder,
    )
    id = to_id("VoucherAttachment", row.pk)
    told = {"id": id, "name": row.name, "mediaType": row.media_type, "size": row.size}
    return JSONResponse({**told, "url": f"/books/attachments/{id}"}, 201)


@refusing
async def show_attachment(request: Request) -> Response:
    """A receipt as a download, for those who may read the book."""
    actor = await acting(request)
    signed_in(actor)
    id = from_id("VoucherAttachment", request.path_params["id"])
    row, path = await attachments.read_attachment(actor, id, request.app.state.settings.folder)
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return FileResponse(path, media_type=row.media_type, filename=row.name, headers=headers)


@refusing
async def take_over_opening(request: Request) -> Response:
    """Takes opening balances from a CSV or XLSX body; tried dry unless `dryRun=false`. Answers what it found.

    `?cooperative=<id>`, and control totals where one has them: `&totalDebit=`, `&totalCredit=`.
    """
    settings, wishes = request.app.state.settings, request.query_params
    actor = await acting(request)
    signed_in(actor)
    cooperative_id = from_id("Cooperative", wishes.get("cooperative", ""), "cooperative")
    content = await body_of(request, settings.max_upload_bytes)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / ("opening.xlsx" if content.startswith(b"PK\x03\x04") else "opening.csv")
        await asyncio.to_thread(path.write_bytes, content)
        taken = await openings.take_over(
            actor,
            path,
            cooperative_id=cooperative_id,
            control_debits=_amount(request, "totalDebit"),
            control_credits=_amount(request, "totalCredit"),
            is_dry_run=wishes.get("dryRun") != "false",
        )
    found, voucher = taken.opening, taken.voucher
    return JSONResponse(
        {
            "isDryRun": taken.is_dry_run,
            "isProved": taken.is_proved,
            "lines": len(found.balances),
            "newAccounts": [account.number for account in found.new_accounts],
            "debits": found.debits,
            "credits": found.credits,
            "difference": found.debits - found.credits,
            "refusals": told_refusals(found.refusals, reads_english(request)),
            "voucher": None
            if voucher is None
            else {"id": to_id("Voucher", voucher.pk), "number": voucher.number, "state": voucher.state.value},
        }
    )


@refusing
async def take_in_statement(request: Request) -> Response:
    """Takes a bank statement from a CSV or camt.053 body; tried dry unless `dryRun=false`. Answers what it found.

    `?account=<ChartAccount>`, and `&form=bca`, `bri`, `mandiri`, `bni`, `camt.053` or the node's own; left out, the
    form is told by the columns.
    """
    settings, wishes = request.app.state.settings, request.query_params
    actor = await acting(request)
    signed_in(actor)
    taken = await bank_statements.import_statement(
        actor,
        await body_of(request, settings.max_upload_bytes),
        account_id=from_id("ChartAccount", wishes.get("account", ""), "account"),
        form=wishes.get("form") or None,
        folder=settings.folder,
        is_dry_run=wishes.get("dryRun") != "false",
    )
    found = taken.file
    return JSONResponse(
        {
            "isDryRun": taken.is_dry_run,
            "form": found.form,
            "from": found.starts_on.isoformat() if found.starts_on else None,
            "to": found.ends_on.isoformat() if found.ends_on else None,
            "opening": found.opening,
            "closing": found.closing,
            "lines": len(found.movements),
            "added": taken.added,
            "known": taken.known,
            "matched": taken.matched,
            "carried": [
                {"line": one.line, "written": as_written(one.hundredths), "booked": one.booked}
                for one in found.carried
            ],
            "refusals": told_refusals(found.refusals, reads_english(request)),
            "statement": to_id("BankStatement", taken.statement.pk) if taken.statement else None,
        }
    )


def _amount(request: Request, name: str) -> int | None:
    """Whole rupiah in the address, or None when left out. Raises Invalid."""
    text = request.query_params.get(name)
    if text is None:
        return None
    try:
        return amounts.read(text)
    except amounts.NotAnAmount as cause:
        raise Invalid.field(name, Code.INVALID, "whole rupiah", "rupiah bulat") from cause


ROUTES = [
    Route("/books/statements", take_in_statement, methods=["POST"]),
    Route("/books/opening", take_over_opening, methods=["POST"]),
    Route("/books/attachments", add_attachment, methods=["POST"]),
    Route("/books/attachments/{id}", show_attachment),
    Route("/books/{report}.{form}", show_report),
]
