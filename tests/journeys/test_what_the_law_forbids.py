"""What law or by-laws forbid is tried over the API, and refused with instrument and article in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
import pytest

from cooperatives.governance import motions, voting
from cooperatives.governance.models import Motion, Vote
from cooperatives.loans import service as loans
from cooperatives.loans.models import Loan, LoanApproval, LoanProduct
from cooperatives.membership.models import Cooperative, Membership
from cooperatives.savings import service as savings
from cooperatives.savings.models import SavingsProduct
from marketplace import checks, clock
from marketplace.identity.actor import Actor, Role
from marketplace.identity.models import Account
from marketplace.rule_words import title_of
from schema.ids import to_id
from tests.cooperatives.dues.stage import NOON, TODAY, Stage, stage
from tests.cooperatives.governance.hall import Hall
from tests.cooperatives.loans.unit import MOTORCYCLE, Unit
from tests.cooperatives.membership.people import person
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio
#: Rows of which a refusal may add none.
MADE = (Cooperative, Membership, Motion, Vote, LoanProduct, Loan, LoanApproval, SavingsProduct)
PRODUCT: dict[str, Any] = {
    "purpose": "MOTORCYCLE",
    "leastAmount": 1_000_000,
    "mostAmount": 20_000_000,
    "leastMonths": 3,
    "mostMonths": 36,
    "idempotencyKey": "product",
}


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    clock.use(lambda: NOON)
    yield
    clock.use(None)


@dataclass
class Town:
    """A co-op whose members voted and asked for a loan that its chair agreed to; who acts, by name."""

    at: Stage
    motion: Motion
    product: LoanProduct
    loan: Loan
    outsiders: list[Account]
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def book(self) -> str:
        return to_id("Cooperative", self.at.id)


@dataclass(frozen=True)
class Forbidden:
    """What is tried, by whom, and under which rule it is refused: its instrument and article; a by-law by name."""

    what: str
    who: str
    mutation: str
    input: dict[str, Any]
    instrument: str
    article: str = ""
    code: str = "AGAINST_THE_LAW"
    input_name: str = ""

    @property
    def query(self) -> str:
        name = self.input_name or self.mutation[0].upper() + self.mutation[1:] + "Input"
        wanted = "__typename ... on Problem { code message retryable }"
        return f"mutation($input: {name}!) {{ {self.mutation}(input: $input) {{ {wanted} }} }}"

    def cited(self, language: str) -> str:
        if not self.article:
            return f"(AD/ART: {title_of(self.instrument, language)})"
        return f"({self.instrument} {'art.' if language == 'en' else 'pasal'} {self.article})"


async def town() -> Town:
    at = await stage(2)
    unit = Unit(at)
    rows = await Membership.filter(cooperative_id=at.id)
    hall = Hall(at.at.cooperative, {Role.CHAIR: at.at.chair}, memberships=[row.pk for row in rows])
    motion = await hall.draft()
    await hall.gathered(motion)
    await motions.open_vote(at.at.chair, motion_id=motion.pk, is_secret=False)
    clock.use(lambda: NOON)
    _, acting = at.members[0]
    await voting.cast_vote(acting, motion_id=motion.pk, choice=["FOR"], key="first")
    await save(at, 3_000_000)
    product = await unit.offer(replace(MOTORCYCLE, most_amount=30_000_000))
    loan = await unit.apply(product, 10_000_000, 12)
    await loans.approve_loan(at.at.chair, loan_id=loan.pk)
    made = Town(at, motion, product, loan, [await person(f"Pendiri {n}") for n in range(8)])
    who: dict[str, Actor] = {"member": acting, "chair": at.at.chair, "treasurer": at.at.treasurer}
    for name, actor in who.items():
        made.tokens[name] = await token_of(await Account.get(pk=actor.account_id))
    made.tokens["stranger"] = await token_of(made.outsiders[0])
    made.tokens["operator"] = await token_of(await person("Pengelola"), Role.NODE_OPERATOR)
    return made


async def save(at: Stage, amount: int) -> None:
    """The first member has so much saved, by which he may borrow."""
    member, acting = at.members[0]
    await savings.start_savings(at.at.chair, cooperative_id=at.id, first_month=TODAY, key="start")
    kind = savings.SavingsKind.VOLUNTARY
    product = await savings.open_product(
        at.at.treasurer, cooperative_id=at.id, kind=kind, name="Sukarela", rate_bp=300, key="offered"
    )
    own = await savings.open_savings(acting, membership_id=member.pk, product_id=product.pk, key="opened")
    await savings.deposit_cash(at.at.treasurer, savings_id=own.pk, amount=amount, key="saved")


def forbidden(at: Town) -> list[Forbidden]:
    """Everything that is tried. The by-laws' own bounds are cited by what they are about."""
    founders = [to_id("Account", account.pk) for account in at.outsiders]
    application = {"productId": to_id("LoanProduct", at.product.pk), "months": 12, "reason": "Motor"}
    return [
        Forbidden(
            "a second vote",
            "member",
            "castVote",
            {"motionId": to_id("Motion", at.motion.pk), "choice": ["AGAINST"], "idempotencyKey": "second"},
            "UU 25/1992",
            "24",
        ),
        Forbidden(
            "a loan above the most that one member may owe",
            "member",
            "applyForLoan",
            application | {"amount": 30_000_000, "guarantors": [], "idempotencyKey": "much"},
            "loan.most",
        ),
        Forbidden(
            "a loan whose rate is above the cap",
            "treasurer",
            "offerLoanProduct",
            PRODUCT | {"cooperativeId": at.book, "name": "Menurun", "method": "DECLINING", "rate": 2_500},
            "Permenkop UKM 8/2023",
            "27",
        ),
        Forbidden(
            "a flat 24 %, which is more than it says",
            "treasurer",
            "offerLoanProduct",
            PRODUCT | {"cooperativeId": at.book, "name": "Flat", "method": "FLAT", "rate": 2_400},
            "Permenkop UKM 8/2023",
            "27",
        ),
        Forbidden(
            "a transfer of membership",
            "member",
            "transferMembership",
            {"id": to_id("Membership", at.at.members[0][0].pk)},
            "UU 25/1992",
            "19(3)",
        ),
        Forbidden(
            "an allocation of 105 %",
            "member",
            "draftMotion",
            {
                "cooperativeId": at.book,
                "kind": "BY_LAWS",
                "title": "Pembagian SHU",
                "text": "Cadangan lebih besar.",
                "byLaws": {"values": [{"name": "SURPLUS_RESERVE", "value": 4_500}], "since": "2027-01-01"},
                "idempotencyKey": "105",
            },
            "UU 25/1992",
            "45",
        ),
        Forbidden(
            "eight founders",
            "operator",
            "foundCooperative",
            {
                "slug": "koperasi-delapan",
                "code": "DLP",
                "name": "Koperasi Delapan",
                "kind": "DRIVER",
                "regionCode": "35.78",
                "chairId": founders[0],
                "secretaryId": founders[1],
                "treasurerId": founders[2],
                "founderIds": founders[3:],
            },
            "UU 11/2020 Cipta Kerja",
            "86",
        ),
        Forbidden(
            "an officer alone above the threshold",
            "chair",
            "approveLoan",
            {"id": to_id("Loan", at.loan.pk)},
            "officers.approval_threshold",
            code="NEEDS_TWO_OFFICERS",
            input_name="LoanInput",
        ),
        Forbidden(
            "lending to a stranger",
            "stranger",
            "applyForLoan",
            application | {"amount": 1_000_000, "guarantors": [], "idempotencyKey": "stranger"},
            "Permenkop UKM 8/2023",
            "23",
        ),
        Forbidden(
            "savings interest above its cap",
            "treasurer",
            "openSavingsProduct",
            {
                "cooperativeId": at.book,
                "kind": "VOLUNTARY",
                "name": "Tinggi",
                "rate": 1_000,
                "idempotencyKey": "high",
            },
            "Permenkop UKM 8/2023",
            "26(4)",
        ),
    ]


async def test_what_the_law_forbids_is_refused_with_its_article(client: httpx.AsyncClient) -> None:
    at = await town()
    before = [await model.all().count() for model in MADE]
    for one in forbidden(at):
        said: dict[str, str] = {}
        for language in ("id", "en"):
            body = {"query": one.query, "variables": {"input": one.input}}
            headers = {"Authorization": f"Bearer {at.tokens[one.who]}", "Accept-Language": language}
            answer = (await client.post("/graphql", json=body, headers=headers)).json()
            assert "errors" not in answer, (one.what, answer)
            problem = answer["data"][one.mutation]
            assert problem["__typename"] == "Problem", one.what
            assert (problem["code"], problem["retryable"]) == (one.code, False), (one.what, problem)
            assert one.cited(language) in problem["message"], (one.what, problem)
            said[language] = problem["message"].split(" (")[0]
        assert said["id"] != said["en"], one.what
    assert [await model.all().count() for model in MADE] == before
    assert [found async for found in checks.findings()] == []
