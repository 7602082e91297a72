"""The results of a vote as a file that anyone can audit: every ballot, what each proves, and the count. Pure."""

import base64
import binascii
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from cooperatives.governance import blind, counting

FORM = "lumbung-results-1"
TOKEN_BYTES, SIGNATURE_BYTES = 32, 64


@dataclass(frozen=True, slots=True)
class Ballot:
    """A secret ballot. `token` is the public key of a pair that lives on the voter's device for this ballot alone.

    `prefix` and `token_signature` show that the register let one member vote; `choice_signature` (Ed25519 by the
    token) that nobody changed the choice.
    """

    token: bytes
    prefix: bytes
    token_signature: bytes
    choice: tuple[str, ...]
    choice_signature: bytes

    @property
    def receipt(self) -> str:
        """What the voter keeps and finds among the results: SHA-256 of the token, hexadecimal."""
        return hashlib.sha256(self.token).hexdigest()

    def as_json(self) -> dict[str, Any]:
        return {
            "token": encoded(self.token),
            "prefix": encoded(self.prefix),
            "token_signature": encoded(self.token_signature),
            "choice": list(self.choice),
            "choice_signature": encoded(self.choice_signature),
        }

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> "Ballot":
        """Raises ValueError, KeyError, TypeError when it is none."""
        choice = tuple(str(option) for option in said["choice"])
        parts = [decoded(str(said[name])) for name in ("token", "prefix", "token_signature", "choice_signature")]
        return cls(parts[0], parts[1], parts[2], choice, parts[3])


def encoded(raw: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """The bytes of base64url without padding. Raises ValueError."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as cause:
        raise ValueError("not base64url") from cause


def signed_choice(motion_id: str, choice: Sequence[str]) -> bytes:
    """What the device signs: canonical JSON (RFC 8785) of the motion and the choice."""
    return rfc8785.dumps({"choice": list(choice), "motion": motion_id})


def fault_of(ballot: Ballot, public_key: bytes, motion_id: str, options: Sequence[str], *, is_ranking: bool) -> str:
    """What is wrong with a ballot, or nothing."""
    if not counting.is_choice(ballot.choice, options, is_ranking=is_ranking):
        return "choice"
    if len(ballot.token) != TOKEN_BYTES or not blind.is_signed(
        public_key, ballot.prefix, ballot.token, ballot.token_signature
    ):
        return "token"
    try:
        Ed25519PublicKey.from_public_bytes(ballot.token).verify(
            ballot.choice_signature, signed_choice(motion_id, ballot.choice)
        )
    except (InvalidSignature, ValueError):
        return "choice_signature"
    return ""


def digest(file: Mapping[str, Any]) -> str:
    """SHA-256 of the file as canonical JSON, hexadecimal: read it out in the meeting."""
    return hashlib.sha256(rfc8785.dumps(dict(file))).hexdigest()


def counted(
    kind: str, details: Mapping[str, Any], votes: Sequence[tuple[Sequence[str], int]], lots: Sequence[str] = ()
) -> dict[str, Any]:
    """The count of votes (a choice and its weight): of an election its winners and rounds, else each option's sum."""
    if kind != "ELECTION":
        return dict(counting.summed(votes))
    rankings: Counter[tuple[str, ...]] = Counter()
    for choice, weight in votes:
        rankings[tuple(choice)] += weight
    found = counting.elect(details["candidates"], int(details["seats"]), rankings, lots)
    return {
        "winners": list(found.winners),
        "is_complete": found.is_complete,
        "quota": found.quota,
        "rounds": [dict(one) for one in found.rounds],
        "lots": list(lots),
        "ballots": sum(rankings.values()),
    }


def audit(file: Mapping[str, Any]) -> list[str]:
    """Everything that is wrong with a results file, in English; none: it proves itself.

    Each ballot shows that the register let its voter in and that its choice is his, none counts twice, there are not
    more than members who were let in, and the count is what they make. Raises ValueError when it is no such file.
    """
    if file.get("form") != FORM:
        raise ValueError(f"not a results file ({FORM})")
    is_ranking = file["kind"] == "ELECTION"
    options = file["details"]["candidates"] if is_ranking else counting.OPTIONS
    faults: list[str] = []
    votes: list[tuple[Sequence[str], int]] = []
    seen: set[str] = set()
    for said in file["ballots"]:
        ballot = Ballot.read(said)
        key = decoded(file["public_key"] or "")
        if wrong := fault_of(ballot, key, file["motion"], options, is_ranking=is_ranking):
            faults.append(f"ballot {ballot.receipt}: its {wrong} is not valid")
        if ballot.receipt in seen:
            faults.append(f"ballot {ballot.receipt}: it is there twice")
        seen.add(ballot.receipt)
        votes.append((ballot.choice, 1))
    if len(file["ballots"]) > len(file["roll"]["TOKEN"]):
        faults.append(f"{len(file['ballots'])} ballots, {len(file['roll']['TOKEN'])} members who got a token")
    votes += [(vote["choice"], vote["weight"]) for vote in file["votes"]]
    if len(file["votes"]) > len(file["roll"]["NAMED"]):
        faults.append("more votes by name than members who voted so")
    votes += [(paper["choice"], paper["number"]) for paper in file["papers"]]
    if sum(paper["number"] for paper in file["papers"]) > len(file["roll"]["PAPER"]):
        faults.append("more papers than members who got one")
    members = [number for numbers in file["roll"].values() for number in numbers]
    if len(set(members)) < len(members):
        faults.append("a member stands twice in the roll")
    lots = file["result"].get("lots", []) if is_ranking else []
    if counted(file["kind"], file["details"], votes, lots) != file["result"]:
        faults.append("the count is not what the ballots make")
    return faults
