"""Files of sellers and listings: what stands is taken, what doesn't is told, and repeating changes nothing."""

import asyncio
from pathlib import Path

import openpyxl
import pytest

from catalog import exporting
from catalog.importing import profiles, runs
from catalog.importing.listings import import_listings
from catalog.importing.sellers import import_sellers
from catalog.models import ImportRun, Listing, PriceChange, Seller, SellerState, Variant
from cooperatives.membership.models import Cooperative
from marketplace.errors import Conflict
from marketplace.identity.actor import NOBODY, SYSTEM, Forbidden, Unauthenticated
from marketplace.tables import UnreadableFile
from tests.catalog.shops import a_cooperative, a_seller, a_variant, chair_of, operator, owner_of
from tests.counting import count_statements

pytestmark = pytest.mark.anyio

SELLERS = """external_id,name,region_code,lat,lon,opening_hours,npwp,phone
s1,Warung Bu Sri,35.78.19,-7.2575,112.7521,Mo-Sa 08:00-21:00,1234567890123456,081234567890
s2,Warung Bu Sri,35.78,"-7,25",112.75,Setiap Hari: 18:00 - 01:00,,
"""
LISTINGS = """external_id,seller_external_id,kind,category_code,title,variant,price,on_hand,allergens
m1,s1,FOOD,food.rice,Nasi goreng,Biasa,Rp 15.000,10,"EGG, SOY"
m1,s1,FOOD,food.rice,Nasi goreng,Jumbo,20000,,
m2,s2,FOOD,food.drinks,Es teh,,5000,,
"""


def written(folder: Path, text: str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


async def take(folder: Path, sellers: str = SELLERS, listings: str = LISTINGS) -> tuple[Cooperative, runs.Report]:
    cooperative = await a_cooperative()
    await import_sellers(SYSTEM, written(folder, sellers, "s.csv"), cooperative_id=cooperative.pk)
    report = await import_listings(SYSTEM, written(folder, listings, "l.csv"), cooperative_id=cooperative.pk)
    return cooperative, report


def changes(statements: list[str]) -> list[str]:
    return [text for text in statements if text.startswith(("INSERT", "UPDATE", "DELETE"))]


async def test_sellers_and_listings_come_in_ready_to_sell(db: object, tmp_path: Path) -> None:
    _, report = await take(tmp_path)
    assert (report.created, report.refused_lines) == (2, 0)
    first, second = await Seller.all().order_by("id")
    assert (first.state, first.slug, first.phone, first.npwp_tail) == (
        SellerState.APPROVED,
        "warung-bu-sri",
        "+6281234567890",
        "3456",
    )
    assert first.npwp_sealed is not None
    assert "1234567890123456" not in first.npwp_sealed
    assert second.slug.startswith("warung-bu-sri-")
    assert second.opening_hours[0] == [0, 1080, 1500]
    rice = await Listing.get(external_id="m1")
    assert (rice.price_from, rice.price_to, rice.allergens) == (15_000, 20_000, ["EGG", "SOY"])
    assert [v.on_hand for v in await Variant.filter(listing_id=rice.pk).order_by("position")] == [10, None]


async def test_a_second_import_writes_nothing(db: object, tmp_path: Path) -> None:
    cooperative, _ = await take(tmp_path)
    with count_statements() as counted:
        sellers = await import_sellers(SYSTEM, tmp_path / "s.csv", cooperative_id=cooperative.pk)
        listings = await import_listings(SYSTEM, tmp_path / "l.csv", cooperative_id=cooperative.pk)
    assert (sellers.unchanged, listings.unchanged) == (2, 2)
    assert changes(counted.statements) == []


async def test_a_changed_price_is_written_with_its_history(db: object, tmp_path: Path) -> None:
    cooperative, _ = await take(tmp_path)
    dearer = written(tmp_path, LISTINGS.replace("5000,,", "6000,,"))
    report = await import_listings(SYSTEM, dearer, cooperative_id=cooperative.pk)
    assert (report.changed, report.unchanged) == (1, 1)
    assert await PriceChange.all().values_list("old_price", "new_price") == [(5_000, 6_000)]
    assert (await Listing.get(external_id="m2")).price_from == 6_000


async def test_a_dry_run_says_the_same_and_writes_nothing(db: object, tmp_path: Path) -> None:
    cooperative = await a_cooperative()
    path = written(tmp_path, SELLERS)
    with count_statements() as counted:
        report = await import_sellers(SYSTEM, path, cooperative_id=cooperative.pk, is_dry_run=True)
    assert report.created == 2
    assert changes(counted.statements) == []
    assert await Seller.all().count() == 0


async def test_each_refused_line_is_told_with_column_and_reason(db: object, tmp_path: Path) -> None:
    cooperative = await a_cooperative()
    text = SELLERS + "".join(
        [
            "s3,,35.78,-7,112,,,\n",
            "s4,Toko,99.99,-7,112,,,\n",
            "s5,Toko,35.78,north,112,,,\n",
            "s6,Toko,35.78,-97,112,,,\n",
            "s7,Toko,35.78,-7,112,kapan saja,,\n",
            "s1,Toko,35.78,-7,112,,,\n",
            "s8,Toko,35.78,-7,112,,12,abc\n",
        ]
    )
    report = await import_sellers(SYSTEM, written(tmp_path, text), cooperative_id=cooperative.pk)
    assert (report.created, report.refused_lines) == (2, 7)
    assert sorted((refusal.line, refusal.column) for refusal in report.refusals) == [
        *((4, "name"), (5, "region_code"), (6, "lat"), (7, "lat"), (8, "opening_hours")),
        *((9, "external_id"), (10, "npwp"), (10, "phone")),
    ]
    assert all(refusal.message and refusal.pesan != refusal.message for refusal in report.refusals)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("m9,nobody,FOOD,food.rice,Nasi,,1000,,", "seller_external_id"),
        ("m9,s1,FEAST,food.rice,Nasi,,1000,,", "kind"),
        ("m9,s1,FOOD,goods.fruit,Nasi,,1000,,", "category_code"),
        ("m9,s1,FOOD,food.unknown,Nasi,,1000,,", "category_code"),
        ("m9,s1,FOOD,food.rice,,,1000,,", "title"),
        ("m9,s1,FOOD,food.rice,Nasi,,,,", "price"),
        ("m9,s1,FOOD,food.rice,Nasi,,-5,,", "price"),
        ("m9,s1,FOOD,food.rice,Nasi,,12.5,,", "price"),
        ("m9,s1,FOOD,food.rice,Nasi,,1000,-1,", "on_hand"),
        ("m9,s1,FOOD,food.rice,Nasi,,1000,,PLUTONIUM", "allergens"),
        ("m2,s2,FOOD,food.drinks,Es teh,,7000,,", "external_id"),
    ],
)
async def test_a_listing_that_does_not_stand(db: object, tmp_path: Path, line: str, column: str) -> None:
    _, report = await take(tmp_path, listings=LISTINGS + line + "\n")
    assert (report.created, report.refused_lines) == (2, 1)
    assert [(refusal.line, refusal.column) for refusal in report.refusals] == [(5, column)]


async def test_an_import_that_was_cut_off_goes_on(
    db: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cooperative = await a_cooperative()
    monkeypatch.setattr(runs, "BATCH", 10)
    rows = [f"s{n},Toko {n},35.78,-7,112,,,\n" for n in range(35)]
    head = SELLERS.splitlines(keepends=True)[0]
    path = written(tmp_path, head + "".join(rows))
    seen = 0

    async def cut(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen > 15:
            raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr("catalog.importing.sellers.outbox.record", cut)
        with pytest.raises(ConnectionError):
            await import_sellers(SYSTEM, path, cooperative_id=cooperative.pk)
    assert await Seller.all().count() == 10
    report = await import_sellers(SYSTEM, path, cooperative_id=cooperative.pk)
    assert (report.resumed_after_line, report.created, report.unchanged) == (11, 25, 0)
    assert (await ImportRun.get()).finished_at is not None


async def test_a_profile_renames_columns_and_reads_words(db: object, tmp_path: Path) -> None:
    cooperative = await a_cooperative()
    sellers = "seller_id,name,address,city,regency_code,district_code,lat,lon,opening_hours\n"
    sellers += "a,Kedai A,,Kota Surabaya,35.78,,-7.25,112.75,Buka 24 Jam\n"
    menu = "item_id,seller_id,section,item_name,description,price_idr\n"
    menu += "1,a,Minuman,Kopi susu,,12000\n2,a,Makanan,Nasi goreng,enak,15000\n3,a,,Lumpia,,8000\n"
    directory = profiles.load("food-directory", "sellers")
    await import_sellers(SYSTEM, written(tmp_path, sellers), cooperative_id=cooperative.pk, profile=directory)
    directory = profiles.load("food-directory", "listings")
    report = await import_listings(SYSTEM, written(tmp_path, menu), cooperative_id=cooperative.pk, profile=directory)
    assert report.created == 3
    seller = await Seller.get()
    assert (seller.address, seller.region_code, seller.opening_hours) == ("Kota Surabaya", "35.78", None)
    assert await Listing.all().order_by("external_id").values_list("category_code", flat=True) == [
        "food.drinks",
        "food.rice",
        "food",
    ]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
async def test_what_is_exported_comes_back_unchanged(db: object, tmp_path: Path, suffix: str) -> None:
    cooperative, _ = await take(tmp_path)
    await a_variant(
        await a_seller(cooperative, name="=HYPERLINK(1)", phone="+6281234567891"), title="-Sambal", price=0
    )
    sellers, listings = tmp_path / f"out-s{suffix}", tmp_path / f"out-l{suffix}"
    assert await exporting.export_sellers(SYSTEM, sellers, cooperative_id=cooperative.pk) == 3
    assert await exporting.export_listings(SYSTEM, listings, cooperative_id=cooperative.pk) == 4
    back = await import_sellers(SYSTEM, sellers, cooperative_id=cooperative.pk)
    assert (back.created, back.changed, back.unchanged, back.refusals) == (0, 0, 3, [])
    back = await import_listings(SYSTEM, listings, cooperative_id=cooperative.pk)
    assert (back.created, back.changed, back.unchanged, back.refusals) == (0, 0, 3, [])
    if suffix == ".csv":
        assert "'=HYPERLINK" in sellers.read_text()
        assert "1234567890123456" not in sellers.read_text()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("binary.csv", b"\xff\xfe\x00\x01"),
        ("twice.csv", b"external_id,external_id\n1,2\n"),
        ("fake.xlsx", b"not a zip"),
        ("quotes.csv", b'external_id,name\n"1"x,2\n'),
    ],
)
async def test_a_file_that_is_no_table_is_refused(db: object, tmp_path: Path, name: str, content: bytes) -> None:
    cooperative = await a_cooperative()
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile):
        await import_sellers(SYSTEM, tmp_path / name, cooperative_id=cooperative.pk)


async def test_a_workbook_with_numbers(db: object, tmp_path: Path) -> None:
    cooperative = await a_cooperative()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["external_id", "name", "region_code", "lat", "lon", "packing_fee"])
    sheet.append([17, "Toko", "35.78", -7.5, 112.0, 2000.0])
    book.save(tmp_path / "s.xlsx")
    report = await import_sellers(SYSTEM, tmp_path / "s.xlsx", cooperative_id=cooperative.pk)
    assert report.refusals == []
    assert (await Seller.get()).packing_fee == 2_000


async def test_two_imports_of_one_file_at_once_make_each_seller_once(db: object, tmp_path: Path) -> None:
    cooperative, path = await a_cooperative(), written(tmp_path, SELLERS)
    outcomes = await asyncio.gather(
        *(import_sellers(SYSTEM, path, cooperative_id=cooperative.pk) for _ in range(4)), return_exceptions=True
    )
    assert all(isinstance(outcome, runs.Report | Conflict) for outcome in outcomes)
    assert any(isinstance(outcome, runs.Report) for outcome in outcomes)
    assert await Seller.all().count() == 2


async def test_who_may_import(db: object, tmp_path: Path) -> None:
    cooperative, path = await a_cooperative(), written(tmp_path, SELLERS)
    other = await a_cooperative("lain", "LAN")
    shop = await a_seller(cooperative)
    with pytest.raises(Unauthenticated):
        await import_sellers(NOBODY, path, cooperative_id=cooperative.pk)
    for actor in (chair_of(other.pk), owner_of(shop)):
        with pytest.raises(Forbidden):
            await import_sellers(actor, path, cooperative_id=cooperative.pk)
        with pytest.raises(Forbidden):
            await exporting.export_sellers(actor, tmp_path / "x.csv", cooperative_id=cooperative.pk)
    for actor in (chair_of(cooperative.pk), operator()):
        assert (await import_sellers(actor, path, cooperative_id=cooperative.pk)).refused_lines == 0
