"""Each act that the audit log notes is said in words on the operator's page."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("catalog", "cooperatives", "marketplace", "search")
WORDS = ROOT / "marketplace" / "web" / "src" / "operator" / "words.ts"


def _values(act: ast.expr, within: ast.AsyncFunctionDef, module: ast.Module) -> Iterator[str]:
    """What an act may be: as it stands, of a table, as its function sets it, or as the function's callers give it."""
    if isinstance(act, ast.Constant):
        yield str(act.value)
    elif isinstance(act, ast.IfExp):
        yield from _values(act.body, within, module)
        yield from _values(act.orelse, within, module)
    elif isinstance(act, ast.Subscript):
        tables = [value for name, value in _set(module) if name == ast.unparse(act.value)]
        for value in (value for table in tables if isinstance(table, ast.Dict) for value in table.values):
            yield from _values(value, within, module)
    else:
        assert isinstance(act, ast.Name), f"say this act by its name: {ast.unparse(act)}"
        for value in _set_or_given(act.id, within, module):
            yield from _values(value, within, module)


def _set(within: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Each name that is set within, with what it is set to."""
    for node in ast.walk(within):
        for target in node.targets if isinstance(node, ast.Assign) else []:
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = zip(target.elts, node.value.elts, strict=True)
            else:
                pairs = zip([target], [node.value], strict=True)
            yield from ((ast.unparse(one), value) for one, value in pairs)


def _set_or_given(name: str, within: ast.AsyncFunctionDef, module: ast.Module) -> Iterator[ast.expr]:
    yield from (value for one, value in _set(within) if one == name)
    parameters = [parameter.arg for parameter in within.args.args]
    if name in parameters:
        for call in _calls(module, within.name):
            yield call.args[parameters.index(name)]


def _calls(within: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(within):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
            yield node


def _functions(module: ast.Module) -> Iterator[ast.AsyncFunctionDef]:
    return (node for node in ast.walk(module) if isinstance(node, ast.AsyncFunctionDef))


def _noted() -> dict[str, str]:
    """Each act, with the file that notes it."""
    found = {}
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*.py"):
            source = file.read_text()
            if "audit.note(" not in source:
                continue
            module = ast.parse(source)
            for function in _functions(module):
                for call in _calls(function, "audit.note"):
                    acts = set(_values(call.args[0], function, module))
                    assert acts, f"{file}: {ast.unparse(call)}"
                    found.update(dict.fromkeys(acts, str(file.relative_to(ROOT))))
    return found


def test_each_act_has_its_words() -> None:
    table = re.search(r"export const actions = words\(\{(.*?)^\}\);", WORDS.read_text(), re.DOTALL | re.MULTILINE)
    assert table
    worded = set(re.findall(r'^  "([a-z_.]+)": \[', table[1], re.MULTILINE))
    noted = _noted()
    assert len(noted) > 30
    assert {act: file for act, file in noted.items() if act not in worded} == {}
    assert sorted(worded - set(noted)) == []
