"""Which parts of a text answer a query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.marking import Marks


@pytest.mark.parametrize(
    ("text", "asked", "shown"),
    [
        ("Nasi Goreng Jawa", "nasgor", "[Nasi] [Goreng] Jawa"),
        ("Ayam Geprek", "gep", "Ayam [Geprek]"),
        ("Ayam Geprek", "geprk ayam", "[Ayam] [Geprek]"),
        ("Gado-Gado", "gado2", "[Gado]-[Gado]"),
        ("Bubur Ayam", "ayam goreng", "Bubur [Ayam]"),
        ("Es Teh", "e", "[Es] Teh"),
        ("Es Teh", "", "Es Teh"),
        ("", "teh", ""),
        ("Ayam Bakar", "aym bkr", "[Ayam] [Bakar]"),
        ("<b>Sate</b> & co", "sate", "<b>[Sate]</b> & co"),
        ("Kopi yang Enak", "kopi yang", "[Kopi] yang Enak"),
    ],
)
def test_what_answers_is_marked(text: str, asked: str, shown: str) -> None:
    assert (
        "".join(f"[{piece.text}]" if piece.is_match else piece.text for piece in Marks(asked).pieces(text)) == shown
    )


@given(st.text(max_size=60), st.text(max_size=30))
def test_the_pieces_are_the_text(text: str, asked: str) -> None:
    found = Marks(asked).pieces(text)
    assert "".join(piece.text for piece in found) == text
    assert all(piece.text for piece in found) or found[0].text == text
