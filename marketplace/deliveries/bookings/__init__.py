"""Deliveries that a shop books alone: quoted, at once or for later, now and again."""
