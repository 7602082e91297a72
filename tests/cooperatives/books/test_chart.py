"""The template of the chart of accounts."""

from uuid import uuid4

import pytest

from cooperatives.books.chart import NUMBER, OWN, AccountRole, Chart, of_purpose, template, template_for
from cooperatives.books.lines import LINES
from cooperatives.ledger.accounts import CHART as LEDGER
from cooperatives.ledger.accounts import Purpose
from cooperatives.membership.models import CooperativeKind


def test_numbers_are_in_order_well_formed_and_say_the_type() -> None:
    numbers = [account.number for account in template()]
    assert numbers == sorted(set(numbers))
    for account in template():
        assert NUMBER.fullmatch(account.number)
        type_ = LINES[account.line].type
        first = {"ASSET": "1", "LIABILITY": "2", "EQUITY": "3", "INCOME": "4", "EXPENSE": "5678"}[type_]
        assert account.number[0] in first, account.number


def test_every_account_of_the_ledger_has_its_place_and_type() -> None:
    named = {account.purpose: account for account in template() if account.purpose}
    assert set(named) <= set(Purpose) - set(OWN.values())
    for purpose, account in named.items():
        assert LINES[account.line].type is LEDGER[purpose].type, purpose


@pytest.mark.parametrize("kind", CooperativeKind)
def test_each_kind_of_co_op_has_every_account_that_the_books_look_up(kind: CooperativeKind) -> None:
    accounts = template_for(kind)
    assert [account.role for account in accounts if account.role] != []
    assert {account.role for account in accounts if account.role} == set(AccountRole)
    assert {account.purpose for account in accounts if account.purpose} == {
        account.purpose for account in template() if account.purpose
    }


def test_kinds_differ() -> None:
    numbers = {kind: {account.number for account in template_for(kind)} for kind in CooperativeKind}
    assert "1-1401" in numbers[CooperativeKind.TRADER] - numbers[CooperativeKind.DRIVER]
    assert "5-1103" in numbers[CooperativeKind.DRIVER] - numbers[CooperativeKind.FOOD]
    assert "5-1102" in numbers[CooperativeKind.FOOD] - numbers[CooperativeKind.TRADER]
    assert "4-2103" in numbers[CooperativeKind.LOGISTICS] - numbers[CooperativeKind.MULTI]


def test_a_purpose_that_a_chart_does_not_name_still_stands_somewhere() -> None:
    book = uuid4()
    chart = Chart(book, [])
    for purpose in set(Purpose) - set(OWN.values()):
        account = chart.in_ledger(purpose, uuid4())
        assert account == of_purpose(book, purpose)
        assert account.type is LEDGER[purpose].type
    assert len(chart.by_number) == len(chart.accounts)
