"""What a shop pays whose order kept its driver waiting: a field of `DeliveryJob`."""

from datetime import datetime

import strawberry

from cooperatives.membership import service as membership
from marketplace.deliveries import models as job_rows
from marketplace.deliveries.reading import Sight
from marketplace.deliveries.waiting import charging, models, words
from marketplace.payments import proofs
from schema.context import Info
from schema.scalars import Rupiah
from schema.shares import AppliedRule, DeliveryShareProof


@strawberry.type(description="That an order's driver was kept waiting at the shop, and what the shop paid for it.")
class OrderWaiting:
    row: strawberry.Private[models.OrderWaiting]
    arrived_at: datetime = strawberry.field(description="When the driver stood there.")
    promised_at: datetime | None = strawberry.field(description="For when the shop had promised the goods.")
    picked_up_at: datetime = strawberry.field(description="When they were handed over.")
    minutes: int = strawberry.field(description="Whole ones from the later of arrival and promise.")
    free_minutes: int = strawberry.field(description="Of these nothing is paid.")
    per_minute: Rupiah = strawberry.field(description="For each further one.")
    amount: Rupiah = strawberry.field(description="What the shop paid, out of what its co-op owes it.")
    driver_share: Rupiah = strawberry.field(description="The driver's part of it.")
    carrier_share: Rupiah = strawberry.field(description="What his co-op keeps.")
    hosting: Rupiah = strawberry.field(description="What the shop's co-op keeps, where another's driver came.")
    indonesian: str = strawberry.field(description="Why, in Bahasa Indonesia.")
    english: str = strawberry.field(description="Why, in English.")

    @classmethod
    def of(cls, row: models.OrderWaiting) -> "OrderWaiting":
        return cls(
            row=row,
            arrived_at=row.arrived_at,
            promised_at=row.promised_at,
            picked_up_at=row.picked_up_at,
            minutes=row.minutes,
            free_minutes=row.free_minutes,
            per_minute=Rupiah(row.per_minute),
            amount=Rupiah(row.amount),
            driver_share=Rupiah(row.driver_share),
            carrier_share=Rupiah(row.carrier_share),
            hosting=Rupiah(row.hosting),
            indonesian=words.in_words(row, "id"),
            english=words.in_words(row, "en"),
        )

    @strawberry.field(description="That what co-ops kept of it was within the law's cap.")
    async def share_proof(self, info: Info) -> DeliveryShareProof | None:
        row = await info.context.load(proofs.proofs_by_delivery, self.row.pk)
        return None if row is None else DeliveryShareProof.of(row)

    @strawberry.field(description="What set it: the tariff that priced the order.")
    async def rule(self, info: Info) -> AppliedRule:
        coop = await info.context.load(membership.cooperatives_by_id, self.row.cooperative_id)
        return AppliedRule(
            name="waiting",
            value=words.value(self.row),
            instrument=f"Tarif {coop.name}" if coop is not None else "Tarif koperasi",
            article=None,
            since=self.row.tariff_since,
            legal_caps=[],
        )


@strawberry.type
class JobWaiting:
    row: strawberry.Private[job_rows.DeliveryJob]
    sight: strawberry.Private[Sight]

    @strawberry.field(
        description="What the shop paid because its order kept the driver waiting, where its co-op's tariff says so; "
        "null where nothing was, and for those who neither carry it nor answer for it. Not part of `price`."
    )
    async def waiting(self, info: Info) -> OrderWaiting | None:
        if not (self.sight.is_full or self.sight.oversees):
            return None
        row = await info.context.load(charging.waiting_by_job, self.row.pk)
        return None if row is None else OrderWaiting.of(row)
