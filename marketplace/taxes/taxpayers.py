"""Who a seller is to the tax office: an individual or a body, and his certificate of exemption. An officer says so.

PMK 37/2025, art. 10(1): the Rp 500 million are for individuals who declare; a body is free by a certificate (SKB).
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from catalog.models import Seller
from cooperatives.books.books import hold_book
from cooperatives.books.periods import after
from cooperatives.books.texts import fits
from marketplace import clock
from marketplace.database import locked_one, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.identity import audit
from marketplace.identity.actor import Actor, signed_in
from marketplace.taxes.due import Spell
from marketplace.taxes.models import SellerTaxpayer, TaxpayerKind

CERTIFICATE_LENGTH = 60


class OnlyIndividualsDeclare(MarketplaceError):
    """Only an individual declares to stay within what is free; a body shows a certificate of exemption (SKB)."""

    code = Code.WRONG_STATE
    pesan = "Hanya orang pribadi yang dapat menyatakan peredaran; badan menunjukkan surat keterangan bebas (SKB)."


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of exemption (SKB): its number, its first and its last day."""

    number: str
    valid_from: date
    valid_until: date


async def set_taxpayer(
    actor: Actor, *, cooperative_id: UUID, seller_id: UUID, kind: TaxpayerKind, certificate: Certificate | None
) -> SellerTaxpayer:
    """An officer notes what the seller's papers say; it holds for months withheld already too, which are corrected.

    Said again it is the same. Raises NotFound, Forbidden, BooksNotOpen, Invalid.
    """
    if certificate is not None:
        if not fits(certificate.number.strip(), 1, CERTIFICATE_LENGTH):
            raise Invalid.field("certificate", Code.TOO_LONG, "1 to 60 characters", "1 sampai 60 karakter")
        if certificate.valid_until < certificate.valid_from:
            raise Invalid.field("validUntil", Code.OUT_OF_RANGE, "not before validFrom", "tidak sebelum validFrom")
    async with transaction():
        await hold_book(actor, cooperative_id)
        by = signed_in(actor)
        if not await Seller.exists(pk=seller_id, cooperative_id=cooperative_id):
            raise NotFound("seller")
        found = await locked_one(SellerTaxpayer, seller_id)
        row = found or SellerTaxpayer(id=seller_id, cooperative_id=cooperative_id)
        row.kind, row.set_by, row.set_at = kind, by, clock.now()
        row.certificate = certificate.number.strip() if certificate else None
        row.valid_from = certificate.valid_from if certificate else None
        row.valid_until = certificate.valid_until if certificate else None
        await row.save(force_create=found is None)
        await audit.note("seller.taxpayer_set", account_id=by, by=by, seller=str(seller_id), kind=kind.value)
        return row


async def require_individual(seller_id: UUID) -> None:
    """Raises OnlyIndividualsDeclare. One statement."""
    if await SellerTaxpayer.exists(id=seller_id, kind=TaxpayerKind.BODY):
        raise OnlyIndividualsDeclare


def certified(row: SellerTaxpayer) -> Spell | None:
    """When his certificate is valid, if he has one. Pure."""
    if row.valid_from is None or row.valid_until is None:
        return None
    return Spell(row.valid_from, after(row.valid_until))
