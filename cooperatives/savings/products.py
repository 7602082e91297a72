"""That a co-op keeps savings here, and what it offers: voluntary savings and deposits with their rates."""

from datetime import date
from uuid import UUID

from cooperatives.books.periods import month_of
from cooperatives.books.texts import fits
from cooperatives.dues.access import require_setter
from cooperatives.dues.paying import today_of
from cooperatives.savings.kinds import SavingsKind
from cooperatives.savings.models import ProductRate, SavingsProduct, SavingsStart
from cooperatives.savings.terms import by_laws, check_rate
from marketplace import clock
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity import audit
from marketplace.identity.actor import Actor, signed_in
from marketplace.money import LARGEST_RUPIAH

NAME_LENGTH, LONGEST_MONTHS = 60, 60
MOST_PRODUCTS = 50


class NoSavingsYet(MarketplaceError):
    """This co-op does not keep savings here yet: its chair or treasurer begins with startSavings."""

    code = Code.WRONG_STATE
    pesan = "Koperasi ini belum mengelola simpanan di sini: ketua atau bendahara memulainya dengan startSavings."


class ProductExists(MarketplaceError):
    """The co-op already has savings of this name: choose another."""

    code = Code.DUPLICATE
    pesan = "Koperasi sudah punya simpanan bernama ini: pilih nama lain."


async def start_savings(actor: Actor, *, cooperative_id: UUID, first_month: date, key: str) -> SavingsStart:
    """From this month on mandatory savings are charged and interest is credited. Once a co-op.

    Raises NotFound, Forbidden, Invalid for a month long past or to come.
    """
    require_setter(actor, cooperative_id)
    month = month_of(first_month)
    async with transaction():
        asked = [cooperative_id, month]
        await once(signed_in(actor), "startSavings", key, asked, cooperative_id)
        known = await locked_one(SavingsStart, cooperative_id)
        if known is not None:
            return known
        today = await today_of(cooperative_id)
        ahead = (month.year - today.year) * 12 + month.month - today.month
        if not -1 <= ahead <= 3:
            raise Invalid.field(
                "firstMonth", Code.OUT_OF_RANGE, "last month to three ahead", "bulan lalu sampai tiga bulan ke depan"
            )
        return await SavingsStart.create(id=cooperative_id, first_month=month, started_by=actor.account_id)


async def open_product(
    actor: Actor,
    *,
    cooperative_id: UUID,
    kind: SavingsKind,
    name: str,
    rate_bp: int,
    months: int | None = None,
    least: int = 0,
    key: str,
) -> SavingsProduct:
    """Offer voluntary savings, or deposits of so many months, at a rate a year from today on.

    Raises NotFound, Forbidden, Invalid, ProductExists, AgainstTheLaw for a rate above the law's cap or the by-laws'.
    """
    require_setter(actor, cooperative_id)
    name, id = " ".join(name.split()), new_id()
    _check(kind, name, rate_bp, months, least)
    async with transaction():
        asked = [cooperative_id, kind, name, rate_bp, months, least]
        earlier = await once(signed_in(actor), "openSavingsProduct", key, asked, id)
        if earlier is not None:
            return await SavingsProduct.get(pk=earlier)
        if await locked_one(SavingsStart, cooperative_id) is None:
            raise NoSavingsYet
        today = await today_of(cooperative_id)
        check_rate(kind, rate_bp, await by_laws(cooperative_id, today))
        known = [row.name for row in await SavingsProduct.filter(cooperative_id=cooperative_id)]
        if name in known:
            raise ProductExists
        if len(known) >= MOST_PRODUCTS:
            raise Invalid.field(
                "name", Code.TOO_MANY, f"at most {MOST_PRODUCTS} in all", f"paling banyak {MOST_PRODUCTS}"
            )
        by = actor.account_id
        product = await SavingsProduct.create(
            id=id, cooperative_id=cooperative_id, kind=kind, name=name, months=months, least=least, opened_by=by
        )
        await ProductRate.create(product_id=id, since=today, rate_bp=rate_bp, set_by=by)
        return product


def _check(kind: SavingsKind, name: str, rate_bp: int, months: int | None, least: int) -> None:
    if kind.is_capital:
        raise Invalid.field(
            "kind",
            Code.INVALID,
            "VOLUNTARY or TERM: by-laws set the others",
            "VOLUNTARY atau TERM: lainnya diatur AD/ART",
        )
    if not fits(name, 1, NAME_LENGTH):
        raise Invalid.field("name", Code.OUT_OF_RANGE, "1 to 60 characters", "1 sampai 60 karakter")
    if rate_bp < 0:
        raise Invalid.field("rate", Code.OUT_OF_RANGE, "zero or more", "nol atau lebih")
    if (kind is SavingsKind.TERM) is not (months is not None) or not 1 <= (months or 1) <= LONGEST_MONTHS:
        most = LONGEST_MONTHS
        raise Invalid.field(
            "months", Code.INVALID, f"of a TERM alone: 1 to {most}", f"hanya untuk TERM: 1 sampai {most}"
        )
    if not 0 <= least <= LARGEST_RUPIAH:
        raise Invalid.field("least", Code.OUT_OF_RANGE, "zero rupiah or more", "nol rupiah atau lebih")


async def set_rate(actor: Actor, *, product_id: UUID, rate_bp: int, since: date, key: str) -> SavingsProduct:
    """From that day on the product earns so much a year; deposits keep the rate of their term. Not backwards.

    Raises NotFound, Forbidden, Invalid, AgainstTheLaw.
    """
    async with transaction():
        product = await hold_product(actor, product_id)
        if await once(signed_in(actor), "setSavingsRate", key, [product_id, rate_bp, since], product_id) is not None:
            return product
        if rate_bp < 0:
            raise Invalid.field("rate", Code.OUT_OF_RANGE, "zero or more", "nol atau lebih")
        today = await today_of(product.cooperative_id)
        if since < today:
            raise Invalid.field("since", Code.OUT_OF_RANGE, "today or later", "hari ini atau sesudahnya")
        check_rate(product.kind, rate_bp, await by_laws(product.cooperative_id, since))
        await ProductRate.filter(product_id=product_id, since=since).delete()
        await ProductRate.create(product_id=product_id, since=since, rate_bp=rate_bp, set_by=actor.account_id)
        about = {"product": str(product_id), "rate_bp": rate_bp, "since": str(since)}
        by, id = actor.account_id, product.cooperative_id
        await audit.note("savings.rate_set", account_id=signed_in(actor), by=by, cooperative_id=id, **about)
        return product


async def retire_product(actor: Actor, *, product_id: UUID) -> SavingsProduct:
    """Take no new accounts of it; those there are stay as they are. Raises NotFound, Forbidden."""
    async with transaction():
        product = await hold_product(actor, product_id)
        if product.retired_at is None:
            product.retired_at = clock.now()
            await product.save(update_fields=["retired_at"])
        return product


async def hold_product(actor: Actor, product_id: UUID) -> SavingsProduct:
    """The product, locked, for one who sets what savings earn. Raises NotFound, Forbidden."""
    product = await locked_one(SavingsProduct, product_id)
    if product is None:
        raise NotFound("savings product")
    require_setter(actor, product.cooperative_id)
    return product
