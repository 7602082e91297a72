"""One form for what people type."""

import pytest

from search.language import MOST_WORDS, normalise, query_words, terms, variants


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
        ("H2O", "h2o"),
        ("ﬁllet", "fillet"),
        ("🍜", ""),
    ],
)
def test_normal_form(text: str, expected: str) -> None:
    assert normalise(text) == expected
    assert normalise(expected) == expected


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
