"""Plays a scene through the API, then lets everyone try its operations, and takes back what each has done."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
from asgi_lifespan import LifespanManager

from cooperatives.departures.models import Expulsion
from cooperatives.governance.models import Motion
from cooperatives.protection.claim_states import NEEDED
from cooperatives.protection.kinds import ClaimKind
from marketplace import clock, worker
from marketplace.app import create_app
from marketplace.database import new_id, transaction
from marketplace.deliveries.models import Driver
from marketplace.identity import api_keys
from marketplace.identity import service as identity
from marketplace.identity.actor import Actor
from marketplace.identity.api_keys import Scope
from marketplace.identity.models import Account
from marketplace.ratings.averages import FLOOR
from marketplace.ratings.models import Rating, RatingAbout
from marketplace.settings import Settings
from schema.ids import from_id
from schema.scopes import MUTATIONS
from tests.cooperatives.moving.old_books import one_member
from tests.schema.authorisation.asking import Asked, asked
from tests.schema.authorisation.picture import Picture, picture, touched, written
from tests.schema.authorisation.socket import first_message
from tests.schema.authorisation.table import PEOPLE, SHORT, Row
from tests.schema.authorisation.world import World, newest_things

NOTHING, DONE = "-", "ok"
#: What nobody may do, whatever he may see; the answer tells why.
REFUSED_TO_ALL = {"transferMembership": "AGAINST_THE_LAW"}


class Undone(Exception):
    """Raised to take back what an attempt has changed."""


@dataclass
class Town:
    """A served node with the world in it.

    `minutes` is how far its clock is ahead. `changed` tells what a refused attempt changed all the same; `strange`,
    why one was refused that no right was lacking for. `stands` is the picture before each attempt: what every one of
    them finds.
    """

    app: Any
    http: httpx.AsyncClient
    world: World
    things: dict[str, str]
    minutes: int = 0
    tokens: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    strange: dict[tuple[str, str], str] = field(default_factory=dict)
    stands: Picture = field(default_factory=dict)

    async def play(self, steps: list[str]) -> None:
        """Take the steps, each by its actor; one that is refused ends the test."""
        await self.sign_in()
        await self.look_around()
        for step in steps:
            who, *words = step.split(" ", 1)
            if who == "later":
                await self._wait(words[0])
            elif who == "bank-statement":
                await self._take_in_statement(words[0])
            elif who == "moving-set":
                await self._bring_set()
            elif who == "claim-papers":
                await self._bring_papers()
            elif who == "meeting-answers":
                await self._answer_appeal()
            elif who == "five-ratings":
                await self._rate_drivers()
            elif who == "worker":
                await worker.drain(self.app.state.adapters)
            else:
                await self._take(who, words[0])
            await self.look_around()
        await self.sign_in()
        self.stands = await picture()

    async def sign_in(self) -> None:
        for name, account_id in self.world.accounts.items():
            tokens = await identity.issue_tokens(await Account.get(pk=account_id))
            self.tokens[name] = tokens.access_token
            if name == "buyer":
                self.things["refresh"] = tokens.refresh_token

    async def look_around(self) -> None:
        self.things |= await newest_things()
        codes = self.app.state.settings.folder / "outgoing-codes.jsonl"
        if codes.exists():
            self.things["code"] = json.loads(codes.read_text().splitlines()[-1])["code"]

    async def _wait(self, minutes: str) -> None:
        await worker.drain(self.app.state.adapters)
        self.minutes = int(minutes)
        _set_clock_ahead(self.minutes)
        await worker.run_timetable_once(self.app.state.adapters)
        await self.sign_in()

    async def _take(self, who: str, words: str) -> None:
        words, _, wanted = words.partition("->")
        operation, _, given = words.strip().partition(" ")
        step = asked(operation, given, self.things, wanted.strip())
        body = await self.post(step, self.tokens.get(who, ""))
        answer = (body.get("data") or {}).get(operation)
        assert verdict(step, body) == DONE, f"{who} {operation}: {body} for {step.variables}"
        for name in wanted.split():
            self.things[name] = answer[name]

    async def _bring_papers(self) -> None:
        """The driver brings all papers that the newest claim needs."""
        for number, kind in enumerate(NEEDED[ClaimKind.ACCIDENT]):
            answer = await self.http.post(
                "/protection/documents",
                params={"claim": self.things["protection-claim"], "kind": kind, "name": "kertas.jpg"},
                content=b"\xff\xd8\xff" + bytes([number]),
                headers={"Authorization": f"Bearer {self.tokens['driver']}"},
            )
            assert answer.status_code == 201, answer.text

    async def _answer_appeal(self) -> None:
        """The meeting's motion on an expulsion is about the newest one, and was decided since."""
        expulsion = await Expulsion.all().order_by("-id").first()
        assert expulsion is not None
        motion = Motion.filter(pk=from_id("Motion", self.things["motion-expulsion"]))
        await motion.update(text=f"Menguatkan {expulsion.reference}", decided_at=clock.now() + timedelta(days=1))

    async def _rate_drivers(self) -> None:
        """As many buyers as an average needs have rated each driver."""
        for driver in await Driver.all():
            for _ in range(FLOOR):
                await Rating.create(
                    sub_order_id=new_id(), giver_id=new_id(), about=RatingAbout.DRIVER, subject_id=driver.pk, stars=5
                )

    async def _take_in_statement(self, words: str) -> None:
        """The treasurer takes in a bank statement of one line: its day and amount, for the newest account. What came
        in has a minus."""
        day, amount = words.split()
        sides = f"0;{amount[1:]}" if amount.startswith("-") else f"{amount};0"
        table = f"Tanggal;Uraian Transaksi;Debet;Kredit\n{day};Tarik;{sides}\n"
        answer = await self.http.post(
            "/books/statements",
            params={"account": self.things["chartaccount"], "dryRun": "false"},
            content=table.encode(),
            headers={"Authorization": f"Bearer {self.tokens['treasurer']}"},
        )
        assert answer.json().get("added") == 1, answer.text

    async def _bring_set(self) -> None:
        """The treasurer brings the sheets of one member."""
        answer = await self.http.post(
            "/moving/sets",
            params={"cooperative": self.things["own"], "dryRun": "false"},
            content=one_member(),
            headers={"Authorization": f"Bearer {self.tokens['treasurer']}"},
        )
        assert answer.json().get("set"), answer.text

    async def post(self, step: Asked, token: str) -> dict[str, Any]:
        """What the node answers."""
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        sent = json.dumps({"query": step.document, "variables": step.variables})  # escaped: it may be no Unicode
        body: dict[str, Any] = (await self.http.post("/graphql", content=sent, headers=headers)).json()
        return body

    def _tell_strange(self, row: Row, who: str, answer: str, body: dict[str, Any]) -> None:
        if answer not in {DONE, NOTHING, *SHORT.values()}:
            told = f"{row.operation} by {who}: {json.dumps(body, ensure_ascii=False)}"
            self.strange.setdefault((row.operation, answer), told)

    async def try_row(self, row: Row) -> tuple[str, ...]:
        """What each column is answered. Nothing that is done here lasts."""
        answers = [await self._attempt(row, name, self.tokens.get(name, ""), self.stands) for name in PEOPLE]
        wanted = REFUSED_TO_ALL.get(row.operation, DONE)
        allowed = [
            name for name, answer in zip(PEOPLE, answers, strict=True) if answer == wanted and name != "nobody"
        ]
        if not allowed and answers[0] == DONE:
            allowed = [PEOPLE[1]]  # done by who is not signed in alone: no key may do it either
        if not allowed:
            return (*answers, "?", "?")
        needed = [scope for scope, names in MUTATIONS.items() if row.operation in names] or list(Scope)
        others = [scope for scope in Scope if scope not in needed] or [Scope.READ]
        keys = [await self._by_key(row, allowed[0], scopes) for scopes in (needed, others)]
        return (*answers, *keys)

    async def _by_key(self, row: Row, name: str, scopes: list[Scope]) -> str:
        answer = ""
        with suppress(Undone):
            async with transaction():
                person = Actor(account_id=self.world.accounts[name])
                _, token = await api_keys.create_api_key(person, name="app", scopes=scopes)
                answer = await self._attempt(row, f"{name}'s key", token, self.stands | await picture(["api_key"]))
                raise Undone
        return answer

    async def _attempt(self, row: Row, who: str, token: str, before: Picture) -> str:
        step = asked(row.operation, row.given, self.things)
        if step.kind == "subscription":
            body = await first_message(self.app, token, step.document, step.variables)
            return verdict(step, body)
        answer = ""
        with suppress(Undone):
            async with transaction():
                since = await written()
                body = await self.post(step, token)
                answer = verdict(step, body)
                self._tell_strange(row, who, answer, body)
                if answer != DONE or step.kind != "mutation":
                    after = await picture(await touched(since))
                    tables = [name for name, held in after.items() if held != before.get(name)]
                    if tables:
                        self.changed.append(f"{row.operation} by {who} was answered {answer}, yet changed {tables}")
                raise Undone
        return answer


@asynccontextmanager
async def town(settings: Settings, world: World, *, things: Mapping[str, str], minutes: int) -> AsyncIterator[Town]:
    """The node of these settings, in which the world stands already, with these things and its clock so far ahead."""
    app = create_app(settings)
    _set_clock_ahead(minutes)
    async with LifespanManager(app):
        # The embedded engine has no server to give a token for: here it gives one, as Meilisearch would.
        app.state.adapters.engine.token_for = lambda *_: ("https://cari.example", "listings", "head.body.sign")
        transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://lumbung.test") as http:
            try:
                yield Town(app, http, world, dict(things), minutes)
            finally:
                clock.use(None)


def _set_clock_ahead(minutes: int) -> None:
    passed = timedelta(minutes=minutes)
    clock.use(lambda: clock.machine() + passed)


def verdict(step: Asked, body: dict[str, Any]) -> str:
    """`ok`, `-` for null or an empty list, else the code of the refusal."""
    for error in body.get("errors") or ():
        code = error.get("extensions", {}).get("code", "ERROR")
        return SHORT.get(code, code)
    found = _follow(body["data"], step.way)
    if isinstance(found, dict) and found.get("__typename") == "Problem":
        return SHORT.get(found["code"], str(found["code"]))
    if isinstance(found, dict) and "nodes" in found:
        found = found["nodes"]
    return NOTHING if found is None or found == [] else DONE


def _follow(found: Any, way: tuple[str, ...]) -> Any:
    for name in way:
        if isinstance(found, list):
            found = found[0] if found else None
        found = found.get(name) if isinstance(found, dict) else None
    return found
