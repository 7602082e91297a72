"""Rows of tariffs. A tariff's figures are never changed: a new version takes its place from its moment on."""

from typing import Any

from tortoise import fields

from marketplace.database import Row


class Tariff(Row):
    """A co-op's price of carrying, from `since` until the next version."""

    cooperative_id = fields.UUIDField(db_index=True)
    since = fields.DatetimeField()
    base_fare = fields.BigIntField()  # rupiah, covers the first `base_distance_m`
    base_distance_m = fields.IntField()
    per_km = fields.BigIntField()  # rupiah for each further kilometre begun
    included_weight_g = fields.IntField()
    per_kg = fields.BigIntField()  # rupiah for each further kilogram begun
    max_distance_m = fields.IntField()
    detour_bp = fields.IntField()  # road distance as basis points of the straight line
    set_by = fields.UUIDField()
    details: dict[str, Any] | None = fields.JSONField(null=True)  # what else prices it, see tariffs.details
    rain_until = fields.DatetimeField(null=True)  # the one thing that is switched on and off
    is_current = fields.BooleanField(null=True, default=True)  # in force or still to come; False: superseded

    class Meta:
        table = "tariff"


class RainSpell(Row):
    """A dispatcher switched the rain surcharge on, or off again: only ever added."""

    cooperative_id = fields.UUIDField(db_index=True)
    until = fields.DatetimeField(null=True)  # None: it was switched off
    by_id = fields.UUIDField()

    class Meta:
        table = "rain_spell"
