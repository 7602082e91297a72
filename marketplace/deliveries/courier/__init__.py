"""What a courier's device sends and shows: events, proofs, talk with the parties, incidents, calls for help, tips."""
