"""How interest is reckoned, on what members borrow of a co-op and on what a co-op borrows."""

from cooperatives.loans.schedules import Method
from schema.enums import described

__all__ = ["Method"]

described(
    Method,
    "How interest is reckoned.",
    {
        "FLAT": "On what was lent, whatever was paid back: costs nearly twice the rate it names.",
        "DECLINING": "Menurun: equal parts of the loan, interest on what is still owed.",
        "ANNUITY": "Anuitas: equal instalments, interest on what is still owed.",
    },
    name="InterestMethod",
)
