"""The co-operatives: their members, their books, and what they owe each other."""
