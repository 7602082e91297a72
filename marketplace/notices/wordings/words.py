"""A title and a body for a person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """With names in braces where a notice's values stand."""

    title: str
    body: str
