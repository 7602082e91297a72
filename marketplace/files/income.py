"""Income by HTTP: `GET /income/statements/<id>.pdf` is a statement given out, with its code;
`/income/of/<membership>.pdf` with `from` and `to` any period. Both as `.xlsx` too, `language=en` gives English.
`/income/check/<code>` is the page on which anybody who holds a statement sees whether it is genuine.
"""

from collections.abc import Iterable
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from cooperatives.books.periods import written
from cooperatives.income import files, issuing
from cooperatives.income.adding import Item, Section
from cooperatives.income.papers import ITEMS, SECTIONS
from marketplace.errors import Code, Invalid
from marketplace.files.answering import acting, download, language_of, reads_english, refusing
from marketplace.files.payments import days_of
from marketplace.money import format_rupiah
from marketplace.one_tap import HEADERS, PAGE
from schema.ids import from_id

TEXT = {
    "id": {
        "title": "Laporan penghasilan ini asli",
        "unknown": "Kode ini tidak berlaku",
        "why": "Kode salah, laporannya dicabut, atau masa pemeriksaannya sudah lewat.",
        "member": "{name}, anggota {number} {cooperative}",
        "days": "{first} sampai {last}",
        "earned": "Jumlah penghasilan terbukti",
        "reported": "Dilaporkan anggota sendiri, tidak dibuktikan koperasi",
        "compare": "Bandingkan dengan laporan yang Anda pegang: angka yang berbeda berarti laporannya diubah.",
        "until": "Dapat diperiksa sampai {day}.",
    },
    "en": {
        "title": "This income statement is genuine",
        "unknown": "This code is not valid",
        "why": "The code is wrong, the statement was revoked, or the time to check it is over.",
        "member": "{name}, member {number} of {cooperative}",
        "days": "{first} to {last}",
        "earned": "Proven earnings",
        "reported": "Reported by the member himself, not proven by the co-op",
        "compare": "Compare it with the statement that you hold: another figure means that it was altered.",
        "until": "It can be checked until {day}.",
    },
}


@refusing
async def show_statement(request: Request) -> Response:
    """A statement that was given out, for the member himself."""
    actor, form = await acting(request), request.path_params["form"]
    id, url = from_id("IncomeStatement", request.path_params["id"]), request.app.state.settings.public_url
    return download(await files.statement_file(actor, id, url, form, language_of(request)), "penghasilan", form)


@refusing
async def show_income(request: Request) -> Response:
    """A member's income of some days, for him and who lends to him."""
    actor, form, days = await acting(request), request.path_params["form"], days_of(request)
    id = from_id("Membership", request.path_params["id"])
    if days is None:
        raise Invalid.field("from", Code.REQUIRED, "the first day and `to`", "hari pertama dan `to`")
    return download(await files.income_file(actor, id, days, form, language_of(request)), "penghasilan", form)


async def check(request: Request) -> Response:
    """Whether a statement with this code was given out, and its figures, for anybody."""
    language = "en" if reads_english(request) else "id"
    words = TEXT[language]
    row = await issuing.checked(request.path_params["code"])
    if row is None:
        return _page(language, words["unknown"], f"<p>{escape(words['why'])}</p>", 404)
    of, income = await issuing.whose(row), issuing.told(row)
    place = 1 if language == "en" else 0
    lines = [(words["earned"], income.earned)]
    for section in Section:
        named = [item for item in Item if item.section is section and income.items.get(item)]
        lines += [(f"{SECTIONS[section][place][:2]} {ITEMS[item][place]}", income.items[item]) for item in named]
    if income.reported:
        lines.append((words["reported"], income.reported_total))
    number = f"{of.number:06}" if of.number is not None else "-"
    told = [
        words["member"].format(name=of.name, number=number, cooperative=of.cooperative),
        words["days"].format(first=written(row.first_on, language), last=written(row.last_on, language)),
    ]
    last = words["until"].format(day=written(row.expires_at.date(), language))
    body = _paragraphs(told) + _listed(lines) + _paragraphs([words["compare"], last])
    return _page(language, words["title"], body)


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def _listed(lines: Iterable[tuple[str, int]]) -> str:
    items = (f"<li>{escape(name)}: <strong>{escape(format_rupiah(amount))}</strong></li>" for name, amount in lines)
    return f"<ul>{''.join(items)}</ul>"


def _page(language: str, title: str, body: str, status: int = 200) -> Response:
    page = PAGE.substitute(language=language, title=escape(title), body=body)
    return HTMLResponse(page, status, headers=HEADERS)


ROUTES = [
    Route(files.PATH + "{code:str}", check),
    Route("/income/statements/{id:str}.{form:str}", show_statement),
    Route("/income/of/{id:str}.{form:str}", show_income),
]
