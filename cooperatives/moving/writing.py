"""A proved set becomes rows and postings, all in the caller's one transaction: members, savings, loans, stock.

What the opening balances hold as one sum of all members is moved to each member's own account; the sums stay.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid5

from cooperatives.books.periods import add_months
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry
from cooperatives.ledger.compounds import Compound
from cooperatives.membership.entries import Heir, PersonalDetails, seal_details, seal_heirs
from cooperatives.membership.models import Cooperative, MemberEntry, Membership, MembershipState
from cooperatives.moving.checking import Checked
from cooperatives.moving.lending import write_loans
from cooperatives.moving.records import MemberRow
from cooperatives.moving.stocking import write_stock
from cooperatives.savings.accounts import PREFIXES, capital_id, ensure_capital
from cooperatives.savings.interest import RateFrom, rate_on
from cooperatives.savings.kinds import Rollover, SavingsKind
from cooperatives.savings.models import DepositTerm, ProductRate, SavingsAccount
from marketplace import clock
from marketplace.batches import rows_by
from marketplace.database import new_id
from marketplace.identity.actor import Role
from marketplace.identity.enrolling import enrol, grant_all
from marketplace.vault import Vault

SAVED = "savings.imported"


async def write(cooperative: Cooperative, made: Checked, vault: Vault, by: UUID | None, today: date) -> None:
    """Write all of it. Caller's transaction, which holds the co-op and its book."""
    members = await _write_members(cooperative, made, vault, by)
    saved = await _write_savings(made, members, today)
    lent = await write_loans(cooperative.pk, made.found.loans, members, by, today)
    stocked = await write_stock(made.found, made.shelves, made.chart)
    for result in await ledger.post_batch([*saved, *lent, *stocked]):
        if result.outcome is not ledger.Outcome.POSTED:  # proved, and every cause is new
            raise RuntimeError(f"moving in was not posted: {result}")


async def _write_members(
    cooperative: Cooperative, made: Checked, vault: Vault, by: UUID | None
) -> Mapping[int, Membership]:
    """Everyone's account, membership and line in the register, by number."""
    rows, now = made.found.members, clock.now()
    accounts = await enrol({made.phones[number]: row.name for number, row in rows.items()})
    # Who is a member already takes the number of the old books: no two may have one in between.
    await Membership.filter(pk__in=[member.pk for member in made.known.values()]).update(number=None)
    members: dict[int, Membership] = {}
    fresh = []
    for number in sorted(rows):
        member = made.known.get(number)
        if member is None:
            member = Membership(
                id=new_id(), cooperative_id=cooperative.pk, account_id=accounts[made.phones[number]].pk
            )
            fresh.append(member)
        member.number, member.state, member.reason = number, MembershipState.ACTIVE, None
        if member.decided_at is None:
            member.decided_by, member.decided_at = by, now
        members[number] = member
    await Membership.bulk_create(fresh)
    for member in made.known.values():
        await member.save(update_fields=["number", "state", "reason", "decided_by", "decided_at"])
    ids = [member.account_id for member in members.values()]
    await grant_all(ids, Role.MEMBER, cooperative_id=cooperative.pk, by=by)
    await MemberEntry.filter(pk__in=[member.pk for member in made.known.values()]).delete()
    await MemberEntry.bulk_create([_entry(vault, members[number], row) for number, row in rows.items()])
    return members


def _entry(vault: Vault, member: Membership, row: MemberRow) -> MemberEntry:
    entry = MemberEntry(
        id=member.pk, cooperative_id=member.cooperative_id, category=row.category, joined_on=row.joined_on
    )
    details = PersonalDetails(
        name=row.name,
        national_id=row.national_id,
        birth_place=row.birth_place,
        born_on=row.born_on.isoformat() if row.born_on else "",
        sex=row.sex,
        address=row.address,
        occupation=row.occupation,
        former_number=row.written,
    )
    seal_details(vault, entry, details)
    seal_heirs(vault, entry, [Heir(row.heir, row.relation)] if row.heir else [])
    return entry


async def _write_savings(made: Checked, members: Mapping[int, Membership], today: date) -> list[Compound]:
    """Everyone's savings accounts; answers what moves into them."""
    await ensure_capital(list(members.values()), today)
    moves: dict[UUID, list[Entry]] = defaultdict(list)
    accounts: list[SavingsAccount] = []
    own: dict[int, SavingsAccount] = {}
    depositors = {row.member for row in made.found.deposits}
    for number, member in members.items():
        saved = made.found.savings.get(number)
        if saved is not None:
            for kind, amount in ((SavingsKind.PRINCIPAL, saved.principal), (SavingsKind.MANDATORY, saved.mandatory)):
                ref = AccountRef(member.cooperative_id, kind.purpose, capital_id(member.pk, kind))
                moves[member.pk].append(_told_apart(ref, amount))
        if (saved is not None and saved.voluntary) or number in depositors:
            product = made.voluntary.get(saved.product.lower() if saved else "")
            account = _account(member, SavingsKind.VOLUNTARY, 1, today, product.pk if product else None)
            account.id = uuid5(member.pk, f"savings:{product.pk if product else 'moved'}")
            own[number] = account
            accounts.append(account)
            moves[member.pk].append(_told_apart(account.ref, saved.voluntary if saved else 0))
    terms = await _deposits(made, members, own, accounts, moves)
    await SavingsAccount.bulk_create(accounts)
    await DepositTerm.bulk_create(terms)
    return [Compound(Cause(SAVED, id), tuple(entries)) for id, entries in moves.items()]


async def _deposits(
    made: Checked,
    members: Mapping[int, Membership],
    own: Mapping[int, SavingsAccount],
    accounts: list[SavingsAccount],
    moves: Mapping[UUID, list[Entry]],
) -> list[DepositTerm]:
    """Deposits go among the accounts and moves; their interest goes to the member's voluntary savings."""
    rates: dict[UUID, list[RateFrom]] = defaultdict(list)
    for rate in await rows_by(ProductRate, "product_id", {product.pk for product in made.deposits.values()}):
        rates[rate.product_id].append(RateFrom(rate.since, rate.rate_bp))
    terms, used = [], dict.fromkeys(members, 0)
    for row in made.found.deposits:
        product, member = made.deposits[row.product.lower()], members[row.member]
        used[row.member] += 1
        account = _account(member, SavingsKind.TERM, used[row.member], row.since, product.pk)
        account.matures_on = add_months(row.since, product.months or 1)
        account.rollover, account.pays_into_id = Rollover.TO_SAVINGS, own[row.member].pk
        accounts.append(account)
        moves[member.pk].append(_told_apart(account.ref, row.amount))
        rate_bp = rate_on(rates[product.pk], row.since) if row.rate_bp is None else row.rate_bp
        terms.append(DepositTerm(savings_id=account.pk, since=row.since, rate_bp=rate_bp))
    return terms


def _account(
    member: Membership, kind: SavingsKind, used: int, opened_on: date, product_id: UUID | None
) -> SavingsAccount:
    return SavingsAccount(
        id=new_id(),
        cooperative_id=member.cooperative_id,
        membership_id=member.pk,
        account_id=member.account_id,
        kind=kind,
        product_id=product_id,
        number=f"{PREFIXES[kind]}-{member.number or 0:06}-{used}",
        opened_on=opened_on,
    )


def _told_apart(ref: AccountRef, amount: int) -> Entry:
    """Out of the sum of all members, into one's own account."""
    return Entry(AccountRef(ref.cooperative_id, ref.purpose), ref, amount, SAVED)
