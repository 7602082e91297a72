"""Buku daftar anggota: the register of members as a paper, with the columns that offices ask for."""

from datetime import date
from uuid import UUID

from cooperatives.books import folders
from cooperatives.books.papers.paper import Cell
from cooperatives.books.papers.registers import read, register
from cooperatives.books.registers import whole
from cooperatives.dues.paying import today_of
from cooperatives.membership.entries import PersonalDetails, category_of, entries_by_id, joined_on, open_details
from cooperatives.membership.models import Membership, MembershipState
from cooperatives.savings.kinds import SavingsKind
from cooperatives.savings.reading import saved_by
from marketplace.database import transaction
from marketplace.identity import audit
from marketplace.identity.actor import OFFICERS, SYSTEM, Actor, Role, require, signed_in
from marketplace.identity.service import accounts_by_id
from marketplace.rules import value_on
from marketplace.vault import Vault

BATCH = 200
_HEADINGS = (
    ("No.", "No.", 0.7, False),
    ("Nama", "Name", 1.8, False),
    ("NIK", "NIK", 2.4, False),
    ("Lahir", "Born", 2.3, False),
    ("Umur", "Age", 0.7, False),
    ("L/P", "Sex", 0.5, False),
    ("Alamat", "Address", 1.7, False),
    ("Pekerjaan", "Occupation", 1.1, False),
    ("Jenis", "Kind", 0.9, False),
    ("Masuk", "Joined", 1.35, False),
    ("Simp. pokok", "Pokok", 1.4, True),
    ("Simp. wajib", "Wajib", 1.4, True),
    ("Simp. lain", "Other", 1.4, True),
    ("Berhenti", "Left", 1.35, False),
    ("Sebab", "Why", 1.1, False),
    ("Tanda tangan", "Signature", 1.5, False),
)


async def register_file(actor: Actor, cooperative_id: UUID, form: str, language: str, vault: Vault) -> bytes:
    """The whole register as `pdf` or `xlsx`, by number; officers and pengawas. That it was taken is written down.

    Raises NotFound, TooLong.
    """
    by = signed_in(actor)
    require(actor, *OFFICERS, Role.SUPERVISOR, cooperative_id=cooperative_id, hide="cooperative")
    found = Membership.filter(
        cooperative_id=cooperative_id, number__isnull=False, state__in=[MembershipState.ACTIVE, MembershipState.ENDED]
    )
    members: list[Membership] = list(await whole(found.order_by("number")))
    today = await today_of(cooperative_id)
    rows: list[tuple[Cell, ...]] = []
    for begins in range(0, len(members), BATCH):
        rows += await _rows(members[begins : begins + BATCH], today, language, vault)
    notes = (value_on("membership.register", today).place(language),)
    title = "Buku Daftar Anggota", "Register of members"
    paper = register(title, _HEADINGS, rows, language, period=f"{today:%d/%m/%Y}", sums=(10, 11, 12), notes=notes)
    async with transaction():
        await audit.note("register.exported", account_id=by, by=by, cooperative_id=cooperative_id, form=form)
    return await folders.bind(SYSTEM, cooperative_id, [paper], form, language)


async def _rows(members: list[Membership], today: date, language: str, vault: Vault) -> list[tuple[Cell, ...]]:
    ids = [member.pk for member in members]
    entries, saved = await entries_by_id(ids), await saved_by(ids)
    people = await accounts_by_id([member.account_id for member in members])
    made: list[tuple[Cell, ...]] = []
    for member in members:
        entry = entries.get(member.pk)
        known = open_details(vault, entry) or PersonalDetails()
        held, person = saved[member.pk], people.get(member.account_id)
        born = date.fromisoformat(known.born_on) if known.born_on else None
        made.append(
            (
                f"{member.number or 0:04}",
                known.name or (person.name if person else ""),
                known.national_id,
                ", ".join(filter(None, (known.birth_place, f"{born:%d/%m/%Y}" if born else ""))),
                str(_age(born, today)) if born else "",
                known.sex,
                known.address,
                known.occupation,
                read(category_of(entry).value, language),
                joined_on(member, entry),
                held[SavingsKind.PRINCIPAL],
                held[SavingsKind.MANDATORY],
                held[SavingsKind.VOLUNTARY] + held[SavingsKind.TERM],
                entry.ended_on if entry else None,
                read(entry.end_cause.value, language) if entry and entry.end_cause else "",
                "",
            )
        )
    return made


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
