"""A year of a driver co-op, lived through its own services: what `make demo-year` plays."""
