"""Bank statements as banks give them: each template, camt.053, and what is refused."""

from datetime import date
from pathlib import Path

import pytest

from cooperatives.books.bank_files import BankFile
from cooperatives.books.bank_forms import UnknownForm, shipped, templates
from cooperatives.books.statement_files import read

BCA = """No. rekening : ,'0123456789
Nama : ,KOPERASI PASAR
Periode : ,01/11/2026 - 30/11/2026
Kode Mata Uang : ,Rp

Tanggal Transaksi,Keterangan,Cabang,Jumlah,,Saldo
'02/11,TRSF E-BANKING CR 0211/FTSCY/WS95031 IURAN NOV SITI,'0000,1500000.00,CR,11500000.00
'05/11,BIAYA ADM,'0000,15000.00,DB,11485000.00
PEND,TRSF E-BANKING DB,'0000,99000.00,DB,0.00

Saldo Awal : ,10000000.00
Mutasi Debet : ,15000.00,1
Mutasi Kredit : ,1500000.00,1
Saldo Akhir : ,11485000.00
"""
BRI = """Laporan Transaksi Rekening
Periode;01/11/2026 - 30/11/2026
Tanggal;Uraian Transaksi;Teller;Debet;Kredit;Saldo
02/11/26;IURAN NOV SITI;0001;0,00;1.500.000,00;11.500.000,00
05/11/26;BIAYA ADM;0001;15.000,00;0,00;11.485.000,00
Saldo Awal;10.000.000,00
Saldo Akhir;11.485.000,00
"""
MANDIRI = """Account No,Date,Val. Date,Transaction Code,Description,Description,Reference No.,Debit,Credit,Balance
1234567890,05/11/2026,05/11/2026,8888,BIAYA ADM,,,15000.00,0.00,"11,485,000.00"
1234567890,02/11/2026,02/11/2026,1115,TRF/CMS,IURAN NOV SITI,REF-778899,0.00,"1,500,000.00","11,500,000.00"
"""
BNI = """Transaction Inquiry
Account Number,0123456789
Post Date,Branch,Journal No.,Description,Amount,Db/Cr,Balance
02/11/2026 10.15.00,0001,778899,IURAN NOV SITI,"1,500,000.00",K,"11,500,000.00"
05/11/2026 23.59.59,0001,778900,BIAYA ADM,"15,000.00",D,"11,485,000.00"
Beginning Balance,"10,000,000.00"
Ending Balance,"11,485,000.00"
"""
CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr>
<Stmt><Id>1</Id><FrToDt><FrDtTm>2026-11-01T00:00:00</FrDtTm><ToDtTm>2026-11-30T23:59:59</ToDtTm></FrToDt>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="IDR">10000000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="IDR">11485000</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Ntry><Amt Ccy="IDR">1500000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-11-02</Dt></BookgDt><AcctSvcrRef>A1</AcctSvcrRef><NtryDtls><TxDtls>
<Refs><EndToEndId>REF-778899</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>SITI</Nm></Pty></Dbtr></RltdPties>
<RmtInf><Ustrd>IURAN NOV</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="IDR">15000</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-11-05</Dt></BookgDt><AddtlNtryInf>BIAYA ADM</AddtlNtryInf></Ntry>
<Ntry><Amt Ccy="IDR">99</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts></Ntry>
</Stmt></BkToCstmrStmt></Document>
"""
#: Said of a day, an amount, and words that must stand in the description.
EXPECTED = [(date(2026, 11, 2), 1_500_000, "IURAN NOV"), (date(2026, 11, 5), -15_000, "BIAYA ADM")]


def taken(text: str, form: str | None = None) -> BankFile:
    return read(text.encode(), form, shipped())


@pytest.mark.parametrize(
    ("form", "text"), [("bca", BCA), ("bri", BRI), ("mandiri", MANDIRI), ("bni", BNI), ("camt.053", CAMT)]
)
def test_each_bank_says_the_same(form: str, text: str) -> None:
    for asked in (form, None):  # told by name, and by its columns
        found = taken(text, asked)
        assert found.refusals == []
        assert found.form == form
        assert (found.opening, found.closing) == (10_000_000, 11_485_000)
        for movement, (day, amount, words) in zip(found.movements, EXPECTED, strict=True):
            assert (movement.day, movement.amount) == (day, amount)
            assert words in movement.description
        assert found.starts_on is not None
        assert found.ends_on is not None
        assert found.starts_on <= date(2026, 11, 2) <= date(2026, 11, 5) <= found.ends_on


# As exports look that their owners have published: names changed, columns and marks as they were.
BCA_BISNIS = """"Informasi Rekening - Mutasi Rekening"," "," "," "," ",

"No. rekening : 0123456789"
"Nama : KOPERASI PASAR"
"Periode : 01/11/2026 - 30/11/2026"
"Kode Mata Uang : Rp"
"Tanggal Transaksi","Keterangan","Cabang","Jumlah","Saldo"
"02/11","KR OTOMATIS IURAN NOV SITI   ","0000","1,500,000.00 CR","11,500,000.00"
"05/11/2026","BIAYA ADM       ","0000","15,000.00 DB","11,485,000.00"
"Saldo Awal : 10,000,000.00"
"Mutasi Debet : 15,000.00","1"
"Mutasi Kredit : 1,500,000.00","1"
"Saldo Akhir : 11,485,000.00"
"""
BCA_ENGLISH = """Account No.,=,'0123456789
Name,=,KOPERASI PASAR
Currency,=,IDR

Date,Description,Branch,Amount,,Balance
'02/11/2026,TRSF E-BANKING CR IURAN NOV SITI,'0000,1500000.00,CR,11500000.00
'05/11/2026,BIAYA ADM,'0000,15000.00,DB,11485000.00
Starting Balance,=,10000000.00
Credit,=,1500000.00
Debet,=,15000.00
Ending Balance,=,11485000.00
"""
BRI_CMS = """NOREK;TGL_TRAN;DESK_TRAN;MUTASI_DEBET;MUTASI_KREDIT;SALDO_AKHIR_MUTASI
012301000123456;2026-11-02 00:00:00;IURAN NOV SITI;0.00;1500000.00;11500000.00
012301000123456;2026-11-05 00:00:00;BIAYA ADM;15000.00;0.00;11485000.00
"""


@pytest.mark.parametrize(("form", "text"), [("bca", BCA_BISNIS), ("bca", BCA_ENGLISH), ("bri", BRI_CMS)])
def test_exports_as_banks_give_them(form: str, text: str) -> None:
    test_each_bank_says_the_same(form, text)


def test_an_export_without_balances() -> None:
    text = """Account No,Date,Val. Date,Transaction Code,Description,Description,Reference No.,Debit,Credit
0060003911777,02/11/26,02/11/26,6902,"KR 0060003911777 ","IURAN NOV SITI    ", REF-1,".00","1,500,000.00"
0060003911777,05/11/26,05/11/26,7820,"BIAYA ADM"," ",,"15,000.00",".00"
"""
    found = taken(text)
    assert (found.form, found.opening, found.closing, found.refusals) == ("mandiri", None, None, [])
    assert [(one.day, one.amount) for one in found.movements] == [(day, amount) for day, amount, _ in EXPECTED]


INTEREST = """Tanggal Transaksi,Keterangan,Cabang,Jumlah,Saldo
30/11/2026,BUNGA,0000,"1,234.56 CR","10,001,234.81"
30/11/2026,PAJAK BUNGA,0000,"246.91 DB","10,000,987.90"
30/11/2026,PEMBULATAN,0000,"0.05 DB","10,000,987.85"
30/11/2026,SETORAN,0000,"50,000.20 CR","10,050,988.05"
"""


def test_interest_with_hundredths_leaves_the_book_where_the_bank_stands() -> None:
    found = taken(INTEREST)
    assert found.refusals == []
    assert (found.opening, found.closing) == (10_000_000, 10_050_988)
    assert [one.amount for one in found.movements] == [1_234, -247, 50_001]
    assert found.opening + found.sum == found.closing
    head, *lines = INTEREST.replace("30/11/2026,SETORAN", "01/12/2026,SETORAN").splitlines()
    turned = taken("\n".join([head, *reversed(lines)]))
    assert [one.amount for one in turned.movements] == [1_234, -247, 50_001]


def test_hundredths_that_no_balance_proves_are_refused_line_by_line() -> None:
    wrong = taken(INTEREST.replace("10,000,987.90", "10,000,987.91"))
    assert [(one.line, one.column) for one in wrong.refusals] == [(line, "amount") for line in (2, 3, 4, 5)]


def in_hundredths(*, closing: str) -> str:
    """The camt.053 with interest of 125000.50, its tax of 25000.10 and a line that moves no whole rupiah."""
    lines = "".join(
        f'<Ntry><Amt Ccy="IDR">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
        "<BookgDt><Dt>2026-11-30</Dt></BookgDt></Ntry>"
        for amount, way in (("125000.50", "CRDT"), ("25000.10", "DBIT"), ("0.05", "DBIT"))
    )
    return CAMT.replace("</Stmt>", f"{lines}</Stmt>").replace(">11485000<", f">{closing}<")


def test_hundredths_of_a_camt_are_carried_and_told_or_refused_by_their_lines() -> None:
    found = taken(in_hundredths(closing="11585000.35"))
    assert (found.refusals, found.opening, found.closing) == ([], 10_000_000, 11_585_000)
    assert [one.amount for one in found.movements] == [1_500_000, -15_000, 125_000, -25_000]
    assert found.opening + found.sum == found.closing
    assert [(one.line, one.hundredths, one.booked) for one in found.carried] == [
        (4, 12_500_050, 125_000),
        (5, -2_500_010, -25_000),
        (6, -5, 0),
    ]
    unproved = in_hundredths(closing="11585000.35").replace("<Cd>OPBD</Cd>", "<Cd>ITBD</Cd>")
    for text in (in_hundredths(closing="11585000.36"), unproved):
        assert [one.line for one in taken(text).refusals] == [4, 5, 6]
        assert "125000.50" in taken(text).refusals[0].pesan
    (refusal,) = taken(CAMT.replace('Ccy="IDR">15000<', 'Ccy="USD">15000<')).refusals
    assert (refusal.line, "USD 15000" in refusal.message) == (2, True)


def test_several_statements_in_one_camt_are_refused_whole() -> None:
    start, end = CAMT.index("<Stmt>"), CAMT.index("</BkToCstmrStmt>")
    found = taken(CAMT[:end] + CAMT[start:])
    assert ([one.column for one in found.refusals], found.movements) == (["Stmt"], [])


@pytest.mark.parametrize(
    ("form", "text", "column"),
    [
        ("bca", BCA.replace("Keterangan,", "Keterangan Transaksi,"), "description"),
        ("bri", BRI.replace("Tanggal;", "Tanggal Buku;"), "day"),
        ("mandiri", MANDIRI.replace(",Debit,Credit,", ",Debit Sum,Credit,"), "debit"),
        ("bni", BNI.replace("Amount,", "Amount (IDR),"), "amount"),
    ],
)
def test_a_column_that_is_not_where_the_template_looks_is_named(form: str, text: str, column: str) -> None:
    for asked in (form, None):
        (refusal,) = taken(text, asked).refusals
        assert refusal.column == column
        assert f"template {form}" in refusal.message
        assert f"templat {form}" in refusal.pesan


def test_every_template_that_ships_says_whence_it_is_known() -> None:
    assert {one.name for one in shipped()} == {"bca", "bni", "bri", "bsi", "mandiri"}
    for one in shipped():
        assert len(one.source) > 40
    assert [one.name for one in shipped() if one.source.startswith("unverified")] == ["bni", "bsi"]


def test_references_are_kept() -> None:
    assert [taken(text).movements[0].reference for text in (MANDIRI, CAMT, BNI)] == [
        "REF-778899",
        "REF-778899",
        "778899",
    ]


def test_a_day_without_a_year_at_the_turn_of_one() -> None:
    text = (
        BCA.replace("01/11/2026 - 30/11/2026", "15/12/2026 - 14/01/2027")
        .replace("'02/11", "'30/12")
        .replace("'05/11", "'02/01")
    )
    assert [one.day for one in taken(text).movements] == [date(2026, 12, 30), date(2027, 1, 2)]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (BCA.replace("15000.00,DB,11485000.00", "15000.00,XX,11485000.00"), (8, "amount")),
        (BRI.replace("15.000,00;0,00", "15.000,50;0,00"), (5, "amount")),
        (BRI.replace("05/11/26", "35/11/26"), (5, "day")),
        (BRI.replace("Saldo Akhir;11.485.000,00", "Saldo Akhir;11.485.001,00"), (0, "balance")),
        (CAMT.replace(">15000<", ">15000.50<"), (2, "Amt")),
        (CAMT.replace('Ccy="IDR">15000<', 'Ccy="USD">15000<'), (2, "Amt")),
    ],
)
def test_what_is_wrong_is_named(text: str, where: tuple[int, str]) -> None:
    (refusal,) = taken(text).refusals
    assert (refusal.line, refusal.column) == where
    assert refusal.message
    assert refusal.pesan


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,2\n",
        "",
        "<x/>",
        "<!DOCTYPE x [<!ENTITY a 'b'>]><Document>&a;</Document>",
        "<Document><broken",
        "\x00\x01",
    ],
)
def test_what_is_no_statement_is_refused(text: str) -> None:
    with pytest.raises(UnknownForm):
        taken(text)


def test_a_node_keeps_templates_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "banks").mkdir()
    (tmp_path / "banks" / "bpd.toml").write_text(
        'title = "BPD"\nheader = ["tgl", "masuk", "keluar"]\ndays = ["%d.%m.%Y"]\n'
        '[columns]\nday = ["tgl"]\ndescription = ["berita"]\ndebit = ["keluar"]\ncredit = ["masuk"]\n'
    )
    found = read(b"Tgl|Berita|Masuk|Keluar\n02.11.2026|Iuran|5.000|\n", None, templates(tmp_path))
    assert (found.form, found.movements[0].amount) == ("bpd", 5_000)
    (tmp_path / "banks" / "bpd.toml").write_text("title = 1")
    with pytest.raises(UnknownForm):
        templates(tmp_path)
