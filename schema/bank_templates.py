"""How banks write their statements: templates that ship, the node's, and a co-op's own."""

from typing import Annotated

import strawberry

from cooperatives.books import bank_templates
from cooperatives.books import models as rows
from cooperatives.books.bank_forms import Template
from cooperatives.books.bank_templates import Form
from schema.context import Info
from schema.costs import cost
from schema.ids import from_id
from schema.problems import KEY, Problem, intent

COLUMNS = ("day", "description", "reference", "amount", "mark", "debit", "credit", "balance")


@strawberry.type(description="The names by which a bank calls one of the columns that are read.")
class BankColumn:
    column: str = strawberry.field(
        description="day, description, reference, amount, mark (in or out), debit, credit or balance."
    )
    names: list[str] = strawberry.field(description="What it may be called, in small letters.")


@strawberry.type(description="How one bank writes its statements as CSV.")
class BankTemplate:
    name: str = strawberry.field(description="Passed as `form` with a statement: `bca`.")
    title: str = strawberry.field(description="Whose statements.")
    source: str = strawberry.field(
        description="Whence its columns are known; begins with `unverified` where no true file was seen."
    )
    is_own: bool = strawberry.field(description="Whether the co-op has laid it down itself.")
    days: list[str] = strawberry.field(description="How days are written: `%d/%m/%Y`.")
    columns: list[BankColumn] = strawberry.field(description="What its columns are called.")
    marks_in: list[str] = strawberry.field(description="What beside one amount says that it came in: `CR`.")
    marks_out: list[str] = strawberry.field(description="What says that it went out: `DB`.")

    @classmethod
    def of(cls, template: Template, *, is_own: bool) -> "BankTemplate":
        return cls(
            name=template.name,
            title=template.title,
            source=template.source,
            is_own=is_own,
            days=list(template.days),
            columns=[BankColumn(column=ours, names=list(theirs)) for ours, theirs in template.columns.items()],
            marks_in=list(template.marks_in),
            marks_out=list(template.marks_out),
        )


@strawberry.type
class AccountingTemplates:
    """Added to `Accounting`."""

    row: strawberry.Private[rows.AccountingBook]

    @strawberry.field(
        description="How its banks' statements are read: its own templates, then the node's and those that ship.",
        directives=[cost(2, rows=10)],
    )
    async def bank_templates(self, info: Info) -> list[BankTemplate]:
        found = await bank_templates.list_templates(info.context.actor, self.row.pk, info.context.settings.folder)
        return [BankTemplate.of(one, is_own=is_own) for one, is_own in found]


@strawberry.input(description="What a bank calls its columns, in any case; leave out what it has not.")
class BankColumnsInput:
    day: list[str] = strawberry.field(description="The day of a line: `Tanggal`. At most 6 names, as of each.")
    description: list[str] = strawberry.field(description="Its words; where there are several columns, all of them.")
    reference: list[str] = strawberry.field(default_factory=list, description="The bank's or payer's reference.")
    amount: list[str] = strawberry.field(default_factory=list, description="One amount, with a mark of in or out.")
    mark: list[str] = strawberry.field(
        default_factory=list, description="The mark's own column; none: beside the amount."
    )
    debit: list[str] = strawberry.field(default_factory=list, description="What went out, in a column of its own.")
    credit: list[str] = strawberry.field(default_factory=list, description="What came in, in a column of its own.")
    balance: list[str] = strawberry.field(default_factory=list, description="Where the account then stands.")


@strawberry.input(description="How a bank of the co-op writes its statements.")
class SetBankTemplateInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    name: str = strawberry.field(description="2 to 20 of a-z, 0-9 and -; that of one that ships goes before it.")
    title: str = strawberry.field(description="Whose statements: 1 to 60 characters.")
    days: list[str] = strawberry.field(description="How days are written, with their year: `%d/%m/%Y`. 1 to 6.")
    columns: BankColumnsInput = strawberry.field(description="What its columns are called.")
    marks_in: list[str] = strawberry.field(default_factory=list, description="With one amount: `CR`.")
    marks_out: list[str] = strawberry.field(default_factory=list, description="With one amount: `DB`.")
    opening: str = strawberry.field(default="", description="With what words the opening balance's row begins.")
    closing: str = strawberry.field(default="", description="With what words the closing balance's row begins.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A template of the co-op's own that is used no more.")
class RemoveBankTemplateInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    name: str = strawberry.field(description="The template's name.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type(description="A template that was taken away.")
class BankTemplateRemoved:
    name: str = strawberry.field(description="Its name.")


BankTemplateResult = Annotated[
    BankTemplate | Problem, strawberry.union("BankTemplateResult", description="The template, or why not.")
]
BankTemplateRemovedResult = Annotated[
    BankTemplateRemoved | Problem,
    strawberry.union("BankTemplateRemovedResult", description="What was taken away, or why not."),
]


@strawberry.type
class BankTemplateMutation:
    @strawberry.mutation(
        description="An officer lays down how a bank writes its statements, or mends it. Problems: INVALID (with "
        "each field), TOO_MANY, NOT_FOUND, FORBIDDEN."
    )
    @intent
    async def set_bank_template(self, info: Info, input: SetBankTemplateInput) -> BankTemplateResult:
        form = Form(
            title=input.title.strip(),
            days=input.days,
            columns={column: names for column in COLUMNS if (names := getattr(input.columns, column))},
            marks_in=input.marks_in,
            marks_out=input.marks_out,
            opening=input.opening,
            closing=input.closing,
        )
        row = await bank_templates.set_template(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            name=input.name,
            form=form,
            key=input.idempotency_key,
        )
        return BankTemplate.of(bank_templates.as_template(row), is_own=True)

    @strawberry.mutation(
        description="Take a template of the co-op's own away; what was read by it stays. Problems: NOT_FOUND, "
        "FORBIDDEN."
    )
    @intent
    async def remove_bank_template(self, info: Info, input: RemoveBankTemplateInput) -> BankTemplateRemovedResult:
        name = await bank_templates.remove_template(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            name=input.name,
            key=input.idempotency_key,
        )
        return BankTemplateRemoved(name=name)
