"""The drivers around a pickup, nearest first, and how soon each can stand there: what he carries is counted. Pure.

Who carries something is looked for at each place of his way, from where he is to where his hands are free: he may
pass the shop long before that.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import islice
from math import cos, radians, sqrt
from uuid import UUID

from marketplace.deliveries.dispatch.nearest import Places
from marketplace.deliveries.dispatch.policy import Candidate, Job, Rider, barrier
from marketplace.deliveries.dispatch.routes import Place, Stop
from marketplace.tariffs.rules import DEFAULT_TERMS, FULL_BP, Point

#: How fast a rider goes through town, in metres a minute, and what he spends at a stop.
METRES_A_MINUTE = 320
STOP_S = 240
METRES_PER_DEGREE = 111_320
#: Two pickups within so many metres are one stop.
SAME_STOP_M = 50
#: Who lost his room since the places were laid out is measured in vain: beyond so many they are laid out anew.
MOST_STALE = 30


@dataclass(frozen=True, slots=True)
class Passing:
    """A stop of a driver's way, and the seconds until he can leave it."""

    stop: Stop
    leaves_s: int
    is_here: bool = False
    """He stands there already: nothing comes before it."""
    place: Place = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "place", self.stop.place)


@dataclass(slots=True)
class Stander:
    """A driver on shift, and what he has in hand as the plan grows."""

    rider: Rider
    account_id: UUID
    cooperative_id: UUID
    lat: float
    lon: float
    way: Sequence[Passing] = ()
    """His stops to come, in their order, of what he holds; none where his hands are free."""
    home: Point | None = None
    """Towards where he goes home, where he said so."""
    is_able: bool = field(init=False)
    """Nothing but a job's own nature keeps him from it."""
    offers: int = field(init=False)
    """That lie before him, those of this pass as well."""

    def __post_init__(self) -> None:
        self.offers = self.rider.offers_open
        self.is_able = barrier(_ANY_JOB, Candidate(self.rider, 0, 0)) is None

    def take_offer(self) -> None:
        """One offer more lies before him."""
        self.offers += 1
        self.is_able = self.is_able and self.offers < self.rider.offer_limit

    @property
    def room(self) -> int:
        """How many jobs more he could be given: within his hands, and the offers that may lie before him."""
        hands = self.rider.job_limit - self.rider.jobs_held - self.offers
        return max(0, min(hands, self.rider.offer_limit - self.offers))

    def approach(self, lat: float, lon: float, ready_in_s: int, per_lon: float) -> tuple[int, int]:
        """Metres of the way to a pickup there, and the seconds until he can stand at it.

        It goes into his way where it makes it least longer: a detour, the stop, and waiting for goods that are not
        ready keep those waiting for whom he carries; after his last stop nobody waits. `per_lon`: metres of a degree
        of longitude there.
        """
        shop, before, leaves_s = (lat, lon), (self.lat, self.lon), 0
        metres = metres_between(before, shop, per_lon)
        ride_s = metres * 60 // METRES_A_MINUTE
        if not self.way:
            return metres, ride_s
        least, found = -1, (0, 0)
        for number, after in enumerate(self.way):
            there_s = leaves_s + ride_s
            on_m = metres_between(after.place, shop, per_lon)
            straight_m = metres_between(after.place, before, per_lon)
            longer_s = ride_s + (on_m - straight_m) * 60 // METRES_A_MINUTE
            if not number or metres > SAME_STOP_M:
                longer_s += STOP_S
            if ready_in_s > there_s:
                longer_s += ready_in_s - there_s
            if least < 0 or longer_s < least:
                least, found = longer_s, (metres, there_s)
            before, leaves_s, metres = after.place, after.leaves_s, on_m
            ride_s = metres * 60 // METRES_A_MINUTE
        return (metres, leaves_s + ride_s) if ride_s < least else found


_DETOUR_BP = DEFAULT_TERMS.detour_bp
_ANY_JOB = Job(radius_m=1)


class Crowd:
    """Drivers, laid out so that the nearest are found without measuring against all."""

    def __init__(self, standers: Sequence[Stander]) -> None:
        self.standers = standers
        self._by_id = {one.rider.driver_id: one for one in standers}
        # Whose order counts are of one town, so one scale serves; figures that are told are measured apart.
        self._per_lon = metres_per_lon(sum(one.lat for one in standers) / len(standers)) if standers else 0.0
        self.lay_out()

    def lay_out(self) -> None:
        """Find the drivers from now on where their ways lead, and those whose hands are full behind the others."""
        self._able = self._laid([number for number, one in enumerate(self.standers) if one.is_able])
        self._others = self._laid([number for number, one in enumerate(self.standers) if not one.is_able])

    def stander(self, driver_id: UUID) -> Stander:
        """One of these drivers."""
        return self._by_id[driver_id]

    def _laid(self, numbers: Sequence[int]) -> tuple[Places, list[int]]:
        """These drivers, each at all places of his way, and whose each place is."""
        owners, places = [], []
        for number in numbers:
            one = self.standers[number]
            for lat, lon in ((one.lat, one.lon), *(passing.place for passing in one.way)):
                owners.append(number)
                places.append((lon * self._per_lon, lat * METRES_PER_DEGREE))
        return Places(places), owners

    def nearest(self, lat: float, lon: float, most: int, barred: Collection[UUID]) -> list[Stander]:
        """The nearest who could take a job there, then the nearest of the others; `barred`: these could not."""
        able: dict[int, Stander] = {}
        stale: dict[int, float] = {}
        place = (lon * self._per_lon, lat * METRES_PER_DEGREE)
        laid, owners = self._able
        for distance, at in laid.outward(place):
            number = owners[at]
            stander = self.standers[number]
            if stander.is_able and not (barred and stander.rider.driver_id in barred):
                able[number] = stander
                if len(able) == most:
                    break
            else:
                stale.setdefault(number, distance)
        found = list(able.values())
        if len(found) < most:
            laid, owners = self._others
            beyond = ((distance, owners[at]) for distance, at in laid.outward(place))
            numbers = dict.fromkeys(number for _, number in merge(zip(stale.values(), stale, strict=True), beyond))
            found += [self.standers[number] for number in islice(numbers, most - len(found))]
        if len(stale) > MOST_STALE:
            self.lay_out()
        return found


def metres_per_lon(lat: float) -> float:
    """Metres of a degree of longitude."""
    return METRES_PER_DEGREE * cos(radians(lat))


def metres_between(one: Place, other: Place, per_lon: float) -> int:
    """The way that a rider goes between two places of one town, estimated."""
    dy, dx = (one[0] - other[0]) * METRES_PER_DEGREE, (one[1] - other[1]) * per_lon
    return int(sqrt(dx * dx + dy * dy)) * _DETOUR_BP // FULL_BP
