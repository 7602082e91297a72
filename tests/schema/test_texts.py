"""No text of an operation holds what turns others around, or what is no text, wherever in it it stands."""

from typing import Any

import pytest

from marketplace.texts import straight, untold
from tests.conftest import GraphQL

pytestmark = pytest.mark.anyio

SEARCH = "query ($text: String!) { suggest(text: $text) { text } }"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Nasi goreng", "Nasi goreng"),
        ("Nasi \u202egnerog", "Nasi gnerog"),
        ("\u2067ארוחה\u2069", "ארוחה"),
        ("عربي \u200f(1)", "عربي \u200f(1)"),  # a mark without a scope turns nothing else
        ({"lines": [{"note": "\u202aa"}, 5, None, True]}, {"lines": [{"note": "a"}, 5, None, True]}),
    ],
)
def test_what_turns_text_around_is_taken_out(sent: Any, kept: Any) -> None:
    assert straight(sent) == kept


def test_what_is_no_text_is_named() -> None:
    sent = {"a": "\x00", "b": ["baris\nbaru\t", "\ud800"], "c": {"d": "\x1b[31m"}, "e": "\x7f"}
    assert list(untold(sent)) == [("a",), ("b", "1"), ("c", "d"), ("e",)]


@pytest.mark.parametrize(
    ("document", "variables"),
    [
        (SEARCH, {"text": "nasi\x00"}),
        ('{ suggest(text: "nasi\\u0000") { text } }', None),
        ('{ suggest(text: "nasi\\u202e") { text } }', None),
        ('{ suggest(text: "nasi \u202e") { text } }', None),
        ('{ suggest(text: """nasi \u2066""") { text } }', None),
    ],
)
async def test_it_is_refused_with_a_code(graphql: GraphQL, document: str, variables: Any) -> None:
    answer = await graphql(document, variables)
    assert answer["errors"][0]["extensions"]["code"] == "INVALID"
    assert answer["errors"][0]["extensions"]["fields"][0]["code"] == "INVALID"


async def test_a_document_may_hold_any_other_letters(graphql: GraphQL) -> None:
    for document in ('{ suggest(text: "soto \\u00e9") { text } }', '{ suggest(text: "عربي 🍚") { text } } # \u202e'):
        assert "errors" not in await graphql(document, None), document
    assert "errors" not in await graphql(SEARCH, {"text": "nasi \u202egoreng"})
