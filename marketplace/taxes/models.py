"""Rows of tax that is withheld from sellers."""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.models import Model

from marketplace import clock
from marketplace.database import Row


class TaxpayerKind(StrEnum):
    """Who a seller is to the tax office."""

    INDIVIDUAL = "INDIVIDUAL"  # orang pribadi
    BODY = "BODY"  # badan: PT, CV, co-op


class SellerTaxDeclaration(Row):
    """A seller's word that his turnover of a year stays within what is free of withholding, with his papers.

    PMK 37/2025: individuals up to Rp 500 million a year; taken back when it no longer holds.
    """

    cooperative_id = fields.UUIDField(db_index=True)
    seller_id = fields.UUIDField()
    year = fields.IntField()
    declared_on = fields.DateField()
    letter = fields.CharField(max_length=60, null=True)  # the number of his signed letter
    recorded_by = fields.UUIDField()
    ended_on = fields.DateField(null=True)
    #: Earlier spells of the year, each with the days it began and ended on: months withheld by them stay explained.
    earlier: Any = fields.JSONField(null=True)

    class Meta:
        table = "seller_tax_declaration"
        unique_together = (("cooperative_id", "seller_id", "year"),)


class SellerTaxpayer(Model):
    """What an officer has seen of a seller's papers; a seller of whom there is no row is an individual."""

    id = fields.UUIDField(primary_key=True)  # the seller
    cooperative_id = fields.UUIDField(db_index=True)
    kind = fields.CharEnumField(TaxpayerKind, max_length=10)
    certificate = fields.CharField(max_length=60, null=True)  # the number of his certificate of exemption (SKB)
    valid_from = fields.DateField(null=True)
    valid_until = fields.DateField(null=True)  # its last day
    set_by = fields.UUIDField()
    set_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "seller_taxpayer"
