"""How a co-op lets its jobs be carried: what stands in for a PIN, how often one comes again, what that brings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marketplace import clock
from marketplace.database import transaction
from marketplace.deliveries.courier.models import CarryingRules, SufficientProof
from marketplace.errors import Code, Invalid
from marketplace.idempotency import once
from marketplace.identity import audit
from marketplace.identity.actor import OFFICERS, Actor, require, signed_in
from marketplace.money import FULL_SHARE_BP

MOST_ATTEMPTS = 3
MOST_CALLS = 5


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for the jobs of one co-op's sellers. The defaults move no co-op's money and ask for nothing new."""

    proof: SufficientProof = SufficientProof.PHOTO_AND_SIGNATURE
    is_for_all: bool = False
    attempts: int = 2
    retry_share_bp: int = 0
    calls: int = 0

    def check(self) -> None:
        """Raises Invalid naming the field."""
        if not 1 <= self.attempts <= MOST_ATTEMPTS:
            raise Invalid.field("attempts", Code.OUT_OF_RANGE, "1 to 3", "1 sampai 3")
        if not 0 <= self.retry_share_bp <= FULL_SHARE_BP:
            raise Invalid.field("retryShare", Code.OUT_OF_RANGE, "0 to 10,000", "0 sampai 10.000")
        if not 0 <= self.calls <= MOST_CALLS:
            raise Invalid.field("calls", Code.OUT_OF_RANGE, "0 to 5", "0 sampai 5")


DEFAULTS = Rules()


async def rules_of(cooperative_id: UUID) -> Rules:
    """The rules of one co-op. One statement."""
    return (await rules_by_cooperative([cooperative_id]))[cooperative_id]


async def rules_by_cooperative(ids: Iterable[UUID]) -> Mapping[UUID, Rules]:
    """The rules of each of these co-ops. One statement."""
    ids = list(ids)
    rows = {row.pk: row for row in await CarryingRules.filter(pk__in=ids)}
    return {id: _of(rows[id]) if id in rows else DEFAULTS for id in ids}


async def set_rules(actor: Actor, *, cooperative_id: UUID, rules: Rules, key: str) -> Rules:
    """An officer sets how the jobs of his co-op's sellers are carried, from now on. Raises Invalid, Forbidden."""
    rules.check()
    by = signed_in(actor)
    require(actor, *OFFICERS, cooperative_id=cooperative_id)
    async with transaction():
        asked = [cooperative_id, rules]
        if await once(by, "setCarryingRules", key, asked, cooperative_id) is None:
            values: dict[str, Any] = {
                "proof": rules.proof,
                "is_for_all": rules.is_for_all,
                "attempts": rules.attempts,
                "retry_share_bp": rules.retry_share_bp,
                "calls": rules.calls,
                "set_by": by,
                "set_at": clock.now(),
            }
            await CarryingRules.update_or_create(defaults=values, id=cooperative_id)
            told = {name: values[name] for name in ("is_for_all", "attempts", "retry_share_bp", "calls")}
            told["proof"] = rules.proof.value
            await audit.note("carrying_rules.set", account_id=by, by=by, cooperative_id=cooperative_id, **told)
    return await rules_of(cooperative_id)


def _of(row: CarryingRules) -> Rules:
    return Rules(row.proof, row.is_for_all, row.attempts, row.retry_share_bp, row.calls)
