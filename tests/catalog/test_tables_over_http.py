"""Tables by HTTP: an officer brings a co-op's sellers in and takes them out."""

import io

import httpx
import openpyxl
import pytest

from catalog.models import Seller
from marketplace.identity.actor import Role
from schema.ids import to_id
from tests.catalog.shops import a_cooperative
from tests.catalog.test_importing import LISTINGS, SELLERS
from tests.catalog.test_over_http import signed_in

pytestmark = pytest.mark.anyio


async def test_an_officer_imports_and_exports(client: httpx.AsyncClient) -> None:
    cooperative = await a_cooperative()
    wish = {"cooperative": to_id("Cooperative", cooperative.pk)}
    chair = await signed_in("+6281200000002", (Role.CHAIR, cooperative.pk))
    stranger = await signed_in("+6281200000003")

    async def post(what: str, body: bytes, token: str = chair, language: str = "", **more: str) -> httpx.Response:
        headers = {"Accept-Language": language} | ({"Authorization": f"Bearer {token}"} if token else {})
        return await client.post(f"/uploads/{what}", content=body, params=wish | more, headers=headers)

    assert (await post("sellers", SELLERS.encode(), token="")).status_code == 401
    assert (await post("sellers", SELLERS.encode(), token=stranger)).status_code == 403
    assert (await post("accounts", SELLERS.encode())).status_code == 404
    for profile in ("../../etc/passwd", "/etc/hostname", "none", "x.toml"):
        refused = await post("sellers", SELLERS.encode(), profile=profile)
        assert (refused.status_code, refused.json()["code"]) == (400, "INVALID")
        assert "shipped ones: food-directory" in refused.json()["message"]
    dry = (await post("sellers", SELLERS.encode(), dryRun="true")).json()
    assert (dry["isDryRun"], dry["created"]) == (True, 2)
    assert await Seller.all().count() == 0
    wrong = SELLERS + "s3,,35.78,-7,112,,,\n"
    odd = SELLERS + "s3,Toko,35.78,north,112,,,\n"
    for language, reason in (("", "harus bilangan, misalnya -7.2575"), ("en", "expected a number such as -7.2575")):
        (refusal,) = (await post("sellers", odd.encode(), language=language, dryRun="true")).json()["refusals"]
        assert refusal == {"line": 4, "column": "lat", "reason": reason}
    done = (await post("sellers", wrong.encode())).json()
    assert (done["created"], done["refusedLines"]) == (2, 1)
    assert done["refusals"][0]["line"] == 4
    assert done["refusals"][0]["column"] == "name"
    assert (await post("listings", LISTINGS.encode())).json()["created"] == 2

    async def get(name: str, token: str = chair) -> httpx.Response:
        return await client.get(f"/exports/{name}", params=wish, headers={"Authorization": f"Bearer {token}"})

    assert (await get("sellers.csv", token=stranger)).status_code == 403
    assert (await get("sellers.exe")).status_code == 404
    workbook = (await get("listings.xlsx")).content
    assert openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0].max_row == 4
    again = (await post("listings", workbook)).json()
    assert (again["unchanged"], again["changed"], again["created"], again["refusals"]) == (2, 0, 0, [])
