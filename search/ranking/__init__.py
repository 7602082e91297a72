"""What counts after the words: weights that a node sets, and how reliable each seller has been."""
