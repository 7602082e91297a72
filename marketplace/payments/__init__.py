"""How a buyer's money comes in, to whom it goes, and how it goes back."""
