"""One believable town, the same each time: Surabaya, with four co-ops, their people, shops and drivers."""

from marketplace.seed.people import LogIn
from marketplace.seed.town import plant

__all__ = ["LogIn", "plant"]
