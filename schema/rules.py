"""Rules of the law and of by-laws, as results name them."""

from datetime import date

import strawberry

from marketplace.rule_words import title_of
from marketplace.rules import Confidence, RuleValue, Unit
from schema.context import Info
from schema.enums import described
from schema.scalars import Rupiah

#: Of a value that may be as large as a sum of rupiah.
WHOLE = "Whole, counted in `unit`."

described(
    Confidence,
    "How sure the node is that a rule is the law as it stands.",
    {
        "HIGH": "Read in the instrument itself.",
        "MEDIUM": "Reported alike in several places.",
        "LOW": "Reported, or its reach is not settled.",
    },
)
described(
    Unit,
    "In what a rule's value is counted.",
    {
        "COUNT": "A number of things.",
        "BASIS_POINTS": "1/100 of a percent.",
        "RUPIAH": "Whole rupiah.",
        "MONTHS": "Months.",
        "YEARS": "Years.",
        "DAYS": "Days.",
    },
    name="RuleUnit",
)


@strawberry.type(description="A value of the law or of by-laws, as a result names it.")
class Rule:
    name: str = strawberry.field(description="Names the rule: `loan.rate_cap_yearly`.")
    value: Rupiah = strawberry.field(description=WHOLE)
    unit: Unit = strawberry.field(description="In what it is counted.")
    instrument: str = strawberry.field(description="The law or the by-laws that say so: `UU 25/1992`, `AD/ART`.")
    article: str = strawberry.field(description="The article; may be empty.")
    confidence: Confidence = strawberry.field(description="How sure the node is of it.")
    since: date = strawberry.field(description="From which day on it counts.")

    @strawberry.field(description="What it is about, in the language of Accept-Language.")
    def title(self, info: Info) -> str:
        return title_of(self.name, info.context.language)

    @classmethod
    def of(cls, rule: RuleValue) -> "Rule":
        return cls(
            name=rule.name,
            value=Rupiah(rule.value),
            unit=rule.unit,
            instrument=rule.instrument,
            article=rule.article,
            confidence=rule.confidence,
            since=rule.since,
        )
