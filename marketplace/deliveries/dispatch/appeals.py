"""A driver holds that a job was wrongly kept from him, or put before him: a case that an officer answers.

The officers are those of the co-op whose policy it was. Nobody answers his own.
"""

from uuid import UUID

from marketplace import clock, outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.deliveries.dispatch.keeping import consideration_of
from marketplace.deliveries.dispatch.models import AppealState, DispatchAppeal
from marketplace.deliveries.drivers import carrying_driver
from marketplace.deliveries.models import Driver
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, Forbidden, Role, require, signed_in
from marketplace.paging import Page, page_by_id

TEXT_LENGTH = 1_000
#: Appeals of one driver that wait for an answer at once.
MOST_OPEN = 20
WATCHERS = OFFICERS | {Role.DISPATCHER, Role.SUPERVISOR}


class AlreadyAppealed(MarketplaceError):
    """You have already appealed this: one appeal a job."""

    code = Code.DUPLICATE
    pesan = "Anda sudah mengajukan keberatan untuk tugas ini: satu keberatan tiap tugas."


class TooManyAppeals(MarketplaceError):
    """{limit} appeals of yours wait for an answer: wait for one of them first."""

    code = Code.TOO_MANY
    pesan = "{limit} keberatan Anda masih menunggu jawaban: tunggu salah satunya dahulu."


class AppealAnswered(MarketplaceError):
    """This appeal was already answered: it is {state}."""

    code = Code.WRONG_STATE
    pesan = "Keberatan ini sudah dijawab: statusnya {state}."


async def appeal(actor: Actor, *, job_id: UUID, text: str, key: str) -> DispatchAppeal:
    """Object to what came of one's consideration for a job, in own words.

    Raises NotADriver, NotFound when one was not considered or it is forgotten, AlreadyAppealed, TooManyAppeals.
    """
    text = _words("text", text)
    driver = await carrying_driver(actor)
    async with transaction():
        await locked_one(Driver, driver.pk)  # two at once are counted in turn
        appeal_id = new_id()
        earlier = await once(driver.account_id, "appealDispatch", key, [job_id, text], appeal_id)
        if earlier is not None:
            return await DispatchAppeal.get(pk=earlier)
        considered = await consideration_of(job_id, driver.pk)
        if considered is None:
            raise NotFound("consideration")
        mine = DispatchAppeal.filter(driver_id=driver.pk)
        if await mine.filter(job_id=job_id).exists():
            raise AlreadyAppealed
        if await mine.filter(state=AppealState.OPEN).count() >= MOST_OPEN:
            raise TooManyAppeals(limit=MOST_OPEN)
        row = await DispatchAppeal.create(
            id=appeal_id,
            job_id=job_id,
            driver_id=driver.pk,
            driver_account_id=driver.account_id,
            cooperative_id=considered.cooperative_id,
            round=considered.round,
            outcome=considered.outcome,
            explanation=considered.explanation,
            considered_at=considered.at,
            text=text,
        )
        await outbox.record("dispatch.appealed", appeal_id, _facts(row))
        return row


async def answer(actor: Actor, *, appeal_id: UUID, is_upheld: bool, text: str, key: str) -> DispatchAppeal:
    """An officer answers, in words that the driver reads. Raises NotFound, AppealAnswered, Forbidden."""
    text = _words("answer", text)
    by = signed_in(actor)
    async with transaction():
        row = await locked_one(DispatchAppeal, appeal_id)
        if row is None:
            raise NotFound("appeal")
        require(actor, *OFFICERS, cooperative_id=row.cooperative_id, hide="appeal")
        if await once(by, "answerDispatchAppeal", key, [appeal_id, is_upheld, text], appeal_id) is not None:
            return row
        if row.driver_account_id == by:
            raise Forbidden(needs="another officer than the one who appealed")
        if row.state is not AppealState.OPEN:
            raise AppealAnswered(state=row.state.value)
        row.state = AppealState.UPHELD if is_upheld else AppealState.DISMISSED
        row.answer, row.answered_by, row.answered_at = text, by, clock.now()
        await row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
        await outbox.record("dispatch.appeal_answered", appeal_id, _facts(row))
        return row


async def appeals_of_driver(driver_id: UUID, *, first: int, after: str | None) -> Page[DispatchAppeal]:
    """The driver's appeals, newest first."""
    return await page_by_id(DispatchAppeal.filter(driver_id=driver_id), first=first, after=after)


async def appeals_of(
    actor: Actor, cooperative_id: UUID, *, state: AppealState | None, first: int, after: str | None
) -> Page[DispatchAppeal]:
    """Appeals against a co-op's policy, newest first, for its officers, dispatchers and pengawas; else none."""
    if not actor.holds(*WATCHERS, cooperative_id=cooperative_id):
        return Page([], [], False)
    found = DispatchAppeal.filter(cooperative_id=cooperative_id)
    return await page_by_id(found if state is None else found.filter(state=state), first=first, after=after)


async def visible_appeal(actor: Actor, appeal_id: UUID) -> DispatchAppeal | None:
    """The appeal, for him who made it and for those who watch over the policy."""
    row = await DispatchAppeal.get_or_none(pk=appeal_id)
    if row is None or actor.account_id is None:
        return None
    is_watched = actor.holds(*WATCHERS, cooperative_id=row.cooperative_id)
    return row if is_watched or row.driver_account_id == actor.account_id else None


def _facts(row: DispatchAppeal) -> dict[str, str]:
    return {
        "cooperative_id": str(row.cooperative_id),
        "driver_account_id": str(row.driver_account_id),
        "job_id": str(row.job_id),
    }


def _words(field: str, text: str) -> str:
    text = text.strip()
    if not 3 <= len(text) <= TEXT_LENGTH:
        raise Invalid.field(
            field, Code.OUT_OF_RANGE, f"3 to {TEXT_LENGTH} characters", f"3 sampai {TEXT_LENGTH} huruf"
        )
    return text
