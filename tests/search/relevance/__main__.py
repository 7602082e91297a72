"""How well people find things: `python -m tests.search.relevance`, over the town's menu or a menu of your own.

A menu of your own is a CSV with `item_name`, `description`, `section` and `seller_id`, and its sellers' CSV with
`seller_id` and `name`. Judgements are made anew on it by the same rule; queries that it can't answer are left out.
"""

import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from search.documents import ListingDocument
from tests.search.documents import listing
from tests.search.relevance.measuring import Answer, Figures, figures, half, measure, without_our_language
from tests.search.relevance.menu import menu

WORST = 20


def main() -> None:
    documents = menu() if len(sys.argv) < 3 else own_menu(Path(sys.argv[1]), Path(sys.argv[2]))
    ours = [answer for answer in measure(documents) if answer.worth]
    with without_our_language():
        bare = [answer for answer in measure(documents, widens=False) if answer.worth]
    print(f"{len(documents):,} listings, {len(ours)} queries that have an answer")
    print(f"{'':34}{'queries':>8}{'nDCG@10':>10}{'success@3':>11}")
    for name, held_back in (("tuned on", False), ("held back", True)):
        compared(name, half(bare, held_back=held_back), half(ours, held_back=held_back))
    print("\nheld back, by kind: with our language")
    held = half(ours, held_back=True)
    for kind in sorted({answer.query.kind for answer in held}):
        line(kind, figures([answer for answer in held if answer.query.kind == kind]))
    titles = {document.id: document.title for document in documents}
    before = {answer.query.text: answer.ndcg for answer in bare}
    # Never of the half held back: who saw its worst could tune on it.
    print(
        f"\nthe worst {WORST} of those tuned on: (a), (b), listings worth something, the first three and their worth"
    )
    for answer in sorted(half(ours, held_back=False), key=lambda answer: answer.ndcg)[:WORST]:
        worst(answer, before[answer.query.text], titles)


def compared(part: str, bare: Sequence[Answer], ours: Sequence[Answer]) -> None:
    a, b = figures(bare), figures(ours)
    line(f"(a) engine as it comes, {part}", a)
    line(f"(b) with our language, {part}", b)
    print(f"{'(b) - (a)':38}{'':4}{b.ndcg - a.ndcg:+10.3f}{b.success - a.success:+11.3f}")


def line(name: str, seen: Figures) -> None:
    print(f"{name:38}{seen.queries:4}{seen.ndcg:10.3f}{seen.success:11.3f}")


def worst(answer: Answer, before: float, titles: dict[UUID, str]) -> None:
    shown = ", ".join(f"{titles[id]} ({answer.worth.get(id, 0)})" for id in answer.found[:3]) or "nothing"
    print(f"  {before:.2f}  {answer.ndcg:.2f}  {answer.query.text:32} {len(answer.worth):4}  {shown}")


def own_menu(items: Path, sellers: Path) -> tuple[ListingDocument, ...]:
    with sellers.open(encoding="utf-8") as lines:
        names = {row["seller_id"]: row["name"] for row in csv.DictReader(lines)}
    with items.open(encoding="utf-8") as lines:
        return tuple(
            listing(
                row["item_name"],
                id=UUID(int=number),
                description=row["description"],
                category_names=(row["section"], "Makanan & minuman"),
                seller_name=names.get(row["seller_id"], ""),
            )
            for number, row in enumerate(csv.DictReader(lines), start=1)
        )


main()
