"""Photos of hand-overs by HTTP: `POST /uploads/proofs?job=<id>`, `GET /proofs/{id}` for the parties alone."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from marketplace.deliveries.courier import proofs
from marketplace.deliveries.courier.models import ProofMoment
from marketplace.deliveries.courier.proofs import Taken
from marketplace.errors import Code, Invalid
from marketplace.files.answering import acting, body_of, refusing
from marketplace.identity.actor import signed_in
from schema.ids import from_id, to_id


@refusing
async def upload_proof(request: Request) -> Response:
    """Keeps the body, a picture, as a proof of the job that one carries; answers `{"id", "url", "width", "height"}`.

    `?job=<id>&name=<the device's own id>&moment=PICKUP|DROP_OFF|FAILURE|RETURN&drop=<id>&takenAt=<RFC 3339>`.
    """
    settings, wishes = request.app.state.settings, request.query_params
    actor = await acting(request)
    signed_in(actor)
    proof = await proofs.keep_photo(
        actor,
        job_id=from_id("DeliveryJob", wishes.get("job", ""), "job"),
        taken=Taken(
            name=wishes.get("name", ""),
            moment=_moment(wishes.get("moment", ProofMoment.DROP_OFF.value)),
            drop_id=from_id("DropStop", wishes["drop"], "drop") if wishes.get("drop") else None,
            at=_time(wishes.get("takenAt", "")),
        ),
        content=await body_of(request, settings.max_upload_bytes),
        folder=settings.folder,
    )
    id = to_id("Proof", proof.pk)
    return JSONResponse({"id": id, "url": f"/proofs/{id}", "width": proof.width, "height": proof.height}, 201)


@refusing
async def show_proof(request: Request) -> Response:
    """The photo, for who carries the job or answers for it, its shop, and the receiver there."""
    proof_id = from_id("Proof", request.path_params["id"], "id")
    path = await proofs.photo_of(await acting(request), proof_id, request.app.state.settings.folder)
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return FileResponse(path, media_type="image/webp", headers=headers)


def _moment(word: str) -> ProofMoment:
    try:
        return ProofMoment(word)
    except ValueError as cause:
        known = ", ".join(ProofMoment)
        raise Invalid.field("moment", Code.INVALID, f"one of {known}", f"salah satu dari {known}") from cause


def _time(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text) if text else None
    except ValueError as cause:
        raise Invalid.field("takenAt", Code.INVALID, "an RFC 3339 time", "waktu RFC 3339") from cause
    if at is not None and at.tzinfo is None:
        raise Invalid.field("takenAt", Code.INVALID, "a time with its zone", "waktu beserta zonanya")
    return at


ROUTES = [Route("/uploads/proofs", upload_proof, methods=["POST"]), Route("/proofs/{id}", show_proof)]
