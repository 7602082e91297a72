"""The catalogue: who sells, what is offered, what is left of it, and when it may be had."""
