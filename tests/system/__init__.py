"""Tests of a node as an operator runs it: real processes, real kills, real concurrency."""
