"""One form for what people type."""

import pytest

from search.language import MOST_WORDS, bones, is_bones, normalise, query_words, terms, variants


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Nasi   GORENG!! ", "nasi goreng"),
        ("Gado-gado", "gado gado"),
        ("gado2", "gado gado"),
        ("cumi2 saus padang", "cumi cumi saus padang"),
        ("Crème brûlée", "creme brulee"),
        ("mie_ayam/bakso", "mie ayam bakso"),
        ("beras 5kg", "beras 5kg"),
        ("Beras 5 Kg", "beras 5kg"),
        ("gula setengah kilo", "gula 500g"),
        ("gula ½ kg", "gula 500g"),
        ("gula 0,5 kilo", "gula 500g"),
        ("gula 500 gr", "gula 500g"),
        ("cabe seperempat", "cabe 250g"),
        ("cabe 1/4kg", "cabe 250g"),
        ("telur sekilo", "telur 1kg"),
        ("teri 1 ons", "teri 100g"),
        ("minyak seliter", "minyak 1l"),
        ("minyak 2 Ltr", "minyak 2l"),
        ("susu 1000 ml", "susu 1l"),
        ("minyak 1/0 kg", "minyak 1kg"),
        ("kopi 3in1", "kopi 3in1"),
        ("level 3 pedas", "level 3 pedas"),
        ("pedaaaas", "pedas"),
        ("maaf", "maaf"),
        ("H2O", "h2o"),
        ("ﬁllet", "fillet"),
        ("🍜", ""),
    ],
)
def test_normal_form(text: str, expected: str) -> None:
    assert normalise(text) == expected
    assert normalise(expected) == expected


def test_what_is_typed_without_vowels_is_known_as_such() -> None:
    assert [bones(word) for word in ("goreng", "ayam bakar")] == ["grng", "aym bkr"]
    assert [word for word in ("grng", "bkr", "es", "bk", "500g", "goreng", "ayam") if is_bones(word)] == [
        "grng",
        "bkr",
    ]


def test_words_that_say_nothing_are_dropped_unless_they_are_all_there_is() -> None:
    assert query_words("kopi yang enak di dekat sini") == ("kopi",)
    assert query_words("enak") == ("enak",)
    assert len(query_words("kata " * 100)) == MOST_WORDS


def test_the_longest_known_wording_is_one_term() -> None:
    found = [(term.words, ("nasgor",) in term.others) for term in terms(("nasi", "goreng", "jawa"))]
    assert found == [(("nasi", "goreng"), True), (("jawa",), False)]


def test_wordings_go_both_ways_and_never_to_themselves() -> None:
    for wording, others in variants().items():
        assert wording not in others
        assert all(wording in variants()[other] for other in others)
