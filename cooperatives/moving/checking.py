"""A set held against what the co-op has here already: who is a member, what it offers, what its books say."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid5

from cooperatives.books import opening_table, openings
from cooperatives.books.books import chart_of
from cooperatives.books.chart import Chart
from cooperatives.books.opening_table import Opening
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.service import by_laws_on
from cooperatives.ledger import service as ledger
from cooperatives.loans.models import Loan
from cooperatives.membership.categories import MemberCategory
from cooperatives.membership.models import MemberEntry, Membership
from cooperatives.moving import rows, stocking
from cooperatives.moving.proving import ProofLine, accounts, prove
from cooperatives.moving.reading import Sheets
from cooperatives.moving.records import MemberRow, Reading, Told
from cooperatives.moving.sheets import SheetKind
from cooperatives.savings.kinds import SavingsKind
from cooperatives.savings.models import SavingsProduct
from marketplace.batches import rows_by
from marketplace.identity.enrolling import accounts_by_phone
from marketplace.identity.phones import unknown
from marketplace.vault import Vault

#: Before the number of each loan that moved in, so that none is taken for one lent here.
LOAN_SERIES = "PD/"


@dataclass(slots=True)
class Checked:
    """A set that was read: what is to be written, the proof, and all that is wrong or worth a look."""

    found: Reading
    chart: Chart
    opening: Opening | None
    proof: list[ProofLine] = field(default_factory=list)
    phones: dict[int, str] = field(default_factory=dict)  # of each member, by number
    known: dict[int, Membership] = field(default_factory=dict)  # who is a member here already
    voluntary: Mapping[str, SavingsProduct] = field(default_factory=dict)  # by name; "": the only one
    deposits: Mapping[str, SavingsProduct] = field(default_factory=dict)
    shelves: stocking.Shelves = field(default_factory=stocking.Shelves)

    @property
    def is_proved(self) -> bool:
        return not self.found.refusals


async def check(cooperative_id: UUID, sheets: Sheets, vault: Vault, today: date) -> Checked:
    """Read the sheets and hold them against the co-op and its books. A fixed number of statements."""
    found = rows.read_all(sheets.tables, today)
    found.notes[:0] = sheets.notes
    chart = await chart_of(cooperative_id)
    made = Checked(found, chart, await _opening(cooperative_id, sheets, found, chart))
    await _check_people(cooperative_id, made, vault, today)
    await _check_products(cooperative_id, made)
    await _check_loans(cooperative_id, made)
    made.shelves = await stocking.check(cooperative_id, found, chart)
    told_apart = {account.ref(cooperative_id): account.number for account in accounts(found, chart)}
    kept = await ledger.balances(list(told_apart))
    held = {told_apart[ref]: balance.amount for ref, balance in kept.items()}
    made.proof = prove(found, sheets.tables, made.opening, held, chart)
    return made


async def _opening(cooperative_id: UUID, sheets: Sheets, found: Reading, chart: Chart) -> Opening | None:
    """The opening balances, proved in themselves, where the set brings them."""
    table = sheets.tables.get(SheetKind.BALANCES)
    if not table:
        return None
    opening = opening_table.read(table, chart)
    opening_table.prove(opening, None, None)
    name = SheetKind.BALANCES.value
    found.refusals += [Told(name, one.line, one.column, one.message, one.pesan) for one in opening.refusals]
    try:
        await openings.require_none(cooperative_id)
    except openings.OpeningTaken as taken:
        found.refusals.append(Told(name, 0, "", taken.message("en"), taken.message("id")))
    return opening


async def _check_people(cooperative_id: UUID, made: Checked, vault: Vault, today: date) -> None:
    members = made.found.members
    _give_phones(cooperative_id, made)
    accounts = await accounts_by_phone(list(made.phones.values()))
    present = {row.account_id: row for row in await Membership.filter(cooperative_id=cooperative_id)}
    for number, phone in made.phones.items():
        account = accounts.get(phone)
        if account is not None and account.pk in present:
            made.known[number] = present[account.pk]
    matched = {row.pk for row in made.known.values()}
    taken = {row.number for row in present.values() if row.pk not in matched}
    marks = {
        vault.marks(row.national_id, owner_id=cooperative_id)[0]: row for row in members.values() if row.national_id
    }
    entries = await rows_by(MemberEntry, "national_id_mark", set(marks))
    others = {row.national_id_mark for row in entries if row.pk not in matched}
    associates = (await by_laws_on(cooperative_id, today))[ByLaw.ASSOCIATES_ALLOWED]
    wrong: Sequence[tuple[Callable[[MemberRow], bool], str, str, str]] = (
        (
            lambda row: row.number in taken,
            "nomor_anggota",
            "another member has this number here: give his phone so that they are one, or another number",
            "nomor ini sudah dipakai anggota lain di sini: isi teleponnya agar dikenali, atau pakai nomor lain",
        ),
        (
            lambda row: bool(row.national_id) and vault.marks(row.national_id, owner_id=cooperative_id)[0] in others,
            "nik",
            "a member here has this NIK already: give his phone so that they are one, or delete the row",
            "NIK ini sudah milik anggota di sini: isi teleponnya agar dikenali, atau hapus barisnya",
        ),
        (
            lambda row: row.category is MemberCategory.ASSOCIATE and not associates,
            "jenis_anggota",
            "the by-laws know no associate members (UU 25/1992 art. 18(2)): write biasa",
            "AD/ART tidak mengenal anggota luar biasa (UU 25/1992 pasal 18(2)): tulis biasa",
        ),
    )
    for row in members.values():
        for is_wrong, column, message, pesan in wrong:
            if is_wrong(row):
                made.found.refusals.append(Told(SheetKind.MEMBERS.value, row.row, column, message, pesan))


def _give_phones(cooperative_id: UUID, made: Checked) -> None:
    """Each member's phone; of two who share one the first has it, as it opens one person's account."""
    first: dict[str, MemberRow] = {}
    name = SheetKind.MEMBERS.value
    for row in made.found.members.values():
        holder = first.setdefault(row.phone, row) if row.phone else row
        made.phones[row.number] = row.phone if row.phone and holder is row else unknown(_nobody(cooperative_id, row))
        if holder is not row:
            made.found.notes.append(
                Told(
                    name,
                    row.row,
                    "telepon",
                    f"row {holder.row} ({holder.name}) has this phone: {row.name} is taken without one",
                    f"telepon ini dipakai baris {holder.row} ({holder.name}): {row.name} masuk tanpa telepon",
                )
            )
    for count, column, message, pesan in (
        (
            sum(not row.phone for row in made.found.members.values()),
            "telepon",
            "without a phone: they can't sign in until one is given",
            "tanpa telepon: belum dapat masuk sampai diisi",
        ),
        (
            sum(not row.national_id for row in made.found.members.values()),
            "nik",
            "without a NIK: to be filled in later",
            "tanpa NIK: dapat dilengkapi kemudian",
        ),
    ):
        if count:
            made.found.notes.append(Told(name, 0, column, f"{count} members {message}", f"{count} anggota {pesan}"))


def _nobody(cooperative_id: UUID, row: MemberRow) -> UUID:
    """The same for the same member of the same co-op, so that a set proposed twice makes nobody twice."""
    return uuid5(cooperative_id, f"moved:{row.number}")


async def _check_products(cooperative_id: UUID, made: Checked) -> None:
    offered = await SavingsProduct.filter(cooperative_id=cooperative_id, retired_at__isnull=True)
    voluntary = {row.name.lower(): row for row in offered if row.kind is SavingsKind.VOLUNTARY}
    made.deposits = {row.name.lower(): row for row in offered if row.kind is SavingsKind.TERM}
    made.voluntary = voluntary | ({"": next(iter(voluntary.values()))} if len(voluntary) == 1 else {})
    named = [
        *(
            (SheetKind.SAVINGS, row.row, row.product, made.voluntary)
            for row in made.found.savings.values()
            if row.product
        ),
        *((SheetKind.DEPOSITS, row.row, row.product, made.deposits) for row in made.found.deposits),
    ]
    for sheet, number, product, there in named:
        if product.lower() not in there:
            made.found.refusals.append(
                Told(
                    sheet.value,
                    number,
                    "produk",
                    f"the co-op offers no {product[:60]}: open it first (openSavingsProduct), or correct the name",
                    f"koperasi tidak menawarkan {product[:60]}: buka dahulu produknya, atau perbaiki namanya",
                )
            )


async def _check_loans(cooperative_id: UUID, made: Checked) -> None:
    numbers = {row.number: row for row in made.found.loans}
    for loan in await rows_by(Loan, "reference", set(numbers)):
        row = numbers.get(loan.reference or "")
        is_here = loan.cooperative_id == cooperative_id and (loan.number or "").startswith(LOAN_SERIES)
        if row is not None and is_here:
            said = f"{row.number} is here already as {loan.number}", f"{row.number} sudah ada sebagai {loan.number}"
            made.found.refusals.append(Told(SheetKind.LOANS.value, row.row, "nomor_pinjaman", *said))
