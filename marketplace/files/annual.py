"""Annual reports by HTTP: `GET /annual-reports/<meeting>.pdf`, `.docx` or `.xlsx` (`?language=en`), for members."""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from catalog import regions
from cooperatives.annual import reporting
from cooperatives.membership.service import cooperatives_by_id
from marketplace.files.answering import acting, download, language_of, refusing
from marketplace.outbox import OutboxEvent
from schema.ids import from_id


async def _seat_of(cooperative_id: UUID) -> tuple[str, ...]:
    """The regions in which the co-op has its seat, the province first."""
    row = (await cooperatives_by_id([cooperative_id])).get(cooperative_id)
    return () if row is None else tuple(region.name for region in regions.path(row.region_code))


@refusing
async def show_report(request: Request) -> Response:
    """The report to an annual meeting; once that has closed, as it was then."""
    actor, form = await acting(request), request.path_params["form"]
    meeting = await reporting.reported_meeting(actor, from_id("Meeting", request.path_params["id"]))
    places = await _seat_of(meeting.cooperative_id)
    content = await reporting.annual_report(meeting, form, language_of(request), places=places)
    return download(content, "laporan-rat", form)


async def keep(adapters: object, event: OutboxEvent) -> None:
    """Keep the report of an annual meeting that has closed. A handler of the outbox: again, it stays as it is."""
    places = await _seat_of(UUID(event.payload["cooperative_id"]))
    await reporting.freeze(event.aggregate_id, places)


ROUTES = [Route("/annual-reports/{id:str}.{form:str}", show_report)]
