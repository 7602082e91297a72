"""What things, states and people are called in a refusal, in Bahasa Indonesia and in English.

Code names them by their key in the API (`WRITTEN_OFF`, `loan product`, `unit_manager`); no person is shown one. A key
without words stands as it is: `tests/house/test_vocabulary.py` finds it first.
"""

import re
from collections.abc import Mapping

from marketplace.vocabulary.kinds import CHANNELS, MOTIONS, POOLS, PROOFS, REMEDIES, VEHICLES
from marketplace.vocabulary.nouns import NOUNS
from marketplace.vocabulary.people import PEOPLE
from marketplace.vocabulary.states import STATES
from marketplace.vocabulary.words import Words

__all__ = [
    "CHANNELS",
    "MOTIONS",
    "NOUNS",
    "PEOPLE",
    "POOLS",
    "PROOFS",
    "REMEDIES",
    "STATES",
    "TABLES",
    "VEHICLES",
    "Words",
    "worded",
]

#: Which of them a value of a refusal is, by the name under which its sentence has it.
TABLES: Mapping[str, Mapping[str, Words]] = {
    "state": STATES,
    "what": NOUNS,
    "needs": PEOPLE,
    "who": PEOPLE,
    "kind": MOTIONS,
    "other": MOTIONS,
    "pool": POOLS,
    "wanted": VEHICLES,
    "yours": VEHICLES,
    "remedy": REMEDIES,
    "remedies": REMEDIES,
    "proofs": PROOFS,
    "channel": CHANNELS,
    "channels": CHANNELS,
}
_BETWEEN = re.compile(r"( / |, )")


def worded(name: str, value: object, language: str) -> object:
    """A value of a refusal as a person reads it, several between commas or slashes. What has no words stays."""
    table = TABLES.get(name)
    if table is None or not isinstance(value, str):
        return value
    place = 1 if language == "en" else 0
    return "".join(table[one][place] if one in table else one for one in _BETWEEN.split(value))
