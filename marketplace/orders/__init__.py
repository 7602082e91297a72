"""What a buyer wants, what it costs, and what becomes of it."""
