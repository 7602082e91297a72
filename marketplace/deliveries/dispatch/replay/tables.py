"""A replay's figures as tables: for a terminal, and as CSV. Pure."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence

from marketplace.deliveries.dispatch.replay.measures import Figures
from marketplace.deliveries.dispatch.replay.trying import Replay, Trial

#: Bahasa Indonesia, English, width, and how a figure is shown.
_COLUMNS: Sequence[tuple[str, str, int, Callable[[Figures], str]]] = (
    ("terkirim %", "delivered %", 11, lambda f: f"{100 * f.share_delivered:.1f}"),
    ("pesan-pintu", "click-door", 11, lambda f: f"{f.click_to_door:.1f}"),
    ("p90", "p90", 6, lambda f: f"{f.click_to_door_p90:.1f}"),
    ("siap-ambil", "ready-pick", 10, lambda f: f"{f.ready_to_pickup:.1f}"),
    ("p90", "p90", 6, lambda f: f"{f.ready_to_pickup_p90:.1f}"),
    ("siap-pintu", "ready-door", 10, lambda f: f"{f.ready_to_door:.1f}"),
    ("p90", "p90", 6, lambda f: f"{f.ready_to_door_p90:.1f}"),
    ("sibuk %", "in use %", 8, lambda f: f"{100 * f.courier_use:.0f}"),
    ("digabung %", "bundled %", 10, lambda f: f"{100 * f.bundled:.0f}"),
    ("Rp/jam", "Rp/hour", 7, lambda f: f"{f.hourly_median:,}"),
    ("tanpa tugas", "no job", 11, lambda f: str(f.without_job)),
    ("Gini", "Gini", 6, lambda f: f"{f.gini:.3f}"),
)
NAMES: Mapping[str, tuple[str, str]] = {
    "nearest": ("terdekat dulu", "nearest first"),
    "nearest-choosing": ("terdekat, memilih", "nearest, choosing"),
    "fair": ("adil", "fair"),
    "batch": ("serentak", "batch"),
}
_INDONESIAN = str.maketrans(".,", ",.")
_HEAD = (("hari", "day", 12), ("beban", "load", 6), ("kebijakan", "policy", 18))
_NOTES = (
    "Menit; Rp/jam: angka tengah penghasilan per jam bertugas; beban: pesanan per jam kurir; "
    "Gini 0 = semua sama, semua kurir dihitung.",
    "Minutes; Rp/hour: the median of earnings an hour on shift; load: orders an hour of couriers; "
    "Gini 0 = all equal, every courier counted.",
)


def heading(language: str) -> str:
    """The table's first line."""
    english = language == "en"
    left = "".join(f"{head[english]:<{head[2]}}" for head in _HEAD)
    return left + "".join(f"{column[english]:>{column[2] + 1}}" for column in _COLUMNS)


def rows(trial: Trial, language: str) -> list[str]:
    """A day's lines: one a policy."""
    told = []
    for place, (name, figures) in enumerate(trial.figures.items()):
        day, load = (trial.day[:11], number(f"{trial.load:.2f}", language)) if not place else ("", "")
        left = f"{day:<12}{load:<6}{called(name, language):<18}"
        told.append(
            left + "".join(f"{number(show(figures), language):>{width + 1}}" for _, _, width, show in _COLUMNS)
        )
    return told


def note(language: str) -> str:
    """What the figures are, in a line beneath."""
    return _NOTES[language == "en"]


def number(text: str, language: str) -> str:
    """`1,234.5` as the language writes it: `1.234,5` in Bahasa Indonesia."""
    return text if language == "en" else text.translate(_INDONESIAN)


def called(name: str, language: str) -> str:
    """A policy's name for people."""
    return NAMES[name][language == "en"] if name in NAMES else name


def as_csv(replay: Replay) -> str:
    """Every figure of every trial, a line for each day and policy."""
    out = io.StringIO()
    columns = [*Figures.__slots__]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["day", "load", "policy", "share_delivered", *columns])
    for trial in replay.trials:
        for name, figures in trial.figures.items():
            values = [getattr(figures, column) for column in columns]
            writer.writerow([trial.day, trial.load, name, figures.share_delivered, *values])
    return out.getvalue()
