"""Days by months and years. Pure."""

from datetime import date, timedelta


def months_before(day: date, months: int) -> date:
    """The same day so many months before; the month's last where it has no such day."""
    return months_after(day, -months)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    next_year, next_month = divmod(year * 12 + month + 1, 12)
    last = (date(next_year, next_month + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 28 February."""
    return months_after(day, 12 * years)
