"""The annual report to the members' meeting (laporan RAT): one document of the books, the budget and the meeting."""
