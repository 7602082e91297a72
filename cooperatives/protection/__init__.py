"""Members' protection: BPJS Ketenagakerjaan and Kesehatan, group insurance and pension, enrolled and paid together.

A programme is what a co-op offers; an enrolment is a member in it, with his dependants. Each month every enrolment
is billed (`pricing`, pure, by the rules of that month) as a due, payable in every way that dues are. When the day by
which members pay is over, the month is closed (`closing`): whose due is paid is covered, whose is not is carried by
the solidarity fund within its rule (`solidarity`, pure), and the rest lapses and is told. What is collected is
remitted in a batch a programme and month (`remitting`): DRAFT, SENT, CONFIRMED with the provider's receipt number.

In the ledger a programme's contributions are a liability until the provider has confirmed them. What the fund pays
for a member goes to that liability, and the due that he still owes goes to the fund from then on: it is owed back by
the due alone, in every way to pay, and no receivable is kept beside it.
"""
