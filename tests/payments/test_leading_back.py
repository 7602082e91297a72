"""Whereto a provider's page may lead a buyer back."""

import pytest

from marketplace.database import new_id
from marketplace.errors import Invalid
from marketplace.payments.leading_back import leads_back

NODE, APP = "https://lumbung.example", "https://app.example"


def way(wanted: str) -> str | None:
    found = leads_back(wanted, public_url=NODE + "/", origins=[APP], name_of=lambda id: "O1")
    return None if found is None else found(new_id())


GIVEN = [
    ("", None),
    ("/pesanan/{orderId}", f"{NODE}/pesanan/O1"),
    (f"{NODE}/pesanan/{{orderId}}?dari=bayar", f"{NODE}/pesanan/O1?dari=bayar"),
    (f"{APP}/orders#{{orderId}}", f"{APP}/orders#O1"),
    (APP, APP),
    ("//evil.example/x", f"{NODE}//evil.example/x"),  # stays at the node
]


@pytest.mark.parametrize(("wanted", "found"), GIVEN)
def test_to_the_node_or_an_app_that_it_lets_in(wanted: str, found: str | None) -> None:
    assert way(wanted) == found


STRANGE = [
    "https://evil.example/",
    f"{NODE}.evil.example/",
    f"{NODE}@evil.example/",
    "https://lumbung.example:444/",
    "http://lumbung.example/",
    "javascript:alert(1)",
    "pesanan/{orderId}",
    "/a b",
    "/a\\b",
    "/a\n",
    "/{CHECKOUT_SESSION_ID}",
    "/" + "a" * 500,
]


@pytest.mark.parametrize("wanted", STRANGE)
def test_a_stranger_is_refused_with_what_would_do(wanted: str) -> None:
    with pytest.raises(Invalid) as refused:
        way(wanted)
    assert [fault.path for fault in refused.value.faults] == [("returnUrl",)]
