"""Shares: who gets what of what the buyer pays, by which rule, and what the law says of it."""

from datetime import date, datetime

import strawberry

from marketplace.payments import explaining
from marketplace.payments.explaining import PartyKind
from marketplace.payments.proofs import ShareProof
from marketplace.rules import Confidence, Unit
from schema import rules as rules  # describes the enums of rules to the schema
from schema.enums import described
from schema.ids import to_id
from schema.scalars import BasisPoints, Rupiah

described(
    PartyKind,
    "Who gets a part of what the buyer pays.",
    {
        "SELLER": "The shop.",
        "SELLER_COOPERATIVE": "The shop's co-op.",
        "CARRIER_COOPERATIVE": "The co-op whose driver carries.",
        "DRIVER": "Who rides; the whole tip is theirs.",
        "NETWORK": "The network of co-ops.",
        "BUYER": "What goes back to the buyer.",
    },
)


@strawberry.type(description="A bound that the law sets to a share.")
class LegalCap:
    name: str = strawberry.field(description="Which rule: `platform.commission_cap`.")
    value: int = strawberry.field(description="How much, counted in `unit`.")
    unit: Unit = strawberry.field(description="In what `value` is counted.")
    instrument: str = strawberry.field(description="The law or decree.")
    article: str | None = strawberry.field(description="Its article, where it is known.")
    confidence: Confidence = strawberry.field(description="How sure the node is of it.")
    since: date = strawberry.field(description="Since when the law says so.")
    is_kept: bool = strawberry.field(description="Whether the share keeps within the caps on it, added up.")

    @classmethod
    def of(cls, cap: explaining.LegalCap) -> "LegalCap":
        rule = cap.rule
        return cls(
            name=rule.name,
            value=rule.value,
            unit=rule.unit,
            instrument=rule.instrument,
            article=rule.article or None,
            confidence=rule.confidence,
            since=rule.since,
            is_kept=cap.is_kept,
        )


@strawberry.type(description="What set a share.")
class AppliedRule:
    name: str = strawberry.field(
        description="Which rule: `commission`, `driver_share`, `carrier_share`, `alliance_share`; of a delivery that "
        "came back `failed_ride`, `lost_goods`; of a driver kept waiting `waiting`."
    )
    value: str = strawberry.field(description="Its value in words: `5 %`.")
    instrument: str = strawberry.field(description="Where it is written: a co-op's policy, an agreement, a law.")
    article: str | None = strawberry.field(description="The article, where there is one.")
    since: datetime = strawberry.field(description="Since when it holds for this order.")
    legal_caps: list[LegalCap] = strawberry.field(
        description="What the law says of the share at most. Of a delivery's: what is written for carrying "
        "passengers, since nothing is settled for goods and food."
    )


@strawberry.type(description="Someone who gets a part.")
class Party:
    kind: PartyKind = strawberry.field(description="As what.")
    id: strawberry.ID | None = strawberry.field(
        description="A Seller, a Cooperative or an Account; null for the network, or while nobody carries."
    )


PARTY_TYPES = {
    PartyKind.SELLER: "Seller",
    PartyKind.SELLER_COOPERATIVE: "Cooperative",
    PartyKind.CARRIER_COOPERATIVE: "Cooperative",
    PartyKind.DRIVER: "Account",
    PartyKind.BUYER: "Account",
}


@strawberry.type(description="One line of a sub-order's split. The lines sum to its total.")
class Share:
    party: Party = strawberry.field(description="To whom.")
    amount: Rupiah = strawberry.field(description="How much; below zero for what someone bears of a failed delivery.")
    rule: AppliedRule = strawberry.field(description="By which rule.")

    @classmethod
    def of(cls, share: explaining.Share) -> "Share":
        type_name = PARTY_TYPES.get(share.party)
        id = to_id(type_name, share.party_id) if type_name and share.party_id else None
        rule = share.rule
        return cls(
            party=Party(kind=share.party, id=id),
            amount=Rupiah(share.amount),
            rule=AppliedRule(
                name=rule.name,
                value=rule.value,
                instrument=rule.instrument,
                article=rule.article,
                since=rule.since,
                legal_caps=[LegalCap.of(cap) for cap in rule.caps],
            ),
        )


@strawberry.type(
    description="What co-ops kept of a delivery as it was shared out, and the law's caps as they stood on that day."
)
class DeliveryShareProof:
    proven_on: date = strawberry.field(description="Which day.")
    fare: Rupiah = strawberry.field(description="What the delivery cost, without tip.")
    hosting_share: Rupiah = strawberry.field(description="Kept by the shop's co-op of an allied co-op's work.")
    carrier_share: Rupiah = strawberry.field(description="Kept by the co-op whose driver carried.")
    driver_share: Rupiah = strawberry.field(description="The driver's part, without tip.")
    caps: list[LegalCap] = strawberry.field(
        description="The rules, each with its instrument and article, to be added up; empty: no rule says anything. "
        "Where none is law for goods and food, those for passengers, as unsure."
    )
    cap: BasisPoints | None = strawberry.field(description="What may be kept of the fare by their sum.")
    held: bool | None = strawberry.field(
        description="Whether no more was kept, to within a rupiah of rounding; null where there is no cap."
    )
    is_binding: bool = strawberry.field(
        description="Whether the node is sure of every cap: then passing it is a fault, told by check-books."
    )

    @classmethod
    def of(cls, row: ShareProof) -> "DeliveryShareProof":
        held = bool(row.held)
        return cls(
            proven_on=row.proven_on,
            fare=Rupiah(row.fare),
            hosting_share=Rupiah(row.hosting),
            carrier_share=Rupiah(row.carrier_share),
            driver_share=Rupiah(row.driver_share),
            caps=[LegalCap.of(explaining.LegalCap(rule, held)) for rule in row.proof.caps],
            cap=None if row.cap_bp is None else BasisPoints(row.cap_bp),
            held=row.held,
            is_binding=row.is_binding,
        )
