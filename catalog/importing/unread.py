"""A cell whose text is not of its column's form, said in both languages."""


class Unread(ValueError):
    """What stands in a cell can't be read: why, in English (`message`) and in Bahasa Indonesia (`pesan`)."""

    def __init__(self, message: str, pesan: str) -> None:
        super().__init__(message)
        self.message, self.pesan = message, pesan
