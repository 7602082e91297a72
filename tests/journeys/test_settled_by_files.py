"""From an open window to settled with files only: the published vector, four co-ops, three banks.

The test's banks take the files as banks do: they read the transfers out of them, and give statements of their own.
"""

import csv
import io
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

import httpx
import openpyxl
import pytest

from cooperatives import ledger
from cooperatives.ledger.service import AccountRef, Cause, Entry, Purpose, post
from cooperatives.membership.models import Cooperative
from marketplace import checks
from marketplace.database import new_id, transaction
from marketplace.identity.actor import Role
from marketplace.settings import Settings
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.cooperatives.settlements.test_netting import VECTOR
from tests.deliveries import stage
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio

ACCOUNTS = {"DRV": ("mandiri", "1400011112222"), "MKT": ("bca", "0881234567"), "FOD": ("bri", "001201000345307")}
ACCOUNTS |= {"LOG": ("bri", "033301000999302")}
SPACE = "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.03}"
WINDOW = """__typename ... on Problem { code message } ... on SettlementWindow { id state
  payments { amount state reference bankReference payer { code } payee { code } payeeAccount { number bank } } }"""


@dataclass
class Story:
    """Four co-ops with two officers each, and what they send."""

    client: httpx.AsyncClient
    graphql: GraphQL
    coops: dict[str, Cooperative] = field(default_factory=dict)
    treasurers: dict[str, str] = field(default_factory=dict)
    chairs: dict[str, str] = field(default_factory=dict)
    operator: str = ""

    async def begin(self) -> None:
        await ledger.install()
        for code in ACCOUNTS:
            coop = self.coops[code] = await stage.cooperative(code)
            for kept, role in ((self.treasurers, Role.TREASURER), (self.chairs, Role.CHAIR)):
                kept[code] = await token_of(await stage.account(f"{role} {code}"), role, cooperative_id=coop.pk)
        self.operator = await token_of(await stage.account("Operator"), Role.NODE_OPERATOR)

    def id(self, code: str) -> str:
        return to_id("Cooperative", self.coops[code].pk)

    async def do(self, token: str, name: str, fields: str = WINDOW, **input: Any) -> dict[str, Any]:
        kind = name[0].upper() + name[1:] + "Input"
        text = f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ {fields} }} }}"
        input.setdefault("idempotencyKey", f"{name}-{sorted(input.items())}"[:100])
        answer = await self.graphql(text, {"input": input}, token=token)
        assert "errors" not in answer, answer
        found: dict[str, Any] = answer["data"][name]
        return found

    async def name_accounts(self) -> None:
        fields = "__typename ... on Problem { code } ... on SettlementAccount { id confirmedAt }"
        for code, (bank, number) in ACCOUNTS.items():
            given = {
                "cooperativeId": self.id(code),
                "institution": bank,
                "number": number,
                "holder": f"Koperasi {code}",
            }
            proposed = await self.do(self.treasurers[code], "proposeSettlementAccount", fields, **given)
            alone = await self.do(
                self.treasurers[code],
                "confirmSettlementAccount",
                fields,
                accountId=proposed["id"],
                idempotencyKey="0",
            )
            assert alone["code"] == "NEEDS_TWO_OFFICERS"
            confirmed = await self.do(self.chairs[code], "confirmSettlementAccount", fields, accountId=proposed["id"])
            assert confirmed["confirmedAt"]

    async def owe(self) -> str:
        """The vector's debts; answers the open window's id."""
        for debt in VECTOR:
            recorded = await self.do(
                self.treasurers[debt.debtor],
                "recordObligation",
                "... on Obligation { window { id } } ... on Problem { code }",
                debtorId=self.id(debt.debtor),
                creditorId=self.id(debt.creditor),
                amount=debt.amount,
                note="vector",
                idempotencyKey=f"{debt}",
            )
        return str(recorded["window"]["id"])

    async def agree(self, window_id: str) -> dict[str, Any]:
        window = await self.do(self.operator, "closeWindow", windowId=window_id)
        for code, token in self.treasurers.items():
            window = await self.do(token, "approveSettlement", windowId=window_id, cooperativeId=self.id(code))
        return window

    async def fetch(self, code: str, path: str, window_id: str, token: str = "", **wishes: str) -> httpx.Response:
        asked = {"window": window_id, "cooperative": self.id(code), **wishes}
        headers = {"Authorization": f"Bearer {token or self.treasurers[code]}", "Accept-Language": "en"}
        return await self.client.get(f"/settlements/{path}", params=asked, headers=headers)

    async def send(self, code: str, content: bytes, token: str = "", **wishes: str) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token or self.treasurers[code]}", "Accept-Language": "en"}
        asked = {"cooperative": self.id(code), **wishes}
        sent = await self.client.post("/settlements/statements", params=asked, content=content, headers=headers)
        answer: dict[str, Any] = sent.json()
        return answer

    async def window(self, window_id: str) -> dict[str, Any]:
        text = f"query ($id: ID!) {{ node(id: $id) {{ {WINDOW.replace('... on Problem { code message }', '')} }} }}"
        found: dict[str, Any] = (await self.graphql(text, {"id": window_id}, token=self.operator))["data"]["node"]
        return found


@pytest.fixture
async def story(client: httpx.AsyncClient, graphql: GraphQL, settings: Settings) -> Story:
    told = Story(client, graphql)
    await told.begin()
    return told


def in_pain(content: bytes) -> list[tuple[str, int, str]]:
    """The transfers of a pain.001: to which account, how much, with which words."""
    return [
        (
            one.findtext(f"{SPACE}CdtrAcct/{SPACE}Id/{SPACE}Othr/{SPACE}Id", ""),
            int(one.findtext(f"{SPACE}Amt/{SPACE}InstdAmt", "")),
            one.findtext(f"{SPACE}RmtInf/{SPACE}Ustrd", ""),
        )
        for one in ElementTree.fromstring(content).iter(f"{SPACE}CdtTrfTxInf")
    ]


def in_mandiri(content: bytes) -> list[tuple[str, int, str]]:
    """The transfers of Mandiri's CSV, held against its header's totals."""
    head, *rows = list(csv.reader(io.StringIO(content.decode())))
    assert (int(head[3]), int(head[4])) == (len(rows), sum(int(row[6]) for row in rows))
    return [(row[0], int(row[6]), row[7]) for row in rows]


def bri(lines: list[tuple[int, str]]) -> bytes:
    """BRI's statement: signed sums with words."""
    rows = [f"25/11/2026;{words};{max(-amount, 0)};{max(amount, 0)}" for amount, words in lines]
    return "\n".join(["Tanggal;Uraian Transaksi;Debet;Kredit", *rows, ""]).encode()


def camt(lines: list[tuple[int, str]]) -> bytes:
    """A camt.053 of sums that came in or went out."""
    entries = "".join(
        f"<Ntry><Amt Ccy='IDR'>{abs(amount)}</Amt><CdtDbtInd>{'CRDT' if amount > 0 else 'DBIT'}</CdtDbtInd>"
        f"<Sts>BOOK</Sts><BookgDt><Dt>2026-11-25</Dt></BookgDt><NtryDtls><TxDtls><Refs>"
        f"<EndToEndId>{words}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>"
        for amount, words in lines
    )
    return (
        "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.08'><BkToCstmrStmt><Stmt>"
        f"{entries}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def outcomes(answer: dict[str, Any]) -> list[str]:
    assert answer["refusals"] == [], answer
    return [one["outcome"] for one in answer["payments"]]


async def test_settled_with_files_only(story: Story) -> None:
    window_id = await story.owe()
    await story.agree(window_id)
    lacking = await story.fetch("LOG", "payments.xml", window_id)
    assert (lacking.status_code, lacking.json()["code"]) == (400, "WRONG_STATE")
    assert lacking.json()["message"].startswith("These co-operatives have no confirmed settlement account")
    await story.name_accounts()

    by_log = in_pain((await story.fetch("LOG", "payments.xml", window_id)).content)
    assert [(to, amount) for to, amount, _ in by_log] == [
        (ACCOUNTS["FOD"][1], 4_175_000),
        (ACCOUNTS["MKT"][1], 3_150_000),
    ]
    by_drv = in_mandiri((await story.fetch("DRV", "payments.csv", window_id)).content)
    assert [(to, amount) for to, amount, _ in by_drv] == [(ACCOUNTS["MKT"][1], 300_000)]
    nothing = await story.fetch("MKT", "payments.csv", window_id)
    assert nothing.json()["code"] == "WRONG_STATE"

    received: dict[str, list[tuple[int, str]]] = {}
    for to, amount, words in (*by_log, *by_drv):
        received.setdefault(to, []).append((amount, f"TRF {words[:9]} {words[9:]} BIFAST"))
    to_mkt = camt([(amount, words) for amount, words in received[ACCOUNTS["MKT"][1]]])
    assert outcomes(await story.send("MKT", to_mkt, dryRun="false")) == ["TOO_EARLY", "TOO_EARLY"]

    paid = bri([(-amount, f"TRANSFER {words}") for _, amount, words in by_log] + [(-250_000, "BELI SOLAR")])
    assert outcomes(await story.send("LOG", paid)) == ["PAID", "PAID"]
    assert {one["state"] for one in (await story.window(window_id))["payments"]} == {"APPROVED"}
    assert outcomes(await story.send("LOG", paid, dryRun="false")) == ["PAID", "PAID"]
    assert outcomes(await story.send("LOG", paid, dryRun="false")) == ["ALREADY", "ALREADY"]
    fee = camt([(-by_drv[0][1] - 2_500, by_drv[0][2])])
    assert outcomes(await story.send("DRV", fee, dryRun="false")) == ["FEE"]

    assert outcomes(await story.send("MKT", to_mkt, dryRun="false")) == ["CONFIRMED", "CONFIRMED"]
    assert (await story.window(window_id))["state"] == "PENDING_SETTLEMENT"
    last = await story.send("FOD", bri(received[ACCOUNTS["FOD"][1]]), dryRun="false")
    assert (outcomes(last), last["casesOpened"]) == (["CONFIRMED"], 0)
    settled = await story.window(window_id)
    assert settled["state"] == "SETTLED"
    assert {one["state"] for one in settled["payments"]} == {"CONFIRMED"}
    assert [found async for found in checks.findings()] == []


async def test_what_differs_opens_a_case_once(story: Story) -> None:
    window_id = await story.owe()
    await story.name_accounts()
    window = await story.agree(window_id)
    names = {(one["payer"]["code"], one["payee"]["code"]): one["reference"] for one in window["payments"]}
    sent = bri(
        [(-4_175_000, names["LOG", "FOD"]), (-3_150_000, names["LOG", "MKT"]), (3_150_000, names["LOG", "MKT"])]
    )
    answer = await story.send("LOG", sent, dryRun="false")
    assert outcomes(answer) == ["PAID", "PAID", "RETURNED"]
    assert answer["casesOpened"] == 1
    short = bri([(4_168_500, names["LOG", "FOD"])])
    answer = await story.send("FOD", short, dryRun="false")
    assert (outcomes(answer), answer["casesOpened"]) == (["FEE"], 1)
    assert (await story.send("FOD", short, dryRun="false"))["casesOpened"] == 0
    states = {
        (one["payer"]["code"], one["payee"]["code"]): one["state"]
        for one in (await story.window(window_id))["payments"]
    }
    assert states == {("LOG", "FOD"): "PAID", ("LOG", "MKT"): "PAID", ("DRV", "MKT"): "APPROVED"}
    assert [found async for found in checks.findings()] == []


async def test_who_may(story: Story) -> None:
    window_id = await story.owe()
    await story.name_accounts()
    await story.agree(window_id)
    for token, status in ((story.treasurers["FOD"], 404), (story.operator, 404), ("x", 401)):
        for path in ("payments.csv", "payments.xml"):
            assert (await story.fetch("LOG", path, window_id, token)).status_code == status, (path, status)
        code = (await story.send("LOG", bri([]), token)).get("code")
        assert code == {404: "NOT_FOUND", 401: "UNAUTHENTICATED"}[status]
    assert (await story.send("LOG", bri([]), story.chairs["LOG"]))["code"] == "NOT_FOUND"
    assert (await story.send("LOG", b"\x00", dryRun="false"))["code"] == "UNSUPPORTED_MEDIA"
    for wishes in ({"bank": "../x"}, {"bank": "nobank"}):
        assert (await story.fetch("LOG", "payments.csv", window_id, **wishes)).json()["code"] == "INVALID"
    assert (await story.fetch("LOG", "payments.xml", window_id, version="99")).json()["code"] == "INVALID"


async def test_what_a_treasurer_reads(story: Story) -> None:
    window_id = await story.owe()
    await story.name_accounts()
    still_open = await story.fetch("LOG", "statement.pdf", window_id)
    assert still_open.content.startswith(b"%PDF")
    await story.agree(window_id)
    paper = await story.fetch("LOG", "statement.pdf", window_id)
    assert (paper.status_code, paper.headers["content-type"]) == (200, "application/pdf")
    workbook = openpyxl.load_workbook(io.BytesIO((await story.fetch("LOG", "statement.xlsx", window_id)).content))
    summary = list(workbook["Ringkasan"].iter_rows(values_only=True))
    assert ("Jumlah", 16_075_000 - 7_325_000, 16_075_000, -7_325_000) in summary
    assert ("Bayar kepada Koperasi FOD", None, None, -4_175_000) in summary
    assert ("Jumlah", None, None, -7_325_000) in summary
    lines = list(workbook["Rincian"].iter_rows(values_only=True))
    assert sum(row[4] or 0 for row in lines if row[0] and isinstance(row[4], int)) == 16_075_000
    drawn = await story.fetch("LOG", "picture.svg", window_id)
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    told = ElementTree.fromstring(drawn.content)
    texts = [one.text for one in told.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Sebelum kliring", "Sesudah kliring", "LOG", "-7.325", "9.725", "4.175"} <= set(texts)
    text = "query ($id: ID!) { node(id: $id) { ... on SettlementWindow { picture } } }"
    by_api = (await story.graphql(text, {"id": window_id}, token=story.operator))["data"]["node"]["picture"]
    assert by_api == drawn.text
    for path in ("statement.pdf", "statement.xlsx"):
        assert (await story.fetch("LOG", path, window_id, story.treasurers["FOD"])).status_code == 404
    stranger = await token_of(await stage.account("Orang lain"))
    assert (await story.fetch("LOG", "picture.svg", window_id, stranger)).status_code == 404
    assert (await story.fetch("LOG", "picture.svg", window_id, "x")).status_code == 401


CASES = """__typename ... on Problem { code } ... on SettlementWindow { cases {
  id kind state here there note resolution cooperative { code } counterparty { code } } }"""
RECONCILED = """query ($id: ID!, $one: ID!, $other: ID!) { node(id: $id) { ... on SettlementWindow {
  reconciliation(cooperativeId: $one, counterpartyId: $other) {
    lineCount here there differences { kind lineKind line here there } }
  cases { id kind state } } } }"""
CASE = "__typename ... on Problem { code message } ... on SettlementCase { state resolution }"


async def test_two_co_ops_hold_their_lines_against_each_other(story: Story) -> None:
    window_id = await story.owe()

    async def reconciled(one: str, other: str, token: str = "") -> dict[str, Any]:
        asked = {"id": window_id, "one": story.id(one), "other": story.id(other)}
        answer: dict[str, Any] = await story.graphql(RECONCILED, asked, token=token or story.treasurers[one])
        return answer

    found = (await reconciled("LOG", "FOD"))["data"]["node"]["reconciliation"]
    assert found == {"lineCount": 2, "here": -4_125_000, "there": -4_125_000, "differences": []}
    mirrored = (await reconciled("FOD", "LOG"))["data"]["node"]["reconciliation"]
    assert (mirrored["here"], mirrored["differences"]) == (4_125_000, [])
    refused = await reconciled("LOG", "FOD", story.treasurers["MKT"])
    assert refused["errors"][0]["extensions"]["code"] == "NOT_FOUND"

    window = await story.agree(window_id)
    assert (await reconciled("LOG", "FOD"))["data"]["node"]["reconciliation"]["differences"] == []
    name = next(one["reference"] for one in window["payments"] if one["payee"]["code"] == "FOD")
    await story.send("LOG", bri([(-4_175_000, name)]), dryRun="false")
    (lacking,) = (await reconciled("FOD", "LOG"))["data"]["node"]["reconciliation"]["differences"]
    assert (lacking["kind"], lacking["lineKind"]) == ("MISSING_HERE", "settlement_payment")
    assert (lacking["here"], lacking["there"]) == (None, -4_175_000)

    pair = {"windowId": window_id, "cooperativeId": story.id("FOD"), "counterpartyId": story.id("LOG")}
    assert (await story.do(story.treasurers["LOG"], "openSettlementCases", CASES, **pair))["code"] == "NOT_FOUND"
    (case,) = (await story.do(story.treasurers["FOD"], "openSettlementCases", CASES, **pair))["cases"]
    assert (case["kind"], case["state"], case["there"]) == ("MISSING_HERE", "OPEN", -4_175_000)
    again = await story.do(story.chairs["FOD"], "openSettlementCases", CASES, **pair)
    assert len(again["cases"]) == 1
    assert len((await reconciled("LOG", "FOD"))["data"]["node"]["cases"]) == 1
    assert (await reconciled("MKT", "FOD"))["data"]["node"]["cases"] == []

    settled = {"caseId": case["id"], "resolution": "Ditemukan di rekening lama"}
    other = await story.do(story.treasurers["LOG"], "resolveSettlementCase", CASE, **settled)
    stranger = await story.do(story.treasurers["MKT"], "resolveSettlementCase", CASE, **settled)
    assert (other["code"], stranger["code"]) == ("FORBIDDEN", "NOT_FOUND")
    empty = {**settled, "resolution": " ", "idempotencyKey": "e"}
    assert (await story.do(story.chairs["FOD"], "resolveSettlementCase", CASE, **empty))["code"] == "INVALID"
    done = await story.do(story.chairs["FOD"], "resolveSettlementCase", CASE, **settled)
    assert (done["state"], done["resolution"]) == ("RESOLVED", "Ditemukan di rekening lama")
    late = await story.do(story.operator, "resolveSettlementCase", CASE, **settled)
    assert late["code"] == "WRONG_STATE"


async def test_what_was_missing_and_comes_is_resolved_by_itself(story: Story) -> None:
    window_id = await story.owe()
    window = await story.agree(window_id)
    name = next(one["reference"] for one in window["payments"] if one["payee"]["code"] == "FOD")
    await story.send("LOG", bri([(-4_175_000, name)]), dryRun="false")
    pair = {"windowId": window_id, "cooperativeId": story.id("FOD"), "counterpartyId": story.id("LOG")}
    await story.do(story.treasurers["FOD"], "openSettlementCases", CASES, **pair)
    assert outcomes(await story.send("FOD", bri([(4_175_000, name)]), dryRun="false")) == ["CONFIRMED"]
    again = await story.do(story.treasurers["FOD"], "openSettlementCases", CASES, **pair, idempotencyKey="2")
    assert [(one["state"], one["resolution"]) for one in again["cases"]] == [("RESOLVED", f"2026-11-25: {name}")]


async def test_a_line_that_only_one_book_has_is_named(story: Story) -> None:
    window_id = await story.owe()
    log, fod = (story.coops[code].pk for code in ("LOG", "FOD"))
    cause = Cause("debt.acknowledged", new_id())
    expense = AccountRef(log, Purpose.INTER_COOPERATIVE_EXPENSE, fod)
    async with transaction():  # no obligation, and nothing in the other's book
        await post([Entry(expense, AccountRef(log, Purpose.DUE_TO, fod), 5_000, "debt")], cause=cause)
    for one, other, kind, here, there in (
        ("LOG", "FOD", "MISSING_THERE", -5_000, None),
        ("FOD", "LOG", "MISSING_HERE", None, 5_000),
    ):
        asked = {"id": window_id, "one": story.id(one), "other": story.id(other)}
        answer = await story.graphql(RECONCILED, asked, token=story.treasurers[one])
        (found,) = answer["data"]["node"]["reconciliation"]["differences"]
        assert (found["kind"], found["here"], found["there"]) == (kind, here, there)
    assert [found async for found in checks.findings()]
