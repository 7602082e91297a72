"""Why a driver was offered a job or passed over: codes with numbers, and the words for them in two languages. Pure.

What is stored is codes and numbers (`as_record`); the words are made when somebody reads.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from marketplace.money import FULL_SHARE_BP, format_rupiah


class FactorKind(StrEnum):
    """What may speak for a driver."""

    NEARNESS = "NEARNESS"
    """How soon he stands at the pickup, measured against when the goods are ready."""
    SINCE_LAST_JOB = "SINCE_LAST_JOB"
    """How long he has stood ready without a job."""
    EQUITY = "EQUITY"
    """What he earned an available hour, against the co-op's median."""
    HOME = "HOME"
    """Whether the job leads towards his home, where he said so."""
    ACCEPTANCE = "ACCEPTANCE"
    """The share of offers that he took; weighs nothing unless the members decide otherwise."""


class Reason(StrEnum):
    """Why a driver was passed over."""

    NOT_MEMBER = "NOT_MEMBER"
    """Not an active member of a co-op that carries this job."""
    DOCUMENTS = "DOCUMENTS"
    """Licence, insurance or vehicle papers have run out or await their check."""
    OFF_SHIFT = "OFF_SHIFT"
    PAUSED = "PAUSED"
    """He paused his offers."""
    BLOCKED = "BLOCKED"
    """He, the seller or the buyer asked not to meet again."""
    DECLINED = "DECLINED"
    """He declined this job before."""
    UNANSWERED = "UNANSWERED"
    """He let an offer of this job run out, and the places went to those not asked yet."""
    TOO_FAR = "TOO_FAR"
    """Outside this round's radius."""
    VEHICLE = "VEHICLE"
    TOO_HEAVY = "TOO_HEAVY"
    AT_JOB_LIMIT = "AT_JOB_LIMIT"
    OFFERS_OPEN = "OFFERS_OPEN"
    """As many offers as he may have at once wait for his answer."""
    CASH_LIMIT = "CASH_LIMIT"
    SHIFT_ENDS = "SHIFT_ENDS"
    """His planned shift ends before the job would."""
    OUTRANKED = "OUTRANKED"
    """Others stood before him in this round."""
    BATCHED = "BATCHED"
    """Many jobs were assigned together, and this one fell to another."""
    NO_PLACE = "NO_PLACE"
    """It fits nowhere into his way: its window, his vehicle or the end of his shift leaves no place for it."""


@dataclass(frozen=True, slots=True)
class Skip:
    """A reason with the numbers that its words need."""

    reason: Reason
    numbers: tuple[int, ...] = ()

    def words(self, language: str = "id") -> str:
        """The reason as a sentence to the driver himself, in `id` or `en`."""
        return _REASONS[self.reason][language == "en"].format(*_shown(self.reason, self.numbers, language))


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor's part in a driver's rank: value and weight in basis points, and what the value was made of."""

    kind: FactorKind
    value_bp: int
    weight_bp: int
    numbers: tuple[int, ...] = ()

    @property
    def value(self) -> float:
        """Between 0 and 1."""
        return self.value_bp / FULL_SHARE_BP

    @property
    def points_bp(self) -> int:
        """What it adds to the score."""
        return self.value_bp * self.weight_bp // FULL_SHARE_BP

    def name(self, language: str = "id") -> str:
        """Its short name, as a heading."""
        return _NAMES[self.kind][language == "en"]

    def words(self, language: str = "id") -> str:
        """What it was made of, as a sentence to the driver himself."""
        return _FACTORS[self.kind](self.numbers, language)


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is told of one candidate of one job; `place` is None when something barred him from being ranked."""

    place: int | None
    score_bp: int
    factors: tuple[Factor, ...]
    skip: Skip | None

    def as_record(self) -> dict[str, Any]:
        """Plain JSON, to be stored: codes and whole numbers only."""
        return {
            "place": self.place,
            "score": self.score_bp,
            "factors": [[each.kind.value, each.value_bp, each.weight_bp, [*each.numbers]] for each in self.factors],
            "skip": None if self.skip is None else [self.skip.reason.value, [*self.skip.numbers]],
        }

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> Self:
        """What `as_record` wrote."""
        skip = record["skip"]
        return cls(
            record["place"],
            record["score"],
            tuple(
                Factor(FactorKind(kind), value, weight, tuple(numbers))
                for kind, value, weight, numbers in record["factors"]
            ),
            None if skip is None else Skip(Reason(skip[0]), tuple(skip[1])),
        )

    def words(self, language: str = "id") -> str:
        """One sentence: offered at which place, or why not."""
        if self.skip is not None:
            return self.skip.words(language)
        if language == "en":
            return f"Offered to you: place {self.place} by your co-op's policy."
        return f"Ditawarkan kepada Anda: urutan ke-{self.place} menurut kebijakan koperasi Anda."


#: Bahasa Indonesia, English; numbers go in by `_shown`.
_REASONS: Mapping[Reason, tuple[str, str]] = {
    Reason.NOT_MEMBER: (
        "Anda bukan anggota aktif koperasi yang mengantar tugas ini.",
        "You are not an active member of a co-op that carries this job.",
    ),
    Reason.DOCUMENTS: (
        "SIM, asuransi, atau surat kendaraan Anda habis masa berlakunya atau belum diperiksa: perbarui di koperasi.",
        "Your licence, insurance or vehicle papers have run out or await their check: renew them at your co-op.",
    ),
    Reason.OFF_SHIFT: ("Anda sedang tidak bertugas saat itu.", "You were not on shift then."),
    Reason.PAUSED: (
        "Tawaran Anda sedang dijeda; waktu jeda tidak dihitung dalam penghasilan per jam.",
        "Your offers were paused; paused time does not count in your earnings an hour.",
    ),
    Reason.BLOCKED: (
        "Anda, penjual, atau pembeli pernah meminta agar tidak dipertemukan lagi.",
        "You, the seller or the buyer asked not to meet again.",
    ),
    Reason.DECLINED: ("Anda sudah menolak tugas ini.", "You declined this job before."),
    Reason.UNANSWERED: (
        "Tawaran tugas ini sebelumnya tidak Anda jawab; putaran ini mendahulukan yang belum ditawari.",
        "You left an earlier offer of this job unanswered; this round went to those not asked yet.",
    ),
    Reason.TOO_FAR: (
        "Jarak Anda ke penjemputan {0}, di luar jangkauan putaran ini ({1}).",
        "You were {0} from the pickup, outside this round's reach ({1}).",
    ),
    Reason.VEHICLE: (
        "Jenis kendaraan Anda tidak cocok untuk tugas ini.",
        "Your kind of vehicle does not fit this job.",
    ),
    Reason.TOO_HEAVY: (
        "Berat barang {0}; kendaraan Anda memuat {1}.",
        "The goods weigh {0}; your vehicle carries {1}.",
    ),
    Reason.AT_JOB_LIMIT: (
        "Anda sudah memegang {0} dari {1} tugas yang boleh dipegang sekaligus.",
        "You held {0} of the {1} jobs that you may hold at once.",
    ),
    Reason.OFFERS_OPEN: (
        "{0} dari {1} tawaran yang boleh Anda terima sekaligus masih menunggu jawaban Anda.",
        "{0} of the {1} offers that you may have at once waited for your answer.",
    ),
    Reason.CASH_LIMIT: (
        "Uang tunai di tangan Anda akan menjadi {0}, di atas batas {1}: setorkan dahulu.",
        "The cash in your hands would become {0}, above your limit of {1}: hand cash in first.",
    ),
    Reason.SHIFT_ENDS: (
        "Tugas ini selesai kira-kira {0} lagi, sedangkan jadwal Anda berakhir {1} lagi; batas lewat jadwal: {2}.",
        "This job would end in about {0}; your planned shift ended in {1}, and a job may last {2} beyond it.",
    ),
    Reason.BATCHED: (
        "Saat itu banyak tugas dibagi sekaligus dan tugas ini jatuh ke pengemudi lain; urutan Anda ke-{0}.",
        "Many jobs were assigned together then, and this one fell to another driver; you stood at place {0}.",
    ),
    Reason.NO_PLACE: (
        "Tugas ini tidak muat di rute Anda saat itu: jam penjemputan, muatan, atau akhir jadwal terlampaui.",
        "This job fitted nowhere into your way then: its pickup window, your load or your shift's end forbade it.",
    ),
    Reason.OUTRANKED: (
        "Anda di urutan ke-{0}; putaran ini menawarkan kepada {1} pengemudi pertama.",
        "You stood at place {0}; this round offered to the first {1}.",
    ),
}
_NAMES: Mapping[FactorKind, tuple[str, str]] = {
    FactorKind.NEARNESS: ("Kedekatan", "Nearness"),
    FactorKind.SINCE_LAST_JOB: ("Lama menunggu", "Time since last job"),
    FactorKind.EQUITY: ("Pemerataan penghasilan", "Earnings equity"),
    FactorKind.HOME: ("Arah pulang", "Home direction"),
    FactorKind.ACCEPTANCE: ("Tawaran diterima", "Offers accepted"),
}


def _shown(reason: Reason, numbers: tuple[int, ...], language: str) -> list[str]:
    unit: Callable[[int], str] = {
        Reason.TOO_FAR: lambda metres: far(metres, language),
        Reason.TOO_HEAVY: lambda grams: weight(grams, language),
        Reason.CASH_LIMIT: format_rupiah,
        Reason.SHIFT_ENDS: lambda seconds: lasting(seconds, language),
    }.get(reason, str)
    if reason is Reason.SHIFT_ENDS:
        numbers = (*numbers, 0)[:3]  # those kept before a policy said how far beyond
    return [unit(number) for number in numbers]


def _nearness(numbers: tuple[int, ...], language: str) -> str:
    metres, reach_s, waits_s = numbers
    distance, reach, waits = far(metres, language), lasting(reach_s, language), lasting(waits_s, language)
    if language == "en":
        when = f"the goods wait {waits} for you" if waits_s else "before the goods are kept waiting"
        return f"{distance} to the pickup, there in {reach}; {when}."
    when = f"barang menunggu Anda {waits}" if waits_s else "barang tidak perlu menunggu Anda"
    return f"{distance} ke penjemputan, tiba dalam {reach}; {when}."


def _since_last_job(numbers: tuple[int, ...], language: str) -> str:
    idle = lasting(numbers[0], language)
    return f"You have stood ready for {idle} without a job." if language == "en" else f"Sudah {idle} menunggu tugas."


def _equity(numbers: tuple[int, ...], language: str) -> str:
    own, reference = format_rupiah(numbers[0]), format_rupiah(numbers[1])
    if language == "en":
        return f"You earned {own} an available hour; the middle of your co-op earned {reference}."
    return f"Penghasilan Anda {own} per jam; pengemudi lain di koperasi sekitar {reference}."


def _home(numbers: tuple[int, ...], language: str) -> str:
    if not numbers:
        return "You set no home direction." if language == "en" else "Anda tidak menyetel arah pulang."
    distance = far(abs(numbers[0]), language)
    if language == "en":
        return f"The job ends {distance} {'nearer to' if numbers[0] >= 0 else 'farther from'} home than it begins."
    return f"Tujuan antar {distance} {'lebih dekat ke' if numbers[0] >= 0 else 'lebih jauh dari'} rumah Anda."


def _acceptance(numbers: tuple[int, ...], language: str) -> str:
    accepted, answered = numbers
    if not answered:
        return "You have answered no offers yet." if language == "en" else "Anda belum menjawab tawaran."
    if language == "en":
        return f"You took {accepted} of {answered} offers."
    return f"Anda menerima {accepted} dari {answered} tawaran."


_FACTORS: Mapping[FactorKind, Callable[[tuple[int, ...], str], str]] = {
    FactorKind.NEARNESS: _nearness,
    FactorKind.SINCE_LAST_JOB: _since_last_job,
    FactorKind.EQUITY: _equity,
    FactorKind.HOME: _home,
    FactorKind.ACCEPTANCE: _acceptance,
}


def far(metres: int, language: str = "id") -> str:
    """`850 m`, `1,2 km` (English: `1.2 km`)."""
    return f"{metres} m" if metres < 1_000 else _tenths(metres, "km", language)


def weight(grams: int, language: str = "id") -> str:
    """`850 g`, `1,2 kg` (English: `1.2 kg`)."""
    return f"{grams} g" if grams < 1_000 else _tenths(grams, "kg", language)


def lasting(seconds: int, language: str = "id") -> str:
    """`45 detik`, `7 menit`, `2 jam 5 menit` (English: `45 s`, `7 min`, `2 h 5 min`)."""
    second, minute, hour = ("s", "min", "h") if language == "en" else ("detik", "menit", "jam")
    if seconds < 60:
        return f"{max(seconds, 0)} {second}"
    hours, minutes = divmod(seconds // 60, 60)
    if not hours:
        return f"{minutes} {minute}"
    return f"{hours} {hour} {minutes} {minute}" if minutes else f"{hours} {hour}"


def _tenths(thousandths: int, unit: str, language: str) -> str:
    whole, rest = divmod((thousandths + 50) // 100, 10)
    return f"{whole}{'.' if language == 'en' else ','}{rest} {unit}"
