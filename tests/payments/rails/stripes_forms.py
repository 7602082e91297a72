"""Forms, lists and refusals as Stripe's API has them."""

from typing import Any


class Refused(Exception):
    """An `invalid_request_error`."""

    def __init__(self, status: int, code: str) -> None:
        self.status, self.code = status, code


def page(rows: list[Any], params: dict[str, Any], path: str) -> Any:
    """A list's answer, by Stripe's cursors."""
    if after := params.get("starting_after"):
        rows = rows[[row["id"] for row in rows].index(after) + 1 :]
    limit = int(params.get("limit", 10))
    return {"object": "list", "url": f"/{path}", "data": rows[:limit], "has_more": len(rows) > limit}


def nested(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """`a[b]=c` as {"a": {"b": "c"}}, as Stripe reads forms."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        head, *rest = name.replace("]", "").split("[")
        at = found
        for part in rest:
            at = at.setdefault(head, {})
            head = part
        at[head] = value
    return found
