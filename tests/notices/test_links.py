"""A signed link does one thing, for one person, until it expires."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace import clock
from marketplace.database import new_id
from marketplace.notices import links
from marketplace.notices.links import Link, LinkRefused, Purpose

SECRET = "s" * 32


def link(**changed: object) -> Link:
    values = {
        "purpose": Purpose.ACCEPT_SUB_ORDER,
        "subject_id": new_id(),
        "account_id": new_id(),
        "expires_at": clock.now().replace(microsecond=0) + timedelta(minutes=10),
    }
    return Link(**{**values, **changed})  # type: ignore[arg-type]


def test_a_link_says_what_it_was_signed_for() -> None:
    made = link()
    token = links.sign(made, SECRET)
    assert links.read(token, Purpose.ACCEPT_SUB_ORDER, SECRET) == made
    assert len(token) < 80, "it fits into an SMS"


@pytest.mark.parametrize(
    ("made", "purpose", "secret"),
    [
        (link(expires_at=clock.now() - timedelta(seconds=1)), Purpose.ACCEPT_SUB_ORDER, SECRET),
        (link(), Purpose.CONFIRM_MAIL, SECRET),
        (link(), Purpose.ACCEPT_SUB_ORDER, "t" * 32),
    ],
    ids=["expired", "another purpose", "another node's"],
)
def test_a_link_is_refused(made: Link, purpose: Purpose, secret: str) -> None:
    with pytest.raises(LinkRefused):
        links.read(links.sign(made, SECRET), purpose, secret)


@given(st.integers(0, 52), st.integers(1, 255))
def test_no_bit_of_a_link_can_be_changed(position: int, change: int) -> None:
    import base64

    raw = bytearray(base64.urlsafe_b64decode(links.sign(link(), SECRET) + "="))
    raw[position] ^= change
    with pytest.raises(LinkRefused):
        links.read(base64.urlsafe_b64encode(raw).decode().rstrip("="), Purpose.ACCEPT_SUB_ORDER, SECRET)


@given(st.text(max_size=100))
def test_any_text_is_refused(text: str) -> None:
    with pytest.raises(LinkRefused):
        links.read(text, Purpose.ACCEPT_SUB_ORDER, SECRET)
