"""Penerimaan: what each co-op took of the payments that were made, and by which way; kept as it is booked."""
