"""Loans as files, PDF and XLSX: a loan's contract and card, the portfolio, and the unit's trial balance."""

from uuid import UUID

from cooperatives.books import folders
from cooperatives.books.folders import MOST_ENTRIES, TooLong
from cooperatives.books.papers.paper import Cell
from cooperatives.books.papers.statements import say
from cooperatives.books.periods import Period
from cooperatives.loans import papers, reading, unit_books
from cooperatives.loans.access import READERS, seen_loan, today_at
from cooperatives.loans.borrowing import instalments_by_borrowing, outstanding
from cooperatives.loans.borrowing_interest import interest_due_by_borrowing
from cooperatives.loans.kinds import GuaranteeState
from cooperatives.loans.models import Borrowing, LoanProduct
from cooperatives.loans.on_lending import lent_out_of
from cooperatives.membership.models import Membership
from marketplace.identity.actor import SYSTEM, Actor, require
from marketplace.identity.service import accounts_by_id
from marketplace.money import percent

_SIGNERS = {"en": ("Borrower", "Guarantor", "For the co-op"), "id": ("Peminjam", "Penjamin", "Untuk koperasi")}


async def contract(actor: Actor, loan_id: UUID, form: str, language: str) -> bytes:
    """A loan's contract and card, for those who may see the loan. Raises NotFound, also for another form."""
    loan = await seen_loan(actor, loan_id)
    product, member = await LoanProduct.get(pk=loan.product_id), await Membership.get(pk=loan.membership_id)
    guarantees = (await reading.guarantees_by_loan([loan_id]))[loan_id]
    approvals = (await reading.approvals_by_loan([loan_id]))[loan_id]
    behind = [row.account_id for row in guarantees if row.state is not GuaranteeState.REFUSED]
    people = await accounts_by_id([loan.account_id, *behind, *(row.account_id for row in approvals)])
    rows = (await reading.instalments_by_loan([loan_id]))[loan_id]
    number = loan.number or "-"
    made = [
        papers.contract(
            papers.Contract(
                number=number,
                borrower=people[loan.account_id].name,
                member_number=member.number,
                product=product.name,
                reason=loan.reason,
                amount=loan.amount,
                months=loan.months,
                method=loan.method,
                rate_bp=loan.rate_bp,
                effective_bp=loan.effective_bp,
                compounded_bp=loan.compounded_bp,
                guarantors=tuple(people[id].name for id in behind),
                approved_by=tuple(people[row.account_id].name for row in approvals),
                disbursed_on=loan.disbursed_on,
                rules=tuple(loan.rules_cited),
            ),
            language,
        )
    ]
    if rows:
        lines = [papers.Line(row.due_on, row.principal, row.interest, row.paid) for row in rows]
        made.append(papers.card(number, loan.amount, lines, language))
    # Who may see the loan may see its paper with the books' seal, reader of the books or not.
    signers = _SIGNERS[language]
    return await folders.bind(SYSTEM, loan.cooperative_id, made, form, language, signers=signers)


async def portfolio(actor: Actor, cooperative_id: UUID, form: str, language: str) -> bytes:
    """All running loans, by class and one by one, for who lends and the pengawas. Raises NotFound, TooLong."""
    require(actor, *READERS, cooperative_id=cooperative_id, hide="cooperative")
    found = await reading.portfolio_of(actor, cooperative_id)
    today, standings = await reading.standings_of(cooperative_id)
    if len(standings) > MOST_ENTRIES:
        raise TooLong(most=MOST_ENTRIES)
    people = await accounts_by_id(sorted({loan.account_id for loan, _ in standings}))
    rows: list[tuple[Cell, ...]] = []
    for loan, owed in standings:
        days, arrears = reading.arrears_of(loan, today)
        name, told = people[loan.account_id].name, say(language, papers.CLASSES[arrears])
        rows.append(
            (loan.number, name, loan.disbursed_on, loan.amount, owed, loan.late_since, days, told, loan.reserved)
        )
    made = [papers.portfolio(found, today, language), papers.loans(rows, today, language)]
    return await folders.bind(SYSTEM, cooperative_id, made, form, language, is_signed=True)


async def borrowings(actor: Actor, cooperative_id: UUID, form: str, language: str) -> bytes:
    """What the co-op itself borrowed, oldest first, for who lends and the pengawas. Raises NotFound, TooLong."""
    require(actor, *READERS, cooperative_id=cooperative_id, hide="cooperative")
    found = await Borrowing.filter(cooperative_id=cooperative_id).order_by("id").limit(MOST_ENTRIES + 1)
    if len(found) > MOST_ENTRIES:
        raise TooLong(most=MOST_ENTRIES)
    instalments = await instalments_by_borrowing([row.pk for row in found])
    interest_due = await interest_due_by_borrowing([row.pk for row in found])
    rows = [
        (
            row.lender_name,
            row.reference,
            row.received_on,
            row.amount,
            percent(row.rate_bp, language),
            percent(row.effective_bp, language),
            row.months,
            outstanding(row, instalments[row.pk]),
            interest_due[row.pk],
            None if row.ended_at is None else row.ended_at.date(),
        )
        for row in found
    ]
    made = [papers.borrowings(rows, await today_at(cooperative_id), language)]
    return await folders.bind(SYSTEM, cooperative_id, made, form, language, is_signed=True)


async def on_lent(actor: Actor, borrowing_id: UUID, form: str, language: str) -> bytes:
    """For the lender: each loan out of what he lent, oldest first, ended ones too. Raises NotFound, TooLong."""
    row, today, found = await lent_out_of(actor, borrowing_id, most=MOST_ENTRIES + 1)
    if len(found) > MOST_ENTRIES:
        raise TooLong(most=MOST_ENTRIES)
    lines: list[tuple[Cell, ...]] = []
    for one in found:
        told = papers.ENDED[one.loan.state] if one.arrears is None else papers.CLASSES[one.arrears]
        loan, late, standing = one.loan, one.days_late, say(language, told)
        number, name = one.member_number, one.name
        lines.append((number, name, loan.number, loan.disbursed_on, loan.amount, one.owed, late, standing))
    made = [papers.on_lent(row.lender_name, row.reference, lines, today, language)]
    return await folders.bind(SYSTEM, row.cooperative_id, made, form, language, is_signed=True)


async def trial_balance(actor: Actor, cooperative_id: UUID, period: Period | None, form: str, language: str) -> bytes:
    """The unit's books apart, for those who read the books. Raises NotFound, BooksNotOpen, Invalid."""
    found = await unit_books.unit_books(actor, cooperative_id, period)
    crossed = [(one.account.number, one.account.name(language), one.came_in, one.went_out) for one in found.crossed]
    made = [papers.unit_books(found.lines, crossed, found.opening, found.period, language)]
    return await folders.bind(actor, cooperative_id, made, form, language, is_signed=True)
