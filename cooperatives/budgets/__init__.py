"""The yearly work plan and budget (RK/RAPB): proposed by officers, adopted by the meeting, held to the books."""
