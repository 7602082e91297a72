"""What a scalar doesn't take is told to who filled it in: which field, and a sentence in his language."""

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio

ADDRESS = "mutation ($input: SaveAddressInput!) { saveAddress(input: $input) { __typename } }"
QUOTE = "mutation ($input: QuoteOrderInput!) { quoteOrder(input: $input) { __typename } }"
PAUSE = "mutation ($input: PauseShopInput!) { pauseShop(input: $input) { __typename } }"
TAKEN = 'query ($day: Date!) { cooperative(slug: "x") { takings(from: $day) { nodes { amount } } } }'
WHERE = {"point": {"lat": -7.3, "lon": 112.7}, "recipient": "Ani", "street": "Jl. Ngagel 3"}


async def errors_of(client: httpx.AsyncClient, document: str, variables: Any, language: str = "id") -> Any:
    body = {"query": document, "variables": variables}
    answer = await client.post("/graphql", json=body, headers={"Accept-Language": language})
    return answer.json()["errors"]


@pytest.mark.parametrize(
    ("document", "variables", "path", "pesan", "told"),
    [
        (
            ADDRESS,
            {"input": {"address": {**WHERE, "phone": "12"}}},
            ["address", "phone"],
            "Tulis nomor HP seperti 0812-3456-7890.",
            "Write a phone number like 0812-3456-7890, or +6281234567890.",
        ),
        (
            QUOTE,
            {"input": {"tip": 1.5}},
            ["tip"],
            "Isi bilangan bulat dari -9.007.199.254.740.991 sampai 9.007.199.254.740.991.",
            "Give a whole number from -9,007,199,254,740,991 to 9,007,199,254,740,991.",
        ),
        (
            QUOTE,
            {"input": {"lines": [{"variantId": "x", "quantity": 99_999_999_999}]}},
            ["lines", "0", "quantity"],
            "Isian ini tidak bisa dibaca.",
            "This can't be read.",
        ),
        (
            PAUSE,
            {"input": {"id": "x", "until": "besok"}},
            ["until"],
            "Isi tanggal dan jam.",
            "Give a day and an hour.",
        ),
        (TAKEN, {"day": ""}, ["day"], "Isi tanggal yang ada di kalender.", "Give a day of the calendar."),
    ],
)
async def test_each_scalar_says_it_to_a_person(
    client: httpx.AsyncClient, document: str, variables: Any, path: list[str], pesan: str, told: str
) -> None:
    for language, sentence in (("id", pesan), ("en", told)):
        (error,) = await errors_of(client, document, variables, language)
        assert error["extensions"]["code"] == "INVALID"
        assert error["extensions"]["fields"] == [{"path": path, "code": "INVALID", "message": sentence}]
        assert error["extensions"]["detail"].startswith("Variable '$")
        assert "Variable" not in error["message"]


async def test_every_wrong_field_is_told(client: httpx.AsyncClient) -> None:
    errors = await errors_of(client, ADDRESS, {"input": {"address": {**WHERE, "phone": "", "street": 3}}})
    paths = [field["path"] for error in errors for field in error["extensions"]["fields"]]
    assert sorted(paths) == [["address", "phone"], ["address", "street"]]


async def test_a_field_that_is_not_there_is_told_to_who_wrote_the_request(client: httpx.AsyncClient) -> None:
    (error,) = await errors_of(client, QUOTE, {"input": {"colour": "red"}})
    assert "colour" in error["message"]
    assert "extensions" not in error or "fields" not in error["extensions"]
