"""Numbered changes of the tables. A released one is never changed; a new one follows it."""
