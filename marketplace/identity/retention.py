"""What identity forgets: codes, tries and dead sessions don't stay for ever. Swept by the timetable."""

from datetime import timedelta
from typing import Any

from tortoise.queryset import QuerySet

from marketplace import clock
from marketplace.database import M, transaction
from marketplace.identity.models import LoginCode, RefreshToken, Session, SignInAttempt
from marketplace.identity.recovery import complete_number_changes

CODES_KEPT = timedelta(days=1)
TRIES_KEPT = timedelta(days=1)
#: Long enough to show an owner where he was signed in.
ENDED_SESSIONS_KEPT = timedelta(days=30)
BATCH = 500


async def run_timetable(adapters: Any) -> int:
    """Forget what is too old, and carry out number changes that have cooled off. Bounded."""
    now = clock.now()
    done = await complete_number_changes()
    done += await _forget(LoginCode.filter(created_at__lt=now - CODES_KEPT))
    done += await _forget(SignInAttempt.filter(created_at__lt=now - TRIES_KEPT))
    # A living session keeps its used refresh tokens: their reuse must still be noticed.
    old = now - ENDED_SESSIONS_KEPT
    for dead in (Session.filter(ended_at__lt=old), Session.filter(expires_at__lt=old)):
        ids = await dead.limit(BATCH).values_list("id", flat=True)
        if ids:
            async with transaction():
                await RefreshToken.filter(session_id__in=ids).delete()
                done += await Session.filter(pk__in=ids).delete()
    return done


async def _forget(found: QuerySet[M]) -> int:
    ids = await found.limit(BATCH).values_list("id", flat=True)
    return await found.model.filter(pk__in=ids).delete() if ids else 0
