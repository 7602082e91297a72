"""What all files by HTTP share: who asks, how a body is read, how it is answered or refused."""

from collections.abc import Awaitable, Callable, Sequence
from functools import wraps

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from catalog.importing.runs import RefusedLine
from cooperatives.books.opening_table import Refusal
from marketplace.errors import Code, MarketplaceError
from marketplace.headers import bearer, preferred_language
from marketplace.identity.actor import Actor

TYPES = {
    "beancount": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
}
STATUS = {
    Code.UNAUTHENTICATED: 401,
    Code.TOKEN_EXPIRED: 401,
    Code.FORBIDDEN: 403,
    Code.SUSPENDED: 403,
    Code.NOT_FOUND: 404,
    Code.CONFLICT: 409,
    Code.BODY_TOO_LARGE: 413,
    Code.UNSUPPORTED_MEDIA: 415,
}
#: So many refused lines are told; a file with more is another file.
MOST_TOLD = 500


class UploadTooLarge(MarketplaceError):
    """The file is larger than {most} bytes."""

    code = Code.BODY_TOO_LARGE
    pesan = "Berkas lebih besar dari {most} bita."


Answer = Callable[[Request], Awaitable[Response]]


def refusing(answer: Answer) -> Answer:
    """What is refused is `{"code", "message", "fields"}` with a 4xx status, in the reader's language."""

    @wraps(answer)
    async def answer_or_refuse(request: Request) -> Response:
        try:
            return await answer(request)
        except MarketplaceError as refused:
            language = preferred_language(request.headers.get("accept-language", ""))
            faults = [
                {"path": list(f.path), "code": f.code.value, "message": f.message if language == "en" else f.pesan}
                for f in refused.faults
            ]
            problem = {"code": refused.code.value, "message": refused.message(language), "fields": faults}
            return JSONResponse(problem, STATUS.get(refused.code, 400))

    return answer_or_refuse


async def acting(request: Request) -> Actor:
    """Who asks, by his bearer token; nobody without one. Raises Unauthenticated, TokenExpired."""
    return await bearer(request.headers.get("authorization"))


def reads_english(request: Request) -> bool:
    """Whether what is told goes to a reader of English; else it is told in Indonesian."""
    return preferred_language(request.headers.get("accept-language", "")) == "en"


def language_of(request: Request) -> str:
    """In which language a paper is wanted: Indonesian, unless `language=en` stands in the address."""
    return "en" if request.query_params.get("language") == "en" else "id"


async def body_of(request: Request, most: int) -> bytes:
    """The body, read no further than `most` bytes; raises UploadTooLarge."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > most:
        raise UploadTooLarge(most=most)
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > most:
            raise UploadTooLarge(most=most)
    return bytes(read)


def download(content: bytes, name: str, form: str) -> Response:
    """A file to be kept under this name, for its reader alone."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "Cache-Control": "no-store"}
    return Response(content, media_type=TYPES[form], headers=headers)


def told_refusals(refusals: Sequence[Refusal | RefusedLine], is_english: bool) -> list[dict[str, object]]:
    """Lines that could not be read, as an answer tells them; at most `MOST_TOLD`."""
    return [
        {"line": one.line, "column": one.column, "reason": one.message if is_english else one.pesan}
        for one in refusals[:MOST_TOLD]
    ]
