"""How a job finds its driver. The open board is the first way; offers in rounds and the solver come behind it."""
