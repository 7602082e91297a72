"""A month of a co-op that sells nothing here, over the public API: its treasurer keeps her books with us alone.

What she gets is held against a spreadsheet reckoned apart: plain sums of the same vouchers.
"""

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import httpx
import openpyxl
import pytest

from cooperatives.membership.models import Cooperative, CooperativeKind
from marketplace import checks, clock
from marketplace.identity.actor import Role
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.cooperatives.membership import people
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio
OPENING = {
    "1-1101": 3_250_000,
    "1-1201": 48_600_000,
    "1-1303": 12_000_000,
    "1-3301": 96_000_000,
    "1-3302": -24_000_000,
    "1-3401": 8_400_000,
    "1-3402": -2_100_000,
    "2-1101": -31_500_000,
    "2-1301": -650_000,
    "3-1101": -24_000_000,
    "3-1102": -72_000_000,
    "3-2101": -8_500_000,
    "3-3101": -2_500_000,
    "4-1101": -16_000_000,
    "6-1101": 11_000_000,
    "6-1103": 2_000_000,
}
NAMES = {"1-1206": "Bank BRI Unit Wonokromo"}


def month() -> list[tuple[str, int, str, dict[str, int]]]:
    """Sixty vouchers: kind, day, what for, and debits less credits by account."""
    made: list[tuple[str, int, str, dict[str, int]]] = []
    for week in range(4):
        day = 2 + week * 7
        for n in range(5):
            dues = 150_000 + 10_000 * n + 1_000 * week
            made.append(("CASH_IN", day, f"Iuran kelompok {n + 1}", {"1-1101": dues, "4-1101": -dues}))
        made.append(("CASH_IN", day, "Simpanan wajib", {"1-1101": 1_200_000, "3-1102": -1_200_000}))
        made.append(("CASH_IN", day + 1, "Simpanan sukarela", {"1-1201": 2_500_000, "2-1101": -2_500_000}))
        made.append(("CASH_OUT", day + 1, "Setor kas ke bank", {"1-1201": 1_500_000, "1-1101": -1_500_000}))
        made.append(("CASH_OUT", day + 2, "BBM mobil antar", {"5-1103": 325_000, "1-1101": -325_000}))
        made.append(("CASH_OUT", day + 2, "Alat tulis", {"6-1105": 45_500, "1-1101": -45_500}))
        made.append(("CASH_OUT", day + 3, "Konsumsi rapat", {"6-2103": 180_000, "1-1101": -180_000}))
        made.append(("CASH_IN", day + 3, "Sewa mobil", {"1-1101": 600_000, "4-2102": -600_000}))
        made.append(
            ("CASH_IN", day + 4, "Angsuran anggota", {"1-1101": 800_000, "1-1303": -750_000, "4-1106": -50_000})
        )
    made += [
        ("CASH_OUT", 25, "Gaji November", {"6-1101": 6_500_000, "2-1401": -150_000, "1-1201": -6_350_000}),
        ("CASH_OUT", 20, "Listrik dan internet", {"6-1103": 415_000, "6-1104": 350_000, "1-1201": -765_000}),
        ("CASH_OUT", 5, "Bayar beban akrual", {"2-1301": 650_000, "1-1201": -650_000}),
        ("CASH_OUT", 12, "Beli laptop", {"1-3401": 9_750_000, "1-1201": -9_750_000}),
        ("CASH_IN", 18, "Pinjaman bank", {"1-1201": 20_000_000, "2-2101": -20_000_000}),
        ("MEMORIAL", 30, "Penyusutan", {"6-1110": 1_175_000, "1-3302": -1_000_000, "1-3402": -175_000}),
        ("MEMORIAL", 30, "Honor pengurus terutang", {"6-2101": 2_000_000, "2-1301": -2_000_000}),
        ("CASH_OUT", 28, "Pindah ke BRI", {"1-1206": 5_000_000, "1-1201": -5_000_000}),
    ]
    return made


#: What the bank took and gave, of which the treasurer learns by its statement.
BANK_ALONE = [(30, -12_500, "BIAYA ADM"), (30, 41_300, "BUNGA JASA GIRO")]


@pytest.fixture(autouse=True)
def in_december() -> Iterator[None]:
    clock.use(lambda: datetime(2026, 12, 2, 2, tzinfo=UTC))
    yield
    clock.use(None)


class Story:
    """Who asks, of which co-op, and the accounts by number."""

    def __init__(
        self, client: httpx.AsyncClient, graphql: GraphQL, coop: Cooperative, tokens: dict[Role, str]
    ) -> None:
        self.client, self.graphql, self.tokens = client, graphql, tokens
        self.id, self.slug = to_id("Cooperative", coop.pk), coop.slug
        self.accounts: dict[str, str] = {}
        self.sent = 0

    async def do(self, name: str, fields: str, role: Role = Role.TREASURER, /, **input: Any) -> dict[str, Any]:
        kind = name[0].upper() + name[1:] + "Input"
        self.sent += 1
        if name not in ("changeAccount", "refuseVoucher"):
            input.setdefault("idempotencyKey", f"story-{self.sent}")
        refused = "... on Problem { code message fields { path message } }"
        text = f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ __typename {refused} {fields} }} }}"
        answer = await self.graphql(text, {"input": input}, token=self.tokens[role])
        assert "errors" not in answer, answer
        found: dict[str, Any] = answer["data"][name]
        return found

    async def ask(self, selection: str, role: Role = Role.TREASURER, **variables: Any) -> dict[str, Any]:
        text = f"query ($slug: String!) {{ cooperative(slug: $slug) {{ book {{ accounting {{ {selection} }} }} }} }}"
        answer = await self.graphql(text, {"slug": self.slug, **variables}, token=self.tokens[role])
        assert "errors" not in answer, answer
        found: dict[str, Any] = answer["data"]["cooperative"]["book"]["accounting"]
        return found

    def headers(self, role: Role = Role.TREASURER) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[role]}"}

    async def send(self, path: str, content: bytes, **query: str) -> dict[str, Any]:
        answer = await self.client.post(path, params=query, content=content, headers=self.headers())
        assert answer.status_code in (200, 201), answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def learn_accounts(self) -> None:
        found = await self.ask("chart { id number }")
        self.accounts = {account["number"]: account["id"] for account in found["chart"]}

    async def record(self, kind: str, day: int, told: str, moves: dict[str, int]) -> dict[str, Any]:
        lines = [
            {"accountId": self.accounts[number], ("debit" if amount > 0 else "credit"): abs(amount)}
            for number, amount in moves.items()
        ]
        return await self.do(
            "recordVoucher",
            "... on Voucher { id state number total }",
            cooperativeId=self.id,
            kind=kind,
            bookedOn=f"2026-11-{day:02}",
            description=told,
            lines=lines,
        )


def opening_workbook() -> bytes:
    """As a treasurer keeps it: numbers, names, two columns, and a line of totals."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Nomor", "Nama Akun", "Debet", "Kredit", "Baris"])
    for number, amount in OPENING.items():
        sheet.append([number, "", amount if amount > 0 else None, -amount if amount < 0 else None, None])
    debits = sum(amount for amount in OPENING.values() if amount > 0)
    sheet.append(["JUMLAH", None, debits, debits, None])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def bank_statement(vouchers: list[tuple[str, int, str, dict[str, int]]]) -> bytes:
    """The bank's own list, in BRI's form: what the vouchers moved a day or two later, and what the bank did."""
    moved = [
        (min(day + 1, 30), moves["1-1201"], told.upper()) for _, day, told, moves in vouchers if "1-1201" in moves
    ]
    lines, balance = ["Tanggal;Uraian Transaksi;Teller;Debet;Kredit;Saldo"], OPENING["1-1201"]
    for day, amount, told in sorted([*moved, *BANK_ALONE]):
        balance += amount
        sides = (f"{-amount:,}.00", "0.00") if amount < 0 else ("0.00", f"{amount:,}.00")
        lines.append(f"{day:02}/11/2026;{told};0001;{sides[0]};{sides[1]};{balance:,}.00")
    lines += [f"Saldo Awal;{OPENING['1-1201']:,}.00", f"Saldo Akhir;{balance:,}.00"]
    return "\n".join(lines).encode()


def text_of(pdf: bytes) -> str:
    """All that the PDF's pages say."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    told = []
    for stream in streams:
        try:
            told.append(zlib.decompress(stream).decode("latin-1"))
        except zlib.error:
            continue
    return "\n".join(told)


def written(amount: int) -> str:
    return f"{abs(amount):,}".replace(",", ".")


async def begin(client: httpx.AsyncClient, graphql: GraphQL) -> Story:
    coop, officers = await people.cooperative("DRV", CooperativeKind.DRIVER)
    tokens = {role: await token_of(account) for role, account in officers.items()}
    tokens[Role.SUPERVISOR] = await token_of(await people.person("Wati"), Role.SUPERVISOR, cooperative_id=coop.pk)
    return Story(client, graphql, coop, tokens)


async def test_a_month_from_opening_balances_to_printed_statements(
    client: httpx.AsyncClient, graphql: GraphQL
) -> None:
    story = await begin(client, graphql)

    # Opening: the books, one more bank account, the balances tried dry and then taken over by two officers.
    opened = await story.do(
        "openBooks", "... on Accounting { openedOn twoOfficersAbove }", cooperativeId=story.id, openedOn="2026-11-01"
    )
    assert opened == {"__typename": "Accounting", "openedOn": "2026-11-01", "twoOfficersAbove": 5_000_000}
    added = await story.do(
        "addAccount",
        "... on ChartAccount { number isCash }",
        cooperativeId=story.id,
        number="1-1206",
        name=NAMES["1-1206"],
        line="CASH",
    )
    assert added["isCash"]
    await story.learn_accounts()
    debits = sum(amount for amount in OPENING.values() if amount > 0)
    query = {"cooperative": story.id, "totalDebit": str(debits), "totalCredit": str(debits)}
    dry = await story.send("/books/opening", opening_workbook(), **query)
    assert (dry["isProved"], dry["refusals"], dry["voucher"]) == (True, [], None)
    taken = await story.send("/books/opening", opening_workbook(), **query, dryRun="false")
    assert taken["voucher"]["state"] == "PROPOSED"
    approved = await story.do(
        "approveVoucher", "... on Voucher { number bookedOn }", Role.CHAIR, id=taken["voucher"]["id"]
    )
    assert (approved["number"], approved["bookedOn"]) == ("BM/2026/10/0001", "2026-10-31")

    # Sixty vouchers; those above the threshold take the chair too.
    vouchers = month()
    assert len(vouchers) == 60
    proposed = []
    for kind, day, told, moves in vouchers:
        voucher = await story.record(kind, day, told, moves)
        assert voucher["__typename"] == "Voucher", voucher
        if voucher["state"] == "PROPOSED":
            proposed.append(voucher["id"])
    assert len(proposed) == 3
    receipt = await story.send(
        "/books/attachments", b"%PDF-1.4 faktur laptop", voucher=proposed[1], name="faktur laptop.pdf"
    )
    for id in proposed:
        done = await story.do("approveVoucher", "... on Voucher { state number }", Role.SECRETARY, id=id)
        assert done["state"] == "POSTED", done
    kept = await client.get(receipt["url"], headers=story.headers(Role.SUPERVISOR))
    assert kept.content == b"%PDF-1.4 faktur laptop"
    assert kept.headers["content-disposition"].startswith("attachment")

    # The bank: its statement is matched, and what only the bank knew is booked from it.
    bank = story.accounts["1-1201"]
    statement = await story.send("/books/statements", bank_statement(vouchers), account=bank, dryRun="false")
    assert (statement["form"], statement["refusals"], statement["added"]) == ("bri", [], 16)
    wanted = f"""reconciliation(account: "{bank}", on: "2026-11-30") {{
      isReconciled bankBalance bookBalance unexplained entries {{ cause causeKind }}
      lines {{ line {{ id amount description }} suggestions {{ cause causeKind }} }} }}"""
    seen = (await story.ask(wanted))["reconciliation"]
    assert seen["unexplained"] == 0
    for one in seen["lines"]:
        if one["suggestions"]:
            match = await story.do(
                "matchBankLines",
                "... on BankMatch { amount }",
                accountId=bank,
                lineIds=[one["line"]["id"]],
                entries=[one["suggestions"][0]],
            )
            assert match["__typename"] == "BankMatch", match
            continue
        against = "7-1101" if one["line"]["amount"] < 0 else "4-9101"
        booked = await story.do(
            "bookBankLine",
            "... on Voucher { number source }",
            lineId=one["line"]["id"],
            accountId=story.accounts[against],
            description=one["line"]["description"].capitalize(),
        )
        assert booked["source"] == "BANK_STATEMENT", booked
    seen = (await story.ask(wanted))["reconciliation"]
    assert seen["isReconciled"], seen

    # The month is locked; what comes late is refused.
    assert (await story.ask('month(of: "2026-11-30") { waitingVouchers unmatchedBankLines isLocked }'))["month"] == {
        "waitingVouchers": 0,
        "unmatchedBankLines": 0,
        "isLocked": False,
    }
    locked = await story.do(
        "lockMonth", "... on Accounting { lockedThrough }", cooperativeId=story.id, month="2026-11-30"
    )
    assert locked["lockedThrough"] == "2026-11-30"
    late = await story.record("CASH_OUT", 30, "Terlambat", {"6-1105": 1_000, "1-1101": -1_000})
    assert late["code"] == "PERIOD_LOCKED"

    await hold_against_the_spreadsheet(story, spreadsheet())
    assert [found async for found in checks.findings()] == []


def spreadsheet() -> dict[str, Counter[str]]:
    """Reckoned apart: debits less credits by account, at the beginning, in the month, and of the year."""
    moved = Counter[str]()
    for _, _, _, moves in month():
        moved.update(moves)
    for _, amount, _ in BANK_ALONE:
        moved.update({"1-1201": amount, "7-1101" if amount < 0 else "4-9101": -amount})
    return {"opening": Counter(OPENING), "moved": moved, "end": add(OPENING, moved)}


def add(one: dict[str, int], other: Counter[str]) -> Counter[str]:
    return Counter({number: one.get(number, 0) + other.get(number, 0) for number in {*one, *other}})


def total(sheet: Counter[str], *begins: str) -> int:
    """Debits less credits of the accounts whose numbers begin so."""
    return sum(amount for number, amount in sheet.items() if number.startswith(begins))


async def hold_against_the_spreadsheet(story: Story, sheets: dict[str, Counter[str]]) -> None:
    moved, end = sheets["moved"], sheets["end"]
    days = 'from: "2026-11-01", to: "2026-11-30"'
    rows = "rows { key amount } isBalanced"
    found = await story.ask(
        f"""trialBalance({days}) {{ debits credits closingDebits closingCredits
          lines {{ account {{ number }} closing }} }}
        balanceSheet(on: "2026-11-30") {{ {rows} }} surplusStatement({days}) {{ {rows} }}
        yearly: surplusStatement(from: "2026-01-01", to: "2026-11-30") {{ {rows} }}
        cashFlow({days}) {{ {rows} }} equityChanges({days}) {{ key opening additions deductions surplus closing }}""",
        Role.SUPERVISOR,
    )
    trial = found["trialBalance"]
    assert (
        trial["debits"]
        == trial["credits"]
        == sum(amount for _, _, _, moves in month() for amount in moves.values() if amount > 0)
        + sum(abs(amount) for _, amount, _ in BANK_ALONE)
    )
    assert {line["account"]["number"]: line["closing"] for line in trial["lines"]} == {
        number: amount for number, amount in end.items() if amount or moved.get(number)
    }
    assert trial["closingDebits"] == trial["closingCredits"]

    def keyed(name: str) -> dict[str, int]:
        assert found[name]["isBalanced"], name
        return {row["key"]: row["amount"] for row in found[name]["rows"] if row["key"]}

    sheet, surplus, flows = keyed("balanceSheet"), keyed("surplusStatement"), keyed("cashFlow")
    month_result = -total(moved, "4", "5", "6", "7", "8")
    assert sheet["ASSETS"] == sheet["LIABILITIES_AND_EQUITY"] == total(end, "1")
    assert sheet["CASH"] == total(end, "1-11", "1-12")
    assert sheet["LIABILITIES"] == -total(end, "2")
    assert sheet["YEAR_RESULT"] == keyed("yearly")["RESULT"] == -total(end, "4", "5", "6", "7", "8")
    assert surplus["RESULT"] == month_result
    assert surplus["MEMBER_INCOME"] == -total(moved, "4-1")
    assert surplus["COOPERATIVE_EXPENSES"] == -total(moved, "6-2")
    cash_before, cash_after = (total(sheets[name], "1-11", "1-12") for name in ("opening", "end"))
    assert (flows["OPENING_CASH"], flows["CLOSING_CASH"]) == (cash_before, cash_after)
    assert flows["CHANGE"] == flows["OPERATING"] + flows["INVESTING"] + flows["FINANCING"] == cash_after - cash_before
    assert flows["INVESTING"] == -9_750_000
    assert flows["FINANCING"] == 20_000_000 + 4 * (1_200_000 + 2_500_000)
    equity = {row["key"]: row for row in found["equityChanges"]}
    assert equity["MANDATORY_DEPOSITS"]["closing"] == 72_000_000 + 4_800_000
    assert equity["EQUITY"]["surplus"] == month_result
    assert equity["EQUITY"]["closing"] == sheet["EQUITY"] == -total(end, "3", "4", "5", "6", "7", "8")

    await open_a_figure(story, end)
    await look_at_the_paper(story, sheet, month_result, cash_after)


async def open_a_figure(story: Story, end: Counter[str]) -> None:
    """The neraca's cash opens to accounts, an account to its entries, an entry to its voucher."""
    found = await story.ask(
        'balanceSheet(on: "2026-11-30") { rows { key parts { amount account { id number } } } }', Role.SUPERVISOR
    )
    (row,) = [row for row in found["balanceSheet"]["rows"] if row["key"] == "CASH"]
    assert {part["account"]["number"]: part["amount"] for part in row["parts"]} == {
        number: end[number] for number in ("1-1101", "1-1201", "1-1206")
    }
    account = row["parts"][0]["account"]["id"]
    cursor, entries = "", []
    while True:
        after = f', after: "{cursor}"' if cursor else ""
        ledger = (
            await story.ask(
                f"""generalLedger(account: "{account}", from: "2026-11-01", to: "2026-11-30", first: 20{after}) {{
                opening closing entries {{ nodes {{ voucherNumber description debit credit balance cause }}
                pageInfo {{ hasNextPage endCursor }} }} }}"""
            )
        )["generalLedger"]
        entries += ledger["entries"]["nodes"]
        cursor = ledger["entries"]["pageInfo"]["endCursor"]
        if not ledger["entries"]["pageInfo"]["hasNextPage"]:
            break
    cash = [moves["1-1101"] for _, _, _, moves in month() if "1-1101" in moves]
    assert (ledger["opening"], ledger["closing"]) == (OPENING["1-1101"], end["1-1101"])
    assert sorted(entry["debit"] - entry["credit"] for entry in entries) == sorted(cash)
    assert entries[-1]["balance"] == end["1-1101"]
    voucher = await story.graphql(
        "query ($id: ID!) { node(id: $id) { ... on Voucher { number lines { debit credit account { number } } } } }",
        {"id": entries[0]["cause"]},
        token=story.tokens[Role.SUPERVISOR],
    )
    assert voucher["data"]["node"]["number"] == entries[0]["voucherNumber"]


async def look_at_the_paper(story: Story, sheet: dict[str, int], result: int, cash: int) -> None:
    """The set of SAK EP as a PDF and as a workbook says the same figures."""
    query = {"cooperative": story.id, "from": "2026-11-01", "to": "2026-11-30"}
    pdf = await story.client.get("/books/sak-ep.pdf", params=query, headers=story.headers(Role.SUPERVISOR))
    assert (pdf.status_code, pdf.headers["content-type"]) == (200, "application/pdf")
    told = text_of(pdf.content)
    for words in (
        "Koperasi DRV",
        "Neraca",
        "Perhitungan Hasil Usaha",
        "Laporan Perubahan Ekuitas",
        "Laporan Arus Kas",
    ):
        assert words in told
    for amount in (sheet["ASSETS"], sheet["EQUITY"], result, cash):
        assert written(amount) in told
    answer = await story.client.get("/books/sak-ep.xlsx", params=query, headers=story.headers())
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Neraca", "Perhitungan Hasil Usaha", "Perubahan Ekuitas", "Laporan Arus Kas"]
    neraca = {row[0]: row[1] for row in book["Neraca"].iter_rows(min_row=6, values_only=True)}
    assert neraca["JUMLAH ASET"] == neraca["JUMLAH LIABILITAS DAN EKUITAS"] == sheet["ASSETS"]
    arus = {row[0]: row[1] for row in book["Laporan Arus Kas"].iter_rows(min_row=6, values_only=True)}
    assert arus["KAS AKHIR PERIODE"] == cash
    for report in ("trial-balance", "general-ledger", "journal", "chart"):
        for form in ("pdf", "xlsx"):
            answer = await story.client.get(f"/books/{report}.{form}", params=query, headers=story.headers())
            assert answer.status_code == 200, answer.text
    query["account"] = story.accounts["1-1201"]
    answer = await story.client.get("/books/reconciliation.pdf", params=query, headers=story.headers())
    assert "Saldo menurut bank" in text_of(answer.content)


async def test_others_get_no_file(client: httpx.AsyncClient, graphql: GraphQL) -> None:
    story = await begin(client, graphql)
    stranger = await token_of(await people.person("Orang luar"))
    query = {"cooperative": story.id}
    for headers, status in (({}, 401), ({"Authorization": f"Bearer {stranger}"}, 404)):
        for path in ("/books/sak-ep.pdf", "/books/journal.xlsx"):
            assert (await client.get(path, params=query, headers=headers)).status_code == status
        for path in ("/books/opening", "/books/statements", "/books/attachments"):
            sent = {
                "cooperative": story.id,
                "account": to_id("ChartAccount", uuid4()),
                "voucher": to_id("Voucher", uuid4()),
                "name": "x",
            }
            answer = await client.post(path, params=sent, content=b"%PDF-", headers=headers)
            assert answer.status_code == status, path
    shut = await client.get("/books/sak-ep.pdf", params=query, headers=story.headers())
    assert (shut.status_code, shut.json()["code"]) == (400, "WRONG_STATE")
    unknown = await client.get("/books/laba.pdf", params=query, headers=story.headers())
    assert unknown.status_code in (400, 404)


def test_the_spreadsheet_itself_balances() -> None:
    assert sum(OPENING.values()) == 0
    assert all(sum(moves.values()) == 0 for _, _, _, moves in month())
    assert date(2026, 11, 30).day == max(day for _, day, _, _ in month())
