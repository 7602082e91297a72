"""A shop's own price list by HTTP: looked at first, then taken as a whole or not at all."""

import io
from typing import Any

import httpx
import openpyxl
import pytest

from catalog.models import Listing, ListingState, PriceChange, Seller, Variant
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from schema.ids import to_id
from tests.catalog.shops import a_seller
from tests.catalog.test_over_http import signed_in

pytestmark = pytest.mark.anyio

MENU = """Nama;Harga (Rp);Stok;Kategori;Varian;Satuan;Menit;Pilihan;Modal
Nasi goreng;Rp 15.000;;Aneka nasi;Biasa;;10;Pedas (0-1): Sambal +1000;9000
Nasi goreng;20.000,00;;aneka NASI;Jumbo;porsi;;;
Beras ketan;18000;40;Beras;;kg;;;
Potong rambut;25.000,-;;Cukur & salon;;;30;;
"""


class Keeper:
    """A shop, and its owner at the API."""

    def __init__(self, client: httpx.AsyncClient, seller: Seller, token: str) -> None:
        self.client, self.seller, self.token = client, seller, token

    async def send(self, body: str | bytes, *, token: str | None = None, **wishes: str) -> httpx.Response:
        params = {"seller": to_id("Seller", self.seller.pk)} | wishes
        headers = {"Authorization": f"Bearer {token or self.token}", "Accept-Language": "id"}
        content = body.encode() if isinstance(body, str) else body
        return await self.client.post("/uploads/menu", content=content, params=params, headers=headers)

    async def try_out(self, body: str | bytes) -> dict[str, Any]:
        answer: dict[str, Any] = (await self.send(body, dryRun="true")).json()
        return answer

    async def take(self, body: str | bytes) -> dict[str, Any]:
        answer: dict[str, Any] = (await self.send(body)).json()
        return answer

    async def fetch(self, form: str) -> httpx.Response:
        params = {"seller": to_id("Seller", self.seller.pk)}
        return await self.client.get(
            f"/exports/menu.{form}", params=params, headers={"Authorization": f"Bearer {self.token}"}
        )


@pytest.fixture
async def keeper(client: httpx.AsyncClient) -> Keeper:
    token = await signed_in("+6281200000004")
    owner = await Account.get(phone="+6281200000004")
    return Keeper(client, await a_seller(owner_id=owner.pk), token)


async def test_a_list_is_looked_at_and_then_taken(keeper: Keeper) -> None:
    tried = await keeper.try_out(MENU)
    assert (tried["isWritten"], tried["created"], tried["refusals"]) == (False, 3, [])
    assert [(thing["line"], thing["title"], thing["price"], thing["id"]) for thing in tried["things"]] == [
        (2, "Nasi goreng", 15_000, None),
        (4, "Beras ketan", 18_000, None),
        (5, "Potong rambut", 25_000, None),
    ]
    assert tried["unusedColumns"] == ["Modal"]
    assert await Listing.all().count() == 0
    done = await keeper.take(MENU)
    assert (done["isWritten"], done["created"]) == (True, 3)
    rice, sticky, cut = await Listing.all().order_by("title").prefetch_related("variants")
    assert (rice.title, sticky.preparation_minutes, cut.title) == ("Beras ketan", 10, "Potong rambut")
    assert (cut.kind, cut.session_minutes, cut.state) == ("SERVICE", 30, ListingState.PUBLISHED)
    assert sorted((v.name, v.price, v.unit) for v in await Variant.filter(listing_id=sticky.pk)) == [
        ("Biasa", 15_000, "PORTION"),
        ("Jumbo", 20_000, "PORTION"),
    ]
    assert (await Variant.get(listing_id=rice.pk)).on_hand == 40
    again = await keeper.take(MENU)
    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, 3)


async def test_what_changes_is_told_with_what_stood(keeper: Keeper) -> None:
    await keeper.take(MENU)
    variant = await Variant.get(on_hand=40)
    await Variant.filter(pk=variant.pk).update(reserved=5)
    changed = "nama,harga,stok,foto\nBERAS  ketan,19500,30,beras.jpg\n"
    (thing,) = (await keeper.try_out(changed))["things"]
    assert (thing["isNew"], thing["photo"], thing["changes"]) == (
        False,
        "beras.jpg",
        [
            {"column": "harga", "variant": "", "before": "18000", "after": "19500"},
            {"column": "stok", "variant": "", "before": "40", "after": "30"},
            {"column": "nama", "variant": "", "before": "Beras ketan", "after": "BERAS  ketan"},
        ],
    )
    assert (await keeper.take(changed))["changed"] == 1
    assert (await Variant.get(pk=variant.pk)).on_hand == 30
    assert (await PriceChange.get()).new_price == 19_500
    (refusal,) = (await keeper.take("nama,harga,stok\nBeras ketan,1000,4\n"))["refusals"]
    assert (refusal["column"], refusal["reason"]) == ("stok", "5 sudah dipesan: tidak boleh kurang")
    assert (await Variant.get(pk=variant.pk)).price == 19_500


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ("=1+1,10000,Beras", "nama", "berisi rumus: tulis hasilnya saja"),
        ("Teh,=A1*2,Beras", "harga", "berisi rumus: tulis hasilnya saja"),
        ('Teh,"10,5",Beras', "harga", "harus bilangan bulat, misalnya 15000"),
        ("Teh,sepuluh,Beras", "harga", "harus bilangan bulat, misalnya 15000"),
        ("Teh,-5,Beras", "harga", "angka 0 sampai 1000000000"),
        ("Teh,,Beras", "harga", "wajib diisi"),
        (",10000,Beras", "nama", "wajib diisi"),
        (f"{'x' * 10_001},10000,Beras", "nama", "paling banyak 160 huruf"),
        ("Teh,10000,", "kategori", "wajib diisi untuk barang baru: pakai salah satu dari lembar Kategori"),
        ("Teh,10000,Antar motor", "kategori", "kategori tidak dikenal: pakai salah satu dari lembar Kategori"),
        (
            "Nasi goreng,10000,Beras",
            "kategori",
            "barang ini tercatat sebagai Makanan & minuman: pakai kategori dari situ",
        ),
    ],
)
async def test_a_wrong_line_is_told_and_nothing_is_written(
    keeper: Keeper, cells: str, column: str, reason: str
) -> None:
    await keeper.take(MENU)
    found = await keeper.take(f"nama,harga,kategori\nKopi,5000,Kopi\n{cells}\n")
    assert (found["isWritten"], found["refusedLines"]) == (False, 1)
    assert found["refusals"] == [{"line": 3, "column": column, "reason": reason}]
    assert await Listing.all().count() == 3


async def test_two_things_of_one_name_need_their_code(keeper: Keeper) -> None:
    await keeper.take("nama,harga,kategori,kode\nTeh,5000,Minuman,a\nTeh,6000,Minuman,b\n")
    (refusal,) = (await keeper.try_out("nama,harga\nTeh,7000\n"))["refusals"]
    assert (refusal["column"], refusal["reason"]) == (
        "kode",
        "ada beberapa barang dengan nama ini: tulis kode barang yang dimaksud",
    )
    assert (await keeper.take("nama,harga,kode\nTeh,7000,b\n"))["changed"] == 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "isinya kosong"),
        (b"nama,harga\n", "belum ada baris isinya"),
        (b"nama,kategori\nTeh,Minuman\n", "harga belum ada"),
        (b"nama,harga\nT\xe9h,5000\n", "simpan sebagai XLSX atau CSV UTF-8"),
        (b"PK\x03\x04 no workbook", "bukan lembar kerja XLSX"),
        (b"nama,harga\n" + b"Teh,5000\n" * 1_001, "lebih dari 1000 baris"),
        (b"nama,harga\n" + b"x" * 2_097_152, "lebih besar dari 2097152 bita"),
    ],
)
async def test_a_file_that_is_no_list_is_refused_in_words(keeper: Keeper, body: bytes, reason: str) -> None:
    answer = await keeper.send(body)
    assert answer.status_code in (400, 413)
    assert reason in answer.json()["message"]


async def test_the_list_comes_back_as_it_was_given(keeper: Keeper) -> None:
    await keeper.take(MENU)
    book = await keeper.fetch("xlsx")
    names = openpyxl.load_workbook(io.BytesIO(book.content))
    rows = list(names.worksheets[0].iter_rows(values_only=True))
    assert [row[1] for row in rows[1:3]] == ["Contoh: Nasi goreng ayam", "Contoh: Beras ketan putih"]
    assert ("Beras",) in list(names["Kategori"].iter_rows(values_only=True))
    for form in ("xlsx", "csv"):
        again = await keeper.try_out((await keeper.fetch(form)).content)
        assert (again["created"], again["changed"], again["unchanged"], again["refusals"]) == (0, 0, 3, [])


async def test_only_who_keeps_the_shop_may(keeper: Keeper, client: httpx.AsyncClient) -> None:
    stranger = await signed_in("+6281200000005")
    chair = await signed_in("+6281200000006", (Role.CHAIR, keeper.seller.cooperative_id))
    assert (await client.post("/uploads/menu", content=MENU)).status_code == 401
    assert (await keeper.send(MENU, token=stranger)).status_code == 403
    assert (await keeper.send(MENU, token=chair, dryRun="true")).status_code == 200
    await Seller.filter(pk=keeper.seller.pk).update(state="APPLIED")
    assert (await keeper.send(MENU, token=stranger)).status_code == 404
    assert (await keeper.take(MENU))["created"] == 3
