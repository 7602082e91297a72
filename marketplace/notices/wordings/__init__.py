"""The words of each kind of notice, in Bahasa Indonesia and English: a file a noun."""
