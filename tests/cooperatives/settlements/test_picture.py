"""The picture of who owes whom: any window gives a well-formed one, in which nobody's name runs."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from cooperatives.books.papers import svg
from cooperatives.books.papers.drawing import Disc, Words
from cooperatives.settlements import netting
from cooperatives.settlements.netting import Debt
from cooperatives.settlements.picture import MOST, OTHERS, WIDTH, draw, thousands
from tests.cooperatives.settlements.test_netting import VECTOR

names = st.text(min_size=1, max_size=20)
debts = st.lists(
    st.builds(Debt, names, names, st.integers(1, 10**13)).filter(lambda debt: debt.debtor != debt.creditor),
    max_size=40,
)


@given(debts, st.sampled_from(["id", "en"]))
def test_any_window_is_a_picture_within_its_box(found: list[Debt[str]], language: str) -> None:
    drawing = draw(found, netting.plan(netting.positions(found)), language)
    for shape in drawing.shapes:
        if isinstance(shape, Disc):
            assert shape.radius <= shape.centre[0] <= WIDTH - shape.radius
            assert shape.radius <= shape.centre[1] <= drawing.height - shape.radius
        if isinstance(shape, Words):
            assert 0 <= shape.at[0] <= WIDTH
            assert 0 <= shape.at[1] <= drawing.height
    discs = [shape for shape in drawing.shapes if isinstance(shape, Disc)]
    assert len(discs) <= 2 * MOST + 2
    ElementTree.fromstring(svg.write(drawing))


def test_a_name_is_text_and_nothing_else() -> None:
    evil = Debt('"><script>', "A&B", 5_000)
    told = ElementTree.fromstring(svg.write(draw([evil], [evil])))
    assert {one.tag.partition("}")[2] for one in told.iter()} <= {
        "svg",
        "title",
        "rect",
        "text",
        "circle",
        "path",
        "polygon",
    }
    assert "A&B" in [one.text for one in told.iter("{http://www.w3.org/2000/svg}text")]


def test_the_smallest_stand_together() -> None:
    many = [Debt(f"K{n:02}", "BIG", 1_000_000 * (n + 1)) for n in range(20)]
    texts = [one.text for one in draw(many, many).shapes if isinstance(one, Words)]
    assert texts.count(OTHERS) == 2
    assert texts.count("BIG") == 2
    total = sum(debt.amount for debt in many)
    assert f"-{thousands(total - sum(1_000_000 * n for n in (20, 19, 18, 17)))}" in texts


def test_the_vector_s_picture() -> None:
    drawing = draw(VECTOR, netting.plan(netting.positions(VECTOR)))
    texts = [one.text for one in drawing.shapes if isinstance(one, Words)]
    assert "12 utang, Rp68.825.000" in texts
    assert "3 pembayaran, Rp7.625.000" in texts
    assert {thousands(debt.amount) for debt in VECTOR} <= set(texts)


def test_before_it_is_reckoned_there_are_the_debts_alone() -> None:
    def texts(payments: list[Debt[str]], debts: list[Debt[str]]) -> set[str]:
        return {one.text for one in draw(debts, payments).shapes if isinstance(one, Words)}

    owed, back = Debt("A", "B", 5_000), Debt("B", "A", 5_000)
    assert "Sesudah kliring" not in texts([], [owed])
    assert "Sesudah kliring" in texts([owed], [owed])
    assert {"Sesudah kliring", "Tidak ada"} <= texts([], [owed, back])  # all of it cancels out


def test_thousands() -> None:
    assert [thousands(amount) for amount in (500, 4_175_000, -300_400, 99_900, 0)] == [
        "0,5",
        "4.175",
        "-300",
        "99,9",
        "0",
    ]
