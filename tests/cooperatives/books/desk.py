"""A treasurer's desk: a co-op whose books are open, and short ways to book on it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from cooperatives.books import books, vouchers
from cooperatives.books.chart import Chart
from cooperatives.books.lining import Line, VoucherKind
from cooperatives.books.models import Voucher
from cooperatives.membership.models import Cooperative, CooperativeKind
from marketplace.identity.actor import Actor, Role
from tests.cooperatives.membership import people

NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)


@dataclass
class Desk:
    """A co-op with open books and its three officers."""

    cooperative: Cooperative
    chair: Actor
    secretary: Actor
    treasurer: Actor
    chart: Chart
    used: int = 0

    @property
    def id(self) -> UUID:
        return self.cooperative.pk

    def account(self, number: str) -> UUID:
        return self.chart.by_number[number].id

    def key(self) -> str:
        self.used += 1
        return f"k{self.used}"

    async def book(
        self,
        day: date,
        debit: dict[str, int],
        credit: dict[str, int],
        *,
        kind: VoucherKind = VoucherKind.MEMORIAL,
        actor: Actor | None = None,
        **more: object,
    ) -> Voucher:
        """A voucher of these debits and credits by account number."""
        lines = [Line(self.account(number), debit=amount) for number, amount in debit.items()]
        lines += [Line(self.account(number), credit=amount) for number, amount in credit.items()]
        wanted: dict[str, object] = {"description": "Uji", "key": self.key(), **more}
        return await vouchers.record_voucher(
            actor or self.treasurer,
            cooperative_id=self.id,
            kind=kind,
            booked_on=day,
            lines=lines,
            **wanted,  # type: ignore[arg-type]
        )


async def desk(
    opened_on: date = date(2026, 1, 1), code: str = "MKT", kind: CooperativeKind = CooperativeKind.TRADER
) -> Desk:
    """Open a co-op's books."""
    cooperative, officers = await people.cooperative(code, kind)
    actors = {role: await people.acting(account) for role, account in officers.items()}
    await books.open_books(actors[Role.TREASURER], cooperative_id=cooperative.pk, opened_on=opened_on, key="open")
    return Desk(
        cooperative,
        actors[Role.CHAIR],
        actors[Role.SECRETARY],
        actors[Role.TREASURER],
        await books.chart_of(cooperative.pk),
    )
