"""Rows of tax that is withheld from sellers."""

from tortoise import fields

from marketplace.database import Row


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

    class Meta:
        table = "seller_tax_declaration"
        unique_together = (("cooperative_id", "seller_id", "year"),)
