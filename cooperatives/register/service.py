"""The register of members: what other packages call."""

from cooperatives.register.entering import name_heirs, record_details, set_category
from cooperatives.register.papers import register_file
from cooperatives.register.personal import Kept, erase_details, my_data
from cooperatives.register.phones import give_phone
from cooperatives.register.standing import Standing, standings_by_membership

__all__ = [
    "Kept",
    "Standing",
    "erase_details",
    "give_phone",
    "my_data",
    "name_heirs",
    "record_details",
    "register_file",
    "set_category",
    "standings_by_membership",
]
