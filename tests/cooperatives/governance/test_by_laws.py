"""By-laws: values by date within the law's bounds, set with the founding, changed by a motion alone."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.governance import service
from cooperatives.governance.bylaws import Adopted, ByLaws, bounds_on, check, check_together
from cooperatives.governance.catalogue import CATALOGUE, SURPLUS_SHARES, ByLaw
from cooperatives.governance.models import ByLawValue
from cooperatives.membership.models import Cooperative
from marketplace import rules
from marketplace.database import new_id, transaction
from marketplace.errors import Invalid, MarketplaceError
from marketplace.identity import service as identity
from marketplace.identity.actor import SYSTEM, Actor, Forbidden, Role
from marketplace.rules import AgainstTheLaw, RuleValue
from tests.cooperatives.membership.people import acting, cooperative, person

TODAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def _only_built_in() -> Iterator[None]:
    yield
    rules.use(())


def test_every_default_lies_within_the_law() -> None:
    assert set(CATALOGUE) == set(ByLaw)
    for name, definition in CATALOGUE.items():
        check(name, definition.default, TODAY)
    assert sum(CATALOGUE[name].default for name in SURPLUS_SHARES) == 10_000


@pytest.mark.parametrize(
    ("name", "value", "source"),
    [
        (ByLaw.LOAN_RATE_YEARLY, 2_401, "Permenkop UKM 8/2023 art. 27"),
        (ByLaw.SAVINGS_RATE_YEARLY, 901, "Permenkop UKM 8/2023 art. 26(4)"),
        (ByLaw.LOAN_RELATED_PARTIES, 1_001, "Permenkop UKM 8/2023 art. 44"),
        (ByLaw.OFFICERS_TERM, 6, "UU 25/1992 art. 29"),
        (ByLaw.ANNUAL_MEETING_DEADLINE, 7, "UU 25/1992 art. 26"),
        (ByLaw.VOTES_WEIGHTED, 1, "UU 25/1992 art. 24"),
    ],
)
def test_what_the_law_forbids_is_refused_with_its_article(name: ByLaw, value: int, source: str) -> None:
    with pytest.raises(AgainstTheLaw) as refused:
        check(name, value, TODAY)
    assert source in refused.value.message("en")
    assert source.replace("art.", "pasal") in refused.value.message("id")
    check(name, value - 1, TODAY)


def test_a_bound_that_no_law_sets_is_refused_without_an_article() -> None:
    with pytest.raises(Invalid):
        check(ByLaw.MOTION_MAJORITY, 4_999, TODAY)


def test_shares_of_the_surplus_make_up_the_whole() -> None:
    before = ByLaws.on(TODAY, [])
    with pytest.raises(AgainstTheLaw, match=r"105 %.*100 %.*UU 25/1992 art\. 45"):
        check_together({ByLaw.SURPLUS_RESERVE: 4_500}, before)
    check_together({ByLaw.SURPLUS_RESERVE: 4_500, ByLaw.SURPLUS_PATRONAGE: 2_000}, before)


def test_only_a_secondary_co_op_weights_votes() -> None:
    check(ByLaw.VOTES_WEIGHTED, 1, TODAY, is_secondary=True)


def test_a_law_that_became_narrower_cuts_what_was_adopted_before() -> None:
    cap = rules.value_on("loan.rate_cap_yearly", TODAY)
    tighter = RuleValue(cap.name, 1_800, cap.unit, "Permenkop 1/2027", "3", cap.confidence, date(2027, 1, 1))
    rules.use([tighter])
    adopted = [Adopted(ByLaw.LOAN_RATE_YEARLY, 2_400, date(2024, 1, 1), str(new_id()))]
    before, after = ByLaws.on(date(2026, 12, 31), adopted), ByLaws.on(date(2027, 1, 1), adopted)
    assert (before[ByLaw.LOAN_RATE_YEARLY], after[ByLaw.LOAN_RATE_YEARLY]) == (2_400, 1_800)
    assert after.cited(ByLaw.LOAN_RATE_YEARLY) == (tighter,)
    (cited,) = before.cited(ByLaw.LOAN_RATE_YEARLY)
    assert (cited.instrument, cited.article, cited.value) == ("AD/ART", adopted[0].motion_id, 2_400)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(ByLaw), st.integers(-10, 20_000), st.dates(min_value=date(1993, 1, 1), max_value=TODAY)
        ),
        max_size=30,
    ),
    st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 1, 1)),
)
def test_what_counts_is_the_latest_and_never_outside_the_law(said: list[tuple[ByLaw, int, date]], day: date) -> None:
    adopted = [Adopted(name, value, since) for name, value, since in said]
    found = ByLaws.on(day, adopted)
    for name in ByLaw:
        bounds = bounds_on(name, day)
        assert bounds.least <= found[name] <= bounds.most
        mine = [one for one in adopted if one.name is name and one.since <= day]
        wanted = max(mine, key=lambda one: one.since).since if mine else None
        latest = found.in_force[name].adopted
        assert (None if latest is None else latest.since) == wanted


async def found(**values: int) -> UUID:
    founded, officers = await cooperative()
    await service.set_founding_by_laws(
        await acting(officers[Role.CHAIR]),
        cooperative_id=founded.pk,
        values={ByLaw[name]: value for name, value in values.items()},
        since=date(2020, 5, 1),
        deed="Akta No. 7, 1 Mei 2020",
        key="found",
    )
    return founded.pk


@pytest.mark.anyio
async def test_founding_values_are_set_once_and_count_from_their_day(db: object) -> None:
    id = await found(SAVINGS_PRINCIPAL=250_000)
    assert (await service.value_on(id, ByLaw.SAVINGS_PRINCIPAL, date(2020, 5, 1))).value == 250_000
    before = await service.value_on(id, ByLaw.SAVINGS_PRINCIPAL, date(2020, 4, 30))
    assert (before.value, before.adopted) == (100_000, None)
    with pytest.raises(service.ByLawsAreSet):
        await service.set_founding_by_laws(
            await operator(), cooperative_id=id, values={ByLaw.LOAN_MOST: 1}, since=TODAY, deed="Akta", key="again"
        )


async def operator() -> Actor:
    account = await person("Operator")
    await identity.grant_role(account.pk, Role.NODE_OPERATOR)
    return await acting(account)


@pytest.mark.anyio
async def test_a_value_outside_the_law_writes_nothing(db: object) -> None:
    founded, officers = await cooperative()
    chair = await acting(officers[Role.CHAIR])
    asked = {"cooperative_id": founded.pk, "since": date(2024, 1, 1), "deed": "Akta 1", "key": "k"}
    wrong = {ByLaw.LOAN_MOST: 5, ByLaw.LOAN_RATE_YEARLY: 3_000}
    with pytest.raises(AgainstTheLaw, match=r"art\. 27"):
        await service.set_founding_by_laws(chair, values=wrong, **asked)  # type: ignore[arg-type]  # a dict of mixed
    assert not await ByLawValue.exists()
    right = {ByLaw.LOAN_MOST: 5, ByLaw.LOAN_RATE_YEARLY: 1_800}
    laws = await service.set_founding_by_laws(chair, values=right, **asked)  # type: ignore[arg-type]  # idem
    again = await service.set_founding_by_laws(chair, values=right, **asked)  # type: ignore[arg-type]  # idem
    assert laws[ByLaw.LOAN_RATE_YEARLY] == again[ByLaw.LOAN_RATE_YEARLY] == 1_800
    assert await ByLawValue.all().count() == 2


@pytest.mark.anyio
@pytest.mark.parametrize("who", [Role.TREASURER, Role.SECRETARY])
async def test_no_other_officer_sets_them(db: object, who: Role) -> None:
    founded, officers = await cooperative()
    with pytest.raises(Forbidden):
        await service.set_founding_by_laws(
            await acting(officers[who]),
            cooperative_id=founded.pk,
            values={ByLaw.LOAN_MOST: 1},
            since=TODAY,
            deed="Akta",
            key="k",
        )


@pytest.mark.anyio
async def test_a_later_value_counts_from_its_day_and_names_its_motion(db: object) -> None:
    id = await found(SAVINGS_MANDATORY_MONTHLY=25_000)
    motion = new_id()
    row = await Cooperative.get(pk=id)
    since = service.today_of(row) + timedelta(days=30)
    async with transaction():
        await service.write_by_laws(
            row,
            {ByLaw.SAVINGS_MANDATORY_MONTHLY: 30_000},
            since=since,
            decision="Simpanan wajib",
            by=SYSTEM.account_id,
            motion_id=motion,
        )
    values = [
        (await service.value_on(id, ByLaw.SAVINGS_MANDATORY_MONTHLY, since - timedelta(days=days))).value
        for days in (1, 0)
    ]
    assert values == [25_000, 30_000]
    assert [row.motion_id for row in await service.history_of(id)] == [None, motion]


@pytest.mark.anyio
@pytest.mark.parametrize("deed", ["", " " * 5, "x" * 301])
async def test_the_deed_is_named(db: object, deed: str) -> None:
    founded, officers = await cooperative()
    with pytest.raises(MarketplaceError):
        await service.set_founding_by_laws(
            await acting(officers[Role.CHAIR]),
            cooperative_id=founded.pk,
            values={ByLaw.LOAN_MOST: 1},
            since=TODAY,
            deed=deed,
            key="k",
        )
