"""Rows of tariffs. A tariff is never changed: a new version takes its place from its moment on."""

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

    class Meta:
        table = "tariff"
