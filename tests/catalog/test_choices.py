"""Option groups in one cell of a table: read, written, brought in over HTTP, and refused with the reason."""

from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.importing import choices
from catalog.models import Listing, Option, OptionGroup
from marketplace.identity.actor import Role
from schema.ids import to_id
from tests.catalog.shops import a_cooperative
from tests.catalog.test_importing import SELLERS
from tests.catalog.test_over_http import signed_in
from tests.conftest import GraphQL

SPICY = "Level pedas (1-1): Biasa; Pedas; Setan +2000 | Tambahan (0-3): Telur +3000; Tanpa nasi -1000; Keju +4000"
TABLE = f"""external_id,seller_external_id,kind,category_code,title,price,option_groups
m1,s1,FOOD,food.rice,Nasi goreng,15000,{SPICY}
m2,s2,FOOD,food.drinks,Es teh,5000,
"""


def options(*named: tuple[str, int]) -> list[dict[str, Any]]:
    return [{"name": name, "price_delta": delta} for name, delta in named]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Es: Banyak; Sedikit", [("Es", 0, 1, options(("Banyak", 0), ("Sedikit", 0)))]),
        ("Isi (2 - 2): A +500;B -500;", [("Isi", 2, 2, options(("A", 500), ("B", -500)))]),
        (
            r"Saus \(1\:2\): Kecap \| sambal; C\;D +0",
            [(r"Saus (1:2)", 0, 1, options(("Kecap | sambal", 0), ("C;D", 0)))],
        ),
        ("tidak ada", []),
    ],
)
def test_a_cell_is_read(text: str, groups: list[tuple[Any, ...]]) -> None:
    names = ("name", "least", "most", "options")
    assert choices.read(text) == [dict(zip(names, group, strict=True)) for group in groups]


@pytest.mark.parametrize("text", ["Es", "Es (1-1)", "A: b: c", "A: b | c"])
def test_what_is_no_group_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="option"):
        choices.read(text)


_NAME = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=12).map(
    lambda text: " ".join(text.split())
)
_NAMES = _NAME.filter(bool)
_OPTION = st.fixed_dictionaries({"name": _NAMES, "price_delta": st.integers(-(10**9), 10**9)})
_GROUP = st.fixed_dictionaries(
    {
        "name": _NAMES,
        "least": st.integers(0, 20),
        "most": st.integers(0, 20),
        "options": st.lists(_OPTION, min_size=1, max_size=4),
    }
)


@given(st.lists(_GROUP, max_size=4))
def test_what_is_written_is_read_again(groups: list[dict[str, Any]]) -> None:
    assert choices.read(choices.write(groups)) == groups


@pytest.mark.anyio
async def test_groups_come_in_and_go_out_over_http(client: httpx.AsyncClient, graphql: GraphQL) -> None:
    cooperative = await a_cooperative()
    wish = {"cooperative": to_id("Cooperative", cooperative.pk)}
    headers = {
        "Accept-Language": "en",
        "Authorization": f"Bearer {await signed_in('+6281200000002', (Role.CHAIR, cooperative.pk))}",
    }

    async def post(what: str, body: bytes, **more: str) -> dict[str, Any]:
        answer = await client.post(f"/uploads/{what}", content=body, params=wish | more, headers=headers)
        found: dict[str, Any] = answer.json()
        return found

    await post("sellers", SELLERS.encode())
    assert (await post("listings", TABLE.encode(), dryRun="true"))["created"] == 2
    assert await OptionGroup.all().count() == 0
    assert (await post("listings", TABLE.encode()))["created"] == 2
    listing = await Listing.get(external_id="m1")
    ask = """query($id: ID!) { node(id: $id) { ... on Listing { optionGroups {
      name least most options { name priceDelta isAvailable } } } } }"""
    shown = (await graphql(ask, {"id": to_id("Listing", listing.pk)}))["data"]["node"]["optionGroups"]
    assert [(group["name"], group["least"], group["most"]) for group in shown] == [
        ("Level pedas", 1, 1),
        ("Tambahan", 0, 3),
    ]
    assert [(o["name"], o["priceDelta"]) for o in shown[1]["options"]] == [
        ("Telur", 3_000),
        ("Tanpa nasi", -1_000),
        ("Keju", 4_000),
    ]

    await Option.filter(name="Telur").update(is_available=False)
    for form in ("csv", "xlsx"):
        exported = await client.get(f"/exports/listings.{form}", params=wish, headers=headers)
        again = await post("listings", exported.content)
        assert (again["unchanged"], again["changed"], again["refusals"]) == (2, 0, []), form
    cheaper = TABLE.replace("Keju +4000", "Keju +3500")
    assert (await post("listings", cheaper.encode(), dryRun="true"))["changed"] == 1
    assert (await post("listings", cheaper.encode()))["changed"] == 1
    offered = await Option.filter(group__is_offered=True, group__listing_id=listing.pk).order_by("name")
    assert {o.name: (o.price_delta, o.is_available) for o in offered}["Keju"] == (3_500, True)
    assert {o.name: o.is_available for o in offered}["Telur"] is False  # sold out stays sold out
    assert (await post("listings", TABLE.replace(SPICY, "tidak ada").encode()))["changed"] == 1
    assert await OptionGroup.filter(is_offered=True).count() == 0
    for wrong, why in (("Isi (3-4): A; B", "most"), ("Isi (1-1)", "option"), (f"{'x' * 81}: A", "name")):
        refused = await post("listings", TABLE.replace(SPICY, wrong).encode())
        assert refused["refusedLines"] == 1
        assert refused["refusals"][0]["column"] == "option_groups"
        assert why in refused["refusals"][0]["reason"], refused
