"""Sellers from a file into a co-op's book. They come in approved: whoever may import may approve."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from tortoise.expressions import Q

from catalog import facts, personal, sellers
from catalog.importing import runs, values
from catalog.importing.profiles import Profile
from catalog.importing.runs import Import, Report
from catalog.models import Seller, SellerState
from marketplace import outbox
from marketplace.database import for_update
from marketplace.errors import Invalid
from marketplace.identity.actor import Actor
from marketplace.tables import Line

NEEDED = ("external_id", "name", "region_code", "lat", "lon")
_external_id = {"external_id": facts.text(1, 80)}


async def import_sellers(
    actor: Actor, path: Path, *, cooperative_id: UUID, profile: Profile | None = None, is_dry_run: bool = False
) -> Report:
    """Make and change sellers as the file says, by their external ids; those it doesn't name stay.

    An officer of the co-op, or the operator. Raises NotFound, Forbidden, UnreadableFile.
    """
    return await runs.run(
        actor,
        path,
        what="sellers",
        cooperative_id=cooperative_id,
        profile=profile or Profile(),
        is_dry_run=is_dry_run,
        batch=_write,
    )


async def _write(importing: Import, lines: Sequence[Line]) -> None:
    wanted = _wanted(importing, lines)
    ids = [id for id, _ in wanted]
    named = Q(external_id__in=ids) | Q(pk__in=runs.own_ids(ids), external_id__isnull=True)
    found = Seller.filter(named, cooperative_id=importing.cooperative.pk).order_by("id")
    rows = await (found if importing.report.is_dry_run else for_update(found))
    standing = {seller.external_id or str(seller.pk): seller for seller in rows}
    slugs = await _taken_slugs(checked for id, checked in wanted if id not in standing)
    made, report = [], importing.report
    for external_id, checked in wanted:
        seller = standing.get(external_id)
        if seller is None:
            report.created += 1
            made.append(_new(importing, external_id, checked, slugs))
        elif changes := _differences(seller, checked):
            report.changed += 1
            if not report.is_dry_run:
                seller.update_from_dict(changes)
                await seller.save(update_fields=list(changes))
                await outbox.record("seller.changed", seller.pk)
        else:
            report.unchanged += 1
    if made and not report.is_dry_run:
        await Seller.bulk_create(made)
        for seller in made:
            await outbox.record("seller.changed", seller.pk)


def _wanted(importing: Import, lines: Sequence[Line]) -> list[tuple[str, dict[str, Any]]]:
    """The lines that stand; of two with one external id the later is refused."""
    found: dict[str, dict[str, Any]] = {}
    for line in lines:
        texts = importing.profile.read(line)
        try:
            facts.require_present({name: texts.get(name) or None for name in NEEDED}, *NEEDED)
            external_id = facts.checked(_external_id, texts)["external_id"]
            checked = facts.checked(facts.SELLER, values.read(values.SELLER, texts))
        except values.NotReadable as wrong:
            importing.report.refuse_unread(line, wrong, importing.profile)
            continue
        except Invalid as invalid:
            importing.report.refuse_invalid(line, invalid, importing.profile)
            continue
        if external_id in found:
            importing.report.refused_lines += 1
            column = importing.profile.column_of("external_id")
            importing.report.refuse(
                line.number, column, "an earlier line has the same id", "baris sebelumnya memakai id yang sama"
            )
            continue
        found[external_id] = checked
    return list(found.items())


async def _taken_slugs(new: Any) -> set[str]:
    wanted = [checked.get("slug") or sellers.slug_of(checked["name"]) for checked in new]
    if not wanted:
        return set()
    return {str(slug) for slug in await Seller.filter(slug__in=wanted).values_list("slug", flat=True)}


def _new(importing: Import, external_id: str, checked: Mapping[str, Any], slugs: set[str]) -> Seller:
    slug = checked.get("slug") or sellers.slug_of(checked["name"])
    if slug in slugs:
        tail = hashlib.sha256(f"{importing.cooperative.pk} {external_id}".encode()).hexdigest()[:8]
        slug = f"{slug[:50]}-{tail}"
    slugs.add(slug)
    return Seller(
        cooperative_id=importing.cooperative.pk,
        external_id=external_id,
        state=SellerState.APPROVED,
        **{**sellers.columns(dict(checked)), "slug": slug},
    )


def _differences(seller: Seller, checked: Mapping[str, Any]) -> dict[str, Any]:
    """What the file would change. A link, once given, is not changed by an import."""
    given = {name: value for name, value in checked.items() if name != "slug"}
    if given.get("npwp") and seller.npwp_sealed and personal.unseal(seller.npwp_sealed) == given["npwp"]:
        del given["npwp"]
    return {name: value for name, value in sellers.columns(given).items() if getattr(seller, name) != value}
