"""The form of a word that is kept in both languages."""

#: (Bahasa Indonesia, English)
Words = tuple[str, str]
