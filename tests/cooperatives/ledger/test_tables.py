"""What each posting is answered with, told as tables (see `tables.py`); row by row, and each table as one batch.

What a pending transfer's end is answered with, and in which order, follows TigerBeetle's `create_transfers`.
"""

import pytest

from tests.cooperatives.ledger.tables import Table

pytestmark = pytest.mark.anyio

TABLES = {
    "part of it is posted, the rest let go": """
        fund   debit GATEWAY credit ESCROW 100                posted
        hold   debit ESCROW credit SELLER 60 pending          posted
        see    ESCROW posted 100 held 60 free 40
        see    SELLER posted 0 held 0 free 0
        more   debit ESCROW credit SELLER 41                  limit:ESCROW
        take   post hold 50                                   posted
        see    ESCROW posted 50 held 0 free 50
        see    SELLER posted 50 held 0 free 50
        take   post hold 50                                   repeated
        take   post hold 49                                   mismatch
        take   post hold                                      mismatch
        void   void hold                                      already_posted
        twice  post hold 10                                   already_posted
        see    ESCROW posted 50 held 0 free 50
    """,
    "the whole is posted": """
        fund   debit GATEWAY credit ESCROW 100                posted
        hold   debit ESCROW credit SELLER 100 pending         posted
        all    post hold                                      posted
        all    post hold 100                                  repeated
        see    ESCROW posted 0 held 0 free 0
        see    SELLER posted 100 held 0 free 100
    """,
    "a void lets go, once": """
        fund   debit GATEWAY credit ESCROW 100                posted
        hold   debit ESCROW credit SELLER 100 pending         posted
        none   debit ESCROW credit SELLER 1                   limit:ESCROW
        void   void hold                                      posted
        void   void hold                                      repeated
        void2  void hold                                      already_voided
        post   post hold                                      already_voided
        see    ESCROW posted 100 held 0 free 100
        none   debit ESCROW credit SELLER 1                   posted      # what was refused may be asked again
    """,
    "time runs out": """
        fund   debit GATEWAY credit ESCROW 100                posted
        early  debit ESCROW credit SELLER 10 pending for 60   posted
        late   debit ESCROW credit SELLER 20 pending for 90   posted
        always debit ESCROW credit SELLER 30 pending          posted
        soon   expire early                                   not_due
        never  expire always                                  not_due
        wait   60
        post   post early                                     expired     # though no sweep has run
        void   void early                                     expired
        see    ESCROW posted 100 held 60 free 40                          # it counts until it is expired
        exp    expire early                                   posted
        exp    expire early                                   repeated
        exp2   expire early                                   expired
        post   post early                                     expired
        take   post late                                      posted
        see    ESCROW posted 80 held 30 free 50
    """,
    "what can't be resolved": """
        fund   debit GATEWAY credit ESCROW 100                posted
        ghost  post nothing                                   not_found
        fact   post fund                                      not_pending
        factv  void fund                                      not_pending
        hold   debit ESCROW credit SELLER 60 pending          posted
        over   post hold 61                                   exceeds_pending
        take   post hold 1                                    posted
        end    post take                                      not_pending # the end of a pending one has no end
        over2  post hold 61                                   exceeds_pending
        see    ESCROW posted 99 held 0 free 99
    """,
    "a compound stands or falls whole": """
        fund   debit GATEWAY credit ESCROW 100                posted
        both   debit ESCROW credit SELLER 60                  limit:ESCROW
        +      debit ESCROW credit COMMISSION 41
        see    SELLER posted 0
        both   debit ESCROW credit SELLER 60                  posted
        +      debit ESCROW credit COMMISSION 40
        both   debit ESCROW credit SELLER 60                  repeated
        +      debit ESCROW credit COMMISSION 40
        both   debit ESCROW credit SELLER 60                  mismatch
        both   debit ESCROW credit SELLER 60                  mismatch
        +      debit ESCROW credit COMMISSION 39
        see    ESCROW posted 0
        thru   debit CASH credit OTHER_ESCROW 5               posted      # filled and emptied in one: whole it fits
        +      debit OTHER_ESCROW credit SELLER 5
        back   debit OTHER_ESCROW credit SELLER 5             posted      # in either order
        +      debit CASH credit OTHER_ESCROW 5
    """,
    "a compound of ends": """
        fund   debit GATEWAY credit ESCROW 100                posted
        holds  debit ESCROW credit SELLER 10 pending          posted
        +      debit ESCROW credit SELLER 20 pending
        +      debit ESCROW credit COMMISSION 30 pending
        see    ESCROW posted 100 held 60 free 40
        away   void holds.2                                   posted
        mixed  post holds.0                                   already_voided
        +      void holds.2
        twice  post holds.0 1                                 named_twice
        +      void holds.0
        self   debit ESCROW credit SELLER 1 pending           not_found   # its own pending one does not stand yet
        +      post self.0
        see    ESCROW posted 100 held 30 free 70
        ends   post holds.0 9                                 posted
        +      void holds.1
        +      debit ESCROW credit COMMISSION 91
        see    ESCROW posted 0 held 0 free 0
        see    SELLER posted 9
    """,
    "what comes later in a batch does not stand yet": """
        fund   debit GATEWAY credit ESCROW 100                posted
        early  post later                                     not_found
        later  debit BANK credit SELLER 10 pending            posted
        over   debit OTHER_ESCROW credit SELLER 5             limit:OTHER_ESCROW
        fill   debit CASH credit OTHER_ESCROW 5               posted
        over   debit OTHER_ESCROW credit SELLER 5             posted
        early  post later                                     posted
        see    SELLER posted 15
    """,
    "limits of each kind": """
        none   debit CASH credit DRIVER_CASH 1                limit:DRIVER_CASH
        carry  debit DRIVER_CASH credit ESCROW 70             posted
        lay    debit CASH credit DRIVER_CASH 50 pending       posted      # an asset is held by its credits
        see    DRIVER_CASH posted 70 held 50 free 20
        over   debit CASH credit DRIVER_CASH 21               limit:DRIVER_CASH
        in     post lay 30                                    posted
        see    DRIVER_CASH posted 40 held 0 free 40
        low    debit BANK credit CASH 1000                    posted      # no limit here
        see    CASH posted -970
    """,
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("in_one_batch", [False, True], ids=["row by row", "in one batch"])
async def test_table(db: object, name: str, in_one_batch: bool) -> None:
    await Table(TABLES[name], in_one_batch).run()


@pytest.mark.parametrize("in_one_batch", [False, True], ids=["row by row", "in one batch"])
async def test_of_three_that_fit_alone_one_is_accepted(db: object, in_one_batch: bool) -> None:
    """Cap 10,000,000 and three times 8,000,000; what is pending counts as what is posted."""
    for phase in ("", "pending"):
        escrow = "OTHER_ESCROW" if phase else "ESCROW"
        await Table(
            f"""
            fund{phase} debit CASH credit {escrow} 10000000              posted
            one{phase}  debit {escrow} credit SELLER 8000000 {phase}     posted
            two{phase}  debit {escrow} credit SELLER 8000000 {phase}     limit:{escrow}
            three{phase} debit {escrow} credit SELLER 8000000 {phase}    limit:{escrow}
            rest{phase} debit {escrow} credit SELLER 2000000 {phase}     posted
            """,
            in_one_batch,
        ).run()
