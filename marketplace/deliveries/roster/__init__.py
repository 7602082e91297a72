"""What a driver stands ready with and when: his vehicles, papers, planned shifts, hours; and whom he doesn't meet."""
