"""What may be said with one tap, and what of a text is hidden. Read from `phrases.toml`."""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

import phonenumbers

#: What stands where a number stood.
HIDDEN = "•••"
#: Fewer digits are no phone number.
LEAST_DIGITS = 7
#: A run of digits as long as a number, however it is broken up: what no numbering plan knows may still be one.
_DIGITS = re.compile(r"\+?\d(?:[\s.\-–—_/()]{0,3}\d){6,}")
_AMOUNT = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){1,2}")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence in both languages, and who says it (values of MessageSide)."""

    code: str
    sides: frozenset[str]
    pesan: str
    english: str

    def text(self, language: str) -> str:
        """The sentence in `id` or `en`."""
        return self.english if language == "en" else self.pesan


def _read() -> dict[str, Phrase]:
    source = files("marketplace.deliveries.courier").joinpath("phrases.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(source)["phrase"]
    return {row["code"]: Phrase(row["code"], frozenset(row["sides"]), row["id"], row["en"]) for row in rows}


PHRASES = _read()


def hidden(text: str) -> str:
    """The text without phone numbers and mail addresses: those who meet once need not have each other's for ever."""
    text = _MAIL.sub(HIDDEN, text)
    found = phonenumbers.PhoneNumberMatcher(text, "ID", leniency=phonenumbers.Leniency.POSSIBLE)
    for match in sorted(found, key=lambda match: -match.start):
        text = text[: match.start] + _hidden_run(match.raw_string) + text[match.end :]
    return _DIGITS.sub(lambda run: _hidden_run(run[0]), text)


def _hidden_run(run: str) -> str:
    """A short run is a house, one with points between its thousands an amount: both may be said."""
    is_short = sum(sign.isdigit() for sign in run) < LEAST_DIGITS
    return run if is_short or _AMOUNT.fullmatch(run) else HIDDEN
