"""What members buy at units with a loan of the co-op's credit unit: quoted and asked for, paid with the sale, and
brought back. `quoting.py` begins it, `paying.py` ends it."""
