"""Each notice leads to the page of the app where its reader acts, or says why there is none."""

import re
from pathlib import Path
from uuid import UUID

import pytest

from marketplace.node_ids import opaque
from marketplace.notices.models import NoticeKind
from marketplace.notices.pages import EVENT_OF, NO_PAGE, OFFERS, ORDER, PAGES, READER, ROUND, Page, Reader, page_of
from tests.web.test_pages import pages_of_the_app

NODES = set(re.findall(r"^type (\w+) implements Node", Path("schema/schema.graphql").read_text(), re.M))
#: The same in each test process: they stand in the tests' names.
SUBJECT, ABOUT = UUID(int=1), UUID(int=2)


def led_to(kind: NoticeKind) -> list[Page]:
    found = PAGES[kind]
    return [found] if isinstance(found, Page) else list(found.values())


def test_every_kind_has_its_page_or_a_reason() -> None:
    assert set(PAGES) | set(NO_PAGE) == set(NoticeKind)
    assert not set(PAGES) & set(NO_PAGE)
    assert all(NO_PAGE.values())


def test_every_page_is_one_of_the_apps() -> None:
    routes = pages_of_the_app()
    for kind in PAGES:
        for page in led_to(kind):
            assert f"{page.path}/:id" in routes if page.shows else page.path in routes, kind
            assert page.shows is None or page.shows in NODES, kind
            without = page.otherwise or page.path
            assert page.by is None or without in routes, kind  # an older notice lacks the value
    assert OFFERS in routes


@pytest.mark.parametrize(
    ("kind", "values", "page"),
    [
        (NoticeKind.LOAN_APPROVED, {}, f"/anggota/pinjaman/{opaque('Loan', SUBJECT)}"),
        (NoticeKind.LOAN_TO_APPROVE, {EVENT_OF: str(ABOUT)}, f"/loket/pinjaman/{opaque('Loan', ABOUT)}"),
        (NoticeKind.LOAN_TO_APPROVE, {}, "/loket/pinjaman"),
        (NoticeKind.VOTE_OPENED, {}, "/anggota/rapat"),
        (NoticeKind.ORDER_CANCELLED, {READER: Reader.SHOP.value}, "/jual"),
        (
            NoticeKind.ORDER_CANCELLED,
            {READER: Reader.BUYER.value, ORDER: str(ABOUT)},
            f"/pesanan/{opaque('Order', ABOUT)}",
        ),
        (NoticeKind.ORDER_CANCELLED, {}, None),
        (
            NoticeKind.JOINT_DUE,
            {READER: Reader.OFFICER.value, ROUND: str(ABOUT)},
            f"/loket/pembelian-bersama/{opaque('PurchaseRound', ABOUT)}",
        ),
        (NoticeKind.JOINT_DUE, {READER: Reader.SHOP.value}, "/jual/pembelian-bersama"),
        (NoticeKind.ALLIANCE_PROPOSED, {}, None),
    ],
)
def test_where_a_notice_leads(kind: NoticeKind, values: dict[str, str], page: str | None) -> None:
    assert page_of(kind, SUBJECT, values) == page
