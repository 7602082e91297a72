"""The year's surplus (SHU): into which pools it goes, and what of them each member has."""
