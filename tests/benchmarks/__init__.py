"""Benchmarks: ratios to a baseline taken in the same run. `make bench` runs them; they are no timed tests."""
