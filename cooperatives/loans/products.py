"""What a co-op offers to lend: each product's rate is held against the cap for every term that it allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from cooperatives.books.texts import fits
from cooperatives.loans.access import LENDERS, hold_book, today_at, today_of
from cooperatives.loans.bounds import bounds_of
from cooperatives.loans.kinds import BorrowingState, LoanPurpose
from cooperatives.loans.models import Borrowing, LoanProduct
from cooperatives.loans.rates import EffectiveRate, require_within_cap
from cooperatives.loans.schedules import Instalment, Method, Terms, schedule
from marketplace import clock
from marketplace.batches import rows_by
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, FieldFault, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, require, signed_in
from marketplace.money import FULL_SHARE_BP, with_points
from marketplace.rules import RuleValue

MOST_PRODUCTS = 50
LONGEST_MONTHS, LARGEST_LOAN, LARGEST_MULTIPLE, MOST_GUARANTORS = 120, 10_000_000_000, 100_000, 5
NAME_LENGTH = 80


class TooManyProducts(MarketplaceError):
    """The co-op offers {limit} loan products already: retire one first."""

    code = Code.TOO_MANY
    pesan = "Koperasi sudah menawarkan {limit} produk pinjaman: tutup satu dahulu."


class ProductRetired(MarketplaceError):
    """This product is no longer offered: choose another one."""

    code = Code.WRONG_STATE
    pesan = "Produk ini sudah tidak ditawarkan: pilih produk lain."


@dataclass(frozen=True, slots=True)
class Offer:
    """A product as an officer describes it: rupiah, months, basis points a year."""

    name: str
    purpose: LoanPurpose
    method: Method
    rate_bp: int
    least_amount: int
    most_amount: int
    least_months: int
    most_months: int
    multiple: int = 1
    guarantors: int = 0
    pledged_bp: int = 0
    finances_purchases: bool = False
    borrowing_id: UUID | None = None

    def highest_rate(self, cap: RuleValue) -> EffectiveRate:
        """What its largest loan costs at most. Raises Invalid, or AgainstTheLaw for what the cap does not allow."""
        rules = [
            (fits(self.name, 1, NAME_LENGTH), "name", "1 to 80 characters", "1 sampai 80 karakter"),
            (0 <= self.rate_bp <= 10_000, "rateBp", "0 to 10,000", "0 sampai 10.000"),
            (
                0 < self.least_amount <= self.most_amount <= LARGEST_LOAN,
                "mostAmount",
                "the least amount to Rp 10,000,000,000",
                "dari jumlah terkecil sampai Rp 10.000.000.000",
            ),
            (
                0 < self.least_months <= self.most_months <= LONGEST_MONTHS,
                "mostMonths",
                "the least months to 120",
                "dari bulan tersingkat sampai 120",
            ),
            (1 <= self.multiple <= LARGEST_MULTIPLE, "multiple", "1 to 100,000", "1 sampai 100.000"),
            (
                self.multiple * self.most_months <= max(self.least_amount, 1) or self.multiple == 1,
                "multiple",
                "small enough that the smallest loan has an instalment every month",
                "cukup kecil supaya pinjaman terkecil punya angsuran tiap bulan",
            ),
            (0 <= self.pledged_bp <= FULL_SHARE_BP, "pledged", "0 to 10,000", "0 sampai 10.000"),
            (0 <= self.guarantors <= MOST_GUARANTORS, "guarantors", "0 to 5", "0 sampai 5"),
        ]
        faults = [FieldFault((name,), Code.OUT_OF_RANGE, en, id) for holds, name, en, id in rules if not holds]
        if faults:
            raise Invalid(faults=faults)
        terms = [
            Terms(self.most_amount, months, self.rate_bp, self.method, self.multiple)
            for months in range(self.least_months, self.most_months + 1)
        ]
        return max((require_within_cap(one, cap) for one in terms), key=lambda rate: rate.monthly)


async def offer_product(actor: Actor, *, cooperative_id: UUID, offer: Offer, key: str) -> LoanProduct:
    """Offer a product from now on. An officer or loan officer.

    Raises Forbidden, BooksNotOpen, Invalid, AgainstTheLaw, TooManyProducts.
    """
    id, asked = new_id(), [cooperative_id, offer]
    async with transaction():
        book = await hold_book(actor, cooperative_id)
        if (earlier := await once(signed_in(actor), "offerLoanProduct", key, asked, id)) is not None:
            return await LoanProduct.get(pk=earlier)
        highest = offer.highest_rate((await bounds_of(cooperative_id, today_of(book))).rate_cap)
        if await LoanProduct.filter(cooperative_id=cooperative_id, retired_at=None).count() >= MOST_PRODUCTS:
            raise TooManyProducts(limit=MOST_PRODUCTS)
        if offer.borrowing_id is not None and not await Borrowing.exists(
            pk=offer.borrowing_id, cooperative_id=cooperative_id, state=BorrowingState.RUNNING
        ):
            raise NotFound("borrowing")
        return await LoanProduct.create(
            id=id,
            cooperative_id=cooperative_id,
            name=offer.name.strip(),
            purpose=offer.purpose,
            method=offer.method,
            rate_bp=offer.rate_bp,
            highest_effective_bp=highest.nominal_bp,
            least_amount=offer.least_amount,
            most_amount=offer.most_amount,
            least_months=offer.least_months,
            most_months=offer.most_months,
            multiple=offer.multiple,
            guarantors=offer.guarantors,
            pledged_bp=offer.pledged_bp,
            finances_purchases=offer.finances_purchases,
            borrowing_id=offer.borrowing_id,
            offered_by=signed_in(actor),
        )


async def retire_product(actor: Actor, *, product_id: UUID) -> LoanProduct:
    """Offer it no longer; loans on it go on. Done again it changes nothing. Raises NotFound, Forbidden."""
    async with transaction():
        row = await locked_one(LoanProduct, product_id)
        if row is None:
            raise NotFound("loan product")
        require(actor, *LENDERS, cooperative_id=row.cooperative_id)
        if row.retired_at is None:
            row.retired_at = clock.now()
            await row.save(update_fields=["retired_at"])
    return row


async def products_by_cooperative(ids: Sequence[UUID]) -> Mapping[UUID, list[LoanProduct]]:
    """What each of these co-ops offers now, oldest first. One statement."""
    found: dict[UUID, list[LoanProduct]] = {id: [] for id in ids}
    for row in await rows_by(LoanProduct, "cooperative_id", ids, order="id"):
        if row.retired_at is None:
            found[row.cooperative_id].append(row)
    return found


async def products_by_id(ids: Sequence[UUID]) -> Mapping[UUID, LoanProduct]:
    """The products with these ids, retired ones too. One statement."""
    return {row.pk: row for row in await rows_by(LoanProduct, "id", ids)}


@dataclass(frozen=True, slots=True)
class Quote:
    """What a loan would cost: its instalments, its rates, and the rule that they were held against."""

    terms: Terms
    instalments: list[Instalment]
    rate: EffectiveRate
    rule: RuleValue


def quote(product: LoanProduct, amount: int, months: int, cap: RuleValue) -> Quote:
    """What this much, so long, costs on this product. Raises ProductRetired, Invalid, AgainstTheLaw."""
    if product.retired_at is not None:
        raise ProductRetired
    bounds = [
        ("amount", amount, product.least_amount, product.most_amount, "rupiah", "rupiah"),
        ("months", months, product.least_months, product.most_months, "months", "bulan"),
    ]
    faults = [
        FieldFault(
            (name,),
            Code.OUT_OF_RANGE,
            f"{least:,} to {most:,} {unit}",
            f"{with_points(least)} sampai {with_points(most)} {satuan}",
        )
        for name, value, least, most, unit, satuan in bounds
        if not least <= value <= most
    ]
    if faults:
        raise Invalid(faults=faults)
    terms = Terms(amount, months, product.rate_bp, product.method, product.multiple)
    return Quote(terms, schedule(terms), require_within_cap(terms, cap), cap)


async def quote_product(product_id: UUID, *, amount: int, months: int) -> Quote:
    """`quote` of today, for anyone. Raises NotFound and what `quote` raises."""
    product = await LoanProduct.get_or_none(pk=product_id)
    if product is None:
        raise NotFound("loan product")
    bounds = await bounds_of(product.cooperative_id, await today_at(product.cooperative_id))
    return quote(product, amount, months, bounds.rate_cap)
