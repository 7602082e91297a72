"""QRIS codes: the standard's vectors, and every mistake of a copied code is seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.payments import picturing, qris
from marketplace.payments.qris import Merchant, NotQris

VECTOR = (
    "00020101021251440014ID.CO.QRIS.WWW0215ID10200000000010303UMI520441215303360540525000"
    "5802ID5912KOPERASI UJI6007JAKARTA61051011063048756"
)
SHOP = Merchant("WARUNG BU SRI", "SURABAYA", "ID1020000000001", "5812")
TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=25)


def test_the_vectors() -> None:
    assert qris.crc16("123456789") == "29B1"
    fields = dict(qris.parse(VECTOR))
    assert (fields["54"], fields["63"]) == ("25000", "8756")
    assert qris.merchant_of(VECTOR) == Merchant("KOPERASI UJI", "JAKARTA", "ID1020000000001", "4121")
    assert qris.build(qris.parse(VECTOR)) == VECTOR


def test_a_static_code_becomes_one_for_an_amount() -> None:
    hung_up = qris.static(SHOP, postal_code="60271")
    assert dict(qris.parse(hung_up))["01"] == "11"
    asked = qris.for_amount(hung_up, 62_000)
    fields = qris.parse(asked)
    assert dict(fields)["01"] == "12"
    assert dict(fields)["54"] == "62000"
    assert [tag for tag, _ in fields] == sorted(tag for tag, _ in fields)
    assert qris.merchant_of(asked) == SHOP
    assert qris.for_amount(asked, 62_000) == asked
    for amount in (0, -1, qris.LARGEST_AMOUNT + 1):
        with pytest.raises(ValueError, match="rupiah"):
            qris.for_amount(hung_up, amount)


@given(st.data())
def test_one_wrong_character_is_always_seen(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(VECTOR) - 1))
    sign = data.draw(st.sampled_from("0123456789ABCDEFXYZ").filter(lambda sign: sign.upper() != VECTOR[at].upper()))
    with pytest.raises(NotQris):
        qris.merchant_of(VECTOR[:at] + sign + VECTOR[at + 1 :])


@given(st.text(max_size=600))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        qris.parse(text)
    except NotQris:
        return


@given(TEXT, TEXT, st.integers(1, qris.LARGEST_AMOUNT))
def test_what_is_built_is_read_again(name: str, city: str, amount: int) -> None:
    merchant = Merchant(name, city[:15], "ID1020000000001", "5812")
    assert qris.merchant_of(qris.for_amount(qris.static(merchant), amount)) == merchant


WRONG = ["", "000201", VECTOR[:-1], VECTOR + "0", "0" * 600, VECTOR.replace("5303360", "5303840"), "00020163040000"]


@pytest.mark.parametrize("payload", WRONG)
def test_what_is_no_qris_is_refused(payload: str) -> None:
    with pytest.raises(NotQris):
        qris.merchant_of(payload)


def test_the_picture_is_drawn() -> None:
    assert picturing.qr_svg(VECTOR).startswith("<svg")
