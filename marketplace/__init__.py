"""Lumbung: a federated marketplace owned by the people who sell and carry."""

__version__ = "0.1.0"
