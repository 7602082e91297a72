"""The split of a sub-order as each of its people sees it: to whom, how much, by which rule."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from cooperatives.ledger.models import Transfer
from cooperatives.membership import service as membership
from marketplace.money import FULL_SHARE_BP, percent
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.payments import caps, flows
from marketplace.payments.flows import Amounts, Split, Terms
from marketplace.payments.refunding import kept_of
from marketplace.payments.returning import CAUSE as RETURNED
from marketplace.payments.sharing import amounts_of, terms_for
from marketplace.rules import RuleValue

#: Where it is written who bears a delivery that came back.
RETURN_RULE = "Aturan pengantaran gagal"


class PartyKind(StrEnum):
    """Who gets a part of what the buyer pays."""

    SELLER = "SELLER"
    SELLER_COOPERATIVE = "SELLER_COOPERATIVE"
    CARRIER_COOPERATIVE = "CARRIER_COOPERATIVE"
    DRIVER = "DRIVER"
    NETWORK = "NETWORK"
    BUYER = "BUYER"  # what went back


@dataclass(frozen=True, slots=True)
class LegalCap:
    """A bound that the law sets to a share, as the rule stood on the order's day."""

    rule: RuleValue
    is_kept: bool  # whether the share is within it


@dataclass(frozen=True, slots=True)
class AppliedRule:
    """What set a share: its name, its value in words, where it is written, since when it holds, what bounds it."""

    name: str
    value: str
    instrument: str
    article: str | None
    since: datetime
    caps: tuple[LegalCap, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """One line of the split. `party_id` is a seller, a co-op or an account; None while not known."""

    party: PartyKind
    party_id: UUID | None
    amount: int
    rule: AppliedRule


async def split_of(sub_order: SubOrder) -> list[Share]:
    """The lines of the split; they sum to what the buyer pays or paid, which is nothing when an unpaid order ended.

    While nobody carries it yet, the delivery is shown as if the seller's own co-op did. What someone bears of a
    failed delivery is a line below zero.
    """
    terms = await terms_for(sub_order)
    carrier_id = sub_order.carrier_id or sub_order.cooperative_id
    cooperatives = await membership.cooperatives_by_id([sub_order.cooperative_id, carrier_id])
    names = {id: row.name for id, row in cooperatives.items()}
    has_ended = sub_order.liable is not None and sub_order.delivered_at is None
    borne = await _borne(sub_order, carrier_id) if has_ended and sub_order.carrier_id is not None else []
    if has_ended and sub_order.payment_method is not PaymentMethod.ONLINE:
        return borne
    amounts = kept_of(sub_order) if has_ended else amounts_of(sub_order)
    shares = _lines(sub_order, amounts, flows.split(amounts, terms), terms, names, carrier_id)
    back = sub_order.total - amounts.total
    if back:
        rule = AppliedRule("refund", _liable(sub_order), "Aturan pengembalian dana", None, sub_order.created_at)
        shares.append(Share(PartyKind.BUYER, sub_order.buyer_id, back, rule))
    return [share for share in (*shares, *borne) if share.amount]


async def _borne(sub_order: SubOrder, carrier_id: UUID) -> list[Share]:
    """Who was given what, and at whose cost, when the delivery came back: as the books say. One statement."""
    posted = await Transfer.filter(cause_kind=RETURNED, cause_id=sub_order.id).values("kind", "amount")
    amounts = {row["kind"]: int(row["amount"]) for row in posted}
    driver, carrier = amounts.get("order.driver", 0), amounts.get("order.delivery", 0)
    lost, unsold = amounts.get("order.goods_lost", 0), amounts.get("order.no_show_goods", 0)
    ride = AppliedRule("failed_ride", _liable(sub_order), RETURN_RULE, None, sub_order.created_at)
    goods = AppliedRule("lost_goods", _liable(sub_order), RETURN_RULE, None, sub_order.created_at)
    shares = [
        Share(PartyKind.DRIVER, sub_order.driver_account_id, driver, ride),
        Share(PartyKind.CARRIER_COOPERATIVE, carrier_id, carrier, ride),
        Share(PartyKind.SELLER_COOPERATIVE, sub_order.cooperative_id, -(driver + carrier), ride),
        Share(PartyKind.SELLER, sub_order.seller_id, unsold, ride),
        Share(PartyKind.SELLER_COOPERATIVE, sub_order.cooperative_id, -unsold, ride),
        Share(PartyKind.SELLER, sub_order.seller_id, lost, goods),
        Share(PartyKind.CARRIER_COOPERATIVE, carrier_id, -lost, goods),
    ]
    return [share for share in shares if share.amount]


def caps_on(share_bp: int, day: date) -> tuple[LegalCap, ...]:
    """What the law lets a platform keep of a delivery on that day, and whether this share keeps to it.

    Each cap is cited; the share must be within their sum. Where none is law for goods and food, those for passengers
    are cited as unsure: a yardstick, not a verdict.
    """
    found = caps.caps_on(day)
    is_kept = share_bp <= sum(rule.value for rule in found)
    return tuple(LegalCap(rule, is_kept) for rule in found)


def _liable(sub_order: SubOrder) -> str:
    return sub_order.liable.value if sub_order.liable else ""


def _lines(
    sub_order: SubOrder,
    amounts: Amounts,
    parts: Split,
    terms: Terms,
    names: dict[UUID, str],
    carrier_id: UUID,
) -> list[Share]:
    a = sub_order.cooperative_id
    since = sub_order.created_at

    def rule(name: str, value: str, whose: UUID) -> AppliedRule:
        return AppliedRule(name, value, f"Kebijakan {names.get(whose, 'koperasi')}", None, since)

    cited = caps_on(terms.carrier_cut_bp, since.date())
    seller_bp = FULL_SHARE_BP - terms.commission_bp - terms.network_fee_bp
    driver = rule("driver_share", f"{percent(FULL_SHARE_BP - terms.carrier_cut_bp)} + tip 100 %", carrier_id)
    hosting = AppliedRule(
        "alliance_share", percent(FULL_SHARE_BP - terms.carrier_share_bp), "Perjanjian aliansi", None, since
    )
    return [
        Share(PartyKind.SELLER, sub_order.seller_id, parts.seller, rule("seller_share", percent(seller_bp), a)),
        Share(PartyKind.SELLER_COOPERATIVE, a, parts.commission, rule("commission", percent(terms.commission_bp), a)),
        Share(PartyKind.NETWORK, None, parts.network, rule("network_fee", percent(terms.network_fee_bp), a)),
        Share(PartyKind.SELLER_COOPERATIVE, a, parts.hosting, hosting),
        Share(
            PartyKind.CARRIER_COOPERATIVE,
            carrier_id,
            parts.carrier,
            replace(rule("carrier_share", percent(terms.carrier_cut_bp), carrier_id), caps=cited),
        ),
        Share(PartyKind.DRIVER, sub_order.driver_account_id, parts.driver, replace(driver, caps=cited)),
    ]
