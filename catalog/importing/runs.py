"""One import of a file: batches, each in a transaction of its own; a report; going on after a cut."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from catalog import sellers
from catalog.importing.profiles import Profile
from catalog.importing.values import NotReadable
from catalog.models import ImportRun
from cooperatives.membership.models import Cooperative
from marketplace import clock, tables
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import OFFICERS, Actor, Role, require
from marketplace.tables import Line

BATCH = 500
REFUSALS_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that was not taken: where, and why, in both languages."""

    line: int
    column: str
    message: str
    pesan: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What a file changes of a listing: the field (of a variant, where one is named), before and after."""

    field: str
    variant: str = ""
    before: object = None
    after: object = None


@dataclass(frozen=True, slots=True)
class Thing:
    """A listing that a file tells of, first in `line`; nothing differs where it is as it stood."""

    line: int
    listing_id: UUID
    title: str
    price: int  # the least of its variants', as it will be
    is_new: bool
    differences: Sequence[Difference] = ()


@dataclass(slots=True)
class Report:
    """What an import did; with `is_dry_run`, what it would have done."""

    is_dry_run: bool
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused_lines: int = 0
    refusals: list[RefusedLine] = field(default_factory=list)
    resumed_after_line: int = 0
    things: list[Thing] | None = None  # None: only counted

    def note(self, thing: Thing) -> None:
        """Count a listing, as changed where something differs."""
        if thing.is_new:
            self.created += 1
        elif thing.differences:
            self.changed += 1
        else:
            self.unchanged += 1
        if self.things is not None:
            self.things.append(thing)

    def refuse(self, line: int, column: str, message: str, pesan: str) -> None:
        if len(self.refusals) < REFUSALS_KEPT:
            self.refusals.append(RefusedLine(line, column, message, pesan))

    def refuse_unread(self, line: Line, wrong: NotReadable, profile: Profile) -> None:
        """Report a cell that is not of its column's form."""
        self.refused_lines += 1
        self.refuse(line.number, profile.column_of(wrong.field), wrong.why.message, wrong.why.pesan)

    def refuse_invalid(self, line: Line, invalid: Invalid, profile: Profile) -> None:
        """Report each fault of what the service's checks refused, by the file's columns."""
        self.refused_lines += 1
        for fault in invalid.faults:
            name = "".join(f"_{c.lower()}" if c.isupper() else c for c in fault.path[-1])
            self.refuse(line.number, profile.column_of(name), fault.message, fault.pesan)


@dataclass(frozen=True, slots=True)
class Import:
    """What a batch needs to know."""

    cooperative: Cooperative
    profile: Profile
    report: Report
    by: UUID | None
    sets_stock: bool = False  # of what stood before, too


def own_ids(texts: Iterable[str]) -> list[UUID]:
    """Those of the texts that are uuids: an export names by them what has no external id."""
    found = []
    for text in texts:
        with suppress(ValueError):
            found.append(UUID(text))
    return found


Batch = Callable[[Import, Sequence[Line]], Awaitable[None]]


async def run(
    actor: Actor,
    path: Path,
    *,
    what: str,
    cooperative_id: UUID,
    profile: Profile,
    is_dry_run: bool,
    batch: Batch,
    together: Callable[[Line, Line], bool] = lambda earlier, later: False,
) -> Report:
    """Hand the file's lines to `batch`, some hundreds at a time. Raises NotFound, Forbidden, UnreadableFile.

    Lines that are `together` with the one before them are never parted. After a cut, the same file goes on
    behind the last batch that was written.
    """
    if not actor.holds(Role.NODE_OPERATOR):
        require(actor, *OFFICERS, cooperative_id=cooperative_id, scope=sellers.SCOPE)
    cooperative = await Cooperative.get_or_none(pk=cooperative_id)
    if cooperative is None:
        raise NotFound("cooperative")
    report = Report(is_dry_run)
    importing = Import(cooperative, profile, report, actor.account_id)
    progress = ImportRun(cooperative_id=cooperative_id, what=what, file_hash=tables.fingerprint(path))
    earlier = await ImportRun.get_or_none(cooperative_id=cooperative_id, what=what, file_hash=progress.file_hash)
    is_repeat = earlier is not None and earlier.finished_at is not None
    if earlier is not None and not is_repeat and not is_dry_run:
        progress, report.resumed_after_line = earlier, earlier.lines_done
    rest = (line for line in tables.lines(path) if line.number > report.resumed_after_line)
    is_tracked = not is_dry_run and not is_repeat
    for lines in _batches(rest, together):
        async with sellers.one_of_a_kind():
            await batch(importing, lines)
            if is_tracked:
                progress.lines_done = lines[-1].number
                await progress.save()
    if is_tracked:
        progress.finished_at = clock.now()
        await progress.save()
    return report


def _batches(lines: Iterable[Line], together: Callable[[Line, Line], bool]) -> Iterator[list[Line]]:
    gathered: list[Line] = []
    for line in lines:
        if len(gathered) >= BATCH and not together(gathered[-1], line):
            yield gathered
            gathered = []
        gathered.append(line)
    if gathered:
        yield gathered
