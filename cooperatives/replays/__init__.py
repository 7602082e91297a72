"""A proposed rule tried on months that are over: what each member would have had. Before the vote on it."""
