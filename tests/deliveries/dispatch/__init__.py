"""How a job finds its driver: rules, and what they come to over whole days."""
