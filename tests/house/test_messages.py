"""What is refused is told in two languages: no sentence stands for both, and Indonesian numbers have points."""

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from marketplace.errors import MarketplaceError
from marketplace.money import format_rupiah, with_points
from schema import root

ROOT = Path(__file__).parents[2]
FOLDERS = ("catalog", "cooperatives", "marketplace", "schema", "search")
#: What makes a refusal of one field: its place among the arguments of the English sentence, then of the Indonesian.
MAKERS = ("FieldFault", "Invalid.field")
ENGLISH, INDONESIAN = 2, 3


def faults_told(tree: ast.AST) -> Iterator[tuple[int, ast.expr | None, ast.expr | None]]:
    """Each refusal of one field in the code: its line, its English and its Indonesian sentence."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not ast.unparse(node.func).endswith(MAKERS):
            continue
        if any(isinstance(one, ast.Starred) for one in node.args):
            continue  # a pair out of a table: both sentences are there
        named = {one.arg: one.value for one in node.keywords}
        given = [*node.args, *[None] * 4]
        yield node.lineno, given[ENGLISH] or named.get("message"), given[INDONESIAN] or named.get("pesan")


def has_commas(told: ast.expr) -> bool:
    """Whether a number in the sentence is grouped as in English: `{most:,}` or `1,000`."""
    for one in ast.walk(told):
        if isinstance(one, ast.FormattedValue) and one.format_spec and "," in ast.unparse(one.format_spec):
            return True
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            pieces = one.value.split(",")
            if any(left[-1:].isdigit() and right[:3].isdigit() for left, right in pairwise(pieces)):
                return True
    return False


def wrong_in(tree: ast.AST) -> list[str]:
    """What is said in one language alone, by line."""
    found = []
    for line, english, indonesian in faults_told(tree):
        if indonesian is None or english is None or ast.unparse(english) == ast.unparse(indonesian):
            found.append(f"{line}: one sentence for both languages")
        elif has_commas(indonesian):
            found.append(f"{line}: numbers grouped by commas")
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_field_is_refused_in_one_language(folder: str) -> None:
    files = [path for path in sorted((ROOT / folder).rglob("*.py")) if "node_modules" not in path.parts]
    assert files
    wrong = {str(path.relative_to(ROOT)): found for path in files if (found := wrong_in(ast.parse(path.read_text())))}
    assert wrong == {}


@pytest.mark.parametrize(
    "told",
    [
        "FieldFault(('a',), code, form, form)",
        "errors.FieldFault(('a',), code, 'too long')",
        "Invalid.field('a', code, '1 to 9', '1 to 9')",
        "Invalid.field('a', code, f'1 to {most:,}', f'1 sampai {most:,}')",
        "Invalid.field('a', code, 'up to 10,000', 'sampai 10,000')",
        "Invalid.field('a', code, message='x', pesan='x')",
    ],
)
def test_what_is_wrong_is_seen(told: str) -> None:
    assert len(wrong_in(ast.parse(told))) == 1


def test_what_is_right_is_let_be() -> None:
    told = "Invalid.field('a', code, f'1 to {most:,}, or none', f'1 sampai {with_points(most)}, atau kosong')"
    assert wrong_in(ast.parse(told)) == []


def every_error(of: type[MarketplaceError] = MarketplaceError) -> Iterator[type[MarketplaceError]]:
    for one in of.__subclasses__():
        yield one
        yield from every_error(one)


def test_every_refusal_has_an_indonesian_sentence_of_its_own() -> None:
    assert root  # all of the product is imported with it
    own = [one for one in every_error() if one.__module__.partition(".")[0] in FOLDERS]
    assert len(own) > 100
    assert [one.__name__ for one in own if "pesan" not in vars(one) or one.pesan == (one.__doc__ or "")] == []


def test_numbers_are_written_with_points() -> None:
    assert [with_points(n) for n in (0, 999, 1_000, -1_234_567)] == ["0", "999", "1.000", "-1.234.567"]
    assert [format_rupiah(n) for n in (0, 1_234_567, -5_000)] == ["Rp0", "Rp1.234.567", "-Rp5.000"]
