"""What goes to banks: references that prove themselves, CSV by templates, pain.001 held against ISO's own schema."""

import csv
import io
from datetime import UTC, date, datetime
from importlib.resources import files
from uuid import UUID

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.settlements import pain, plan_files
from cooperatives.settlements.plan_files import Account, Order, Transfer, UnknownTemplate, institutions
from cooperatives.settlements.references import _SIGNS, reference_of, references_in

OWN = Account(institutions()["bri"], "0987654321", "Koperasi Logistik")
REFERENCES = [reference_of(UUID(int=number)) for number in (1, 2)]
ORDER = Order(
    date(2026, 11, 25),
    OWN,
    (
        Transfer(
            Account(institutions()["bca"], "1234567890", "=Koperasi; «Pangán», & Dapur"), 4_175_000, REFERENCES[0]
        ),
        Transfer(Account(institutions()["bri"], "1112223334", "Koperasi Pasar"), 3_150_000, REFERENCES[1]),
    ),
)


@given(st.uuids(), st.integers(3, 13), st.sampled_from(_SIGNS))
def test_a_reference_mistyped_by_one_sign_names_nothing(id: UUID, place: int, sign: str) -> None:
    right = reference_of(id)
    assert references_in(f"TRF BIFAST {right} KOP LOGISTIK") == [right]
    wrong = right[:place] + sign + right[place + 1 :]
    assert references_in(wrong) == ([] if wrong != right else [right])


@given(st.uuids(), st.integers(3, 12))
def test_nor_does_one_with_neighbours_swapped(id: UUID, place: int) -> None:
    right = reference_of(id)
    wrong = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    assert references_in(wrong) == ([] if wrong != right else [right])


@pytest.mark.parametrize("written", ["klr {}-{}", "KLR{} {}/TRSF", "BI-FAST DB KLR {}.{} X", "KLR{}\n{}"])
def test_a_bank_may_break_it(written: str) -> None:
    bare = REFERENCES[0].removeprefix("KLR")
    assert references_in(written.format(bare[:5], bare[5:])) == [REFERENCES[0]]


@pytest.mark.parametrize("name", sorted(plan_files.shipped()))
def test_each_bank_gets_every_payment_in_plain_signs(name: str) -> None:
    form = plan_files.template(name, None)
    text = plan_files.write_csv(ORDER, form).decode("ascii")
    rows = list(csv.reader(io.StringIO(text), delimiter=form.delimiter))[len(form.head) :]
    assert len(rows) == 2
    for row, transfer in zip(rows, ORDER.transfers, strict=True):
        assert {transfer.to.number, str(transfer.amount), transfer.reference} <= set(row)
        assert not [cell for cell in row if cell[:1] in tuple("=+-@")]
    assert "Koperasi Pangan Dapur" in rows[0]


def test_what_mandiri_takes() -> None:
    lines = plan_files.write_csv(ORDER, plan_files.template("mandiri", None)).decode().splitlines()
    assert lines[0] == "P,20261125,0987654321,2,7325000"
    assert lines[1].startswith(
        f"1234567890,Koperasi Pangan Dapur,,,,IDR,4175000,{REFERENCES[0]},{REFERENCES[0]},BAU,014"
    )


@pytest.mark.parametrize("text", ["title = 1", 'title="x"\nhead=["$nonsense"]\nrow=["$amount"]', "= no", "title='x'"])
def test_a_template_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UnknownTemplate):
        plan_files.template_of("own", text)
    with pytest.raises(UnknownTemplate):
        plan_files.template("../secret", None)


@pytest.mark.parametrize("version", pain.VERSIONS)
def test_pain_001_is_valid_by_its_schema(version: str) -> None:
    # sepaxml, a library for other countries' files, carries the schemas of ISO 20022 as published
    path = files("sepaxml").joinpath("schemas", f"pain.001.001.{version}.xsd")
    schema = xmlschema.XMLSchema(path.read_text())
    text = pain.write(ORDER, message="KLR0001", made_at=datetime(2026, 11, 25, 3, tzinfo=UTC), version=version)
    schema.validate(text.decode())
    found = schema.to_dict(text.decode())
    (information,) = found["CstmrCdtTrfInitn"]["PmtInf"]
    assert information["CtrlSum"] == 7_325_000
    told = [
        (one["PmtId"]["EndToEndId"], one["CdtrAcct"]["Id"]["Othr"]["Id"], one["Amt"]["InstdAmt"]["$"])
        for one in information["CdtTrfTxInf"]
    ]
    assert told == [(REFERENCES[0], "1234567890", 4_175_000), (REFERENCES[1], "1112223334", 3_150_000)]
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        schema.validate(text.decode().replace("<MsgId>", "<Msg>").replace("</MsgId>", "</Msg>"))


def test_what_no_message_can_hold() -> None:
    made_at = datetime(2026, 11, 25, tzinfo=UTC)
    for message, order, version in (
        ("X" * 36, ORDER, "03"),
        ("X", Order(ORDER.day, OWN, ()), "03"),
        ("X", ORDER, "02"),
    ):
        with pytest.raises(ValueError, match=r".+"):
            pain.write(order, message=message, made_at=made_at, version=version)
