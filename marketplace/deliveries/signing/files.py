"""A receipt as a file that anyone can verify apart, with nothing but public keys. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marketplace.deliveries.signing.attesting import SCHEMA, Said, Side, canonical, fits

FILE_SCHEMA = "lumbung.custody-file/1"
#: The largest file that is read, and the receipts that it may hold.
LARGEST_BYTES, MOST_RECEIPTS = 5 * 1_048_576, 5_000
_TEXTS = ("job", "drop", "handOver", "giver", "taker", "cooperative", "previous", "at")


@dataclass(frozen=True, slots=True)
class Signed:
    """One side's signature, as the file has it."""

    side: Side
    public_key: str
    signed_at: str
    signature: str


@dataclass(frozen=True, slots=True)
class Filed:
    """One receipt of a file. `node_key` and `node_signature` are empty for one from before nodes signed so."""

    said: Said
    hash: str
    node_key: str
    node_signature: str
    signed: tuple[Signed, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "receipt": self.said.whole(),
            "hash": self.hash,
            "node": {"publicKey": self.node_key, "signature": self.node_signature},
            "signatures": [
                {
                    "side": one.side.value,
                    "publicKey": one.public_key,
                    "signedAt": one.signed_at,
                    "signature": one.signature,
                }
                for one in self.signed
            ],
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file's receipts are worth."""

    faults: tuple[str, ...]
    lines: tuple[str, ...]  # what each receipt says and who attests it
    keys: frozenset[str] = field(default_factory=frozenset)  # that signed


class Unreadable(ValueError):
    """The file is no receipt: the message says why."""


def write(filed: Iterable[Filed]) -> str:
    """The file's text."""
    return json.dumps({"schema": FILE_SCHEMA, "receipts": [one.as_json() for one in filed]}, indent=2)


def read(text: str) -> list[Filed]:
    """The receipts of a file. Raises Unreadable."""
    if len(text) > LARGEST_BYTES:
        raise Unreadable(f"larger than {LARGEST_BYTES} bytes")
    try:
        whole = json.loads(text)
        if whole["schema"] != FILE_SCHEMA:
            raise Unreadable(f"its schema is not {FILE_SCHEMA}")
        receipts = whole["receipts"]
        if not isinstance(receipts, list) or not 1 <= len(receipts) <= MOST_RECEIPTS:
            raise Unreadable(f"it holds not 1 to {MOST_RECEIPTS} receipts")
        return [_read_one(one) for one in receipts]
    except Unreadable:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as cause:
        raise Unreadable("it is no file of custody receipts") from cause


def verify(
    filed: Sequence[Filed], *, trusted: frozenset[str] = frozenset(), node_keys: frozenset[str] = frozenset()
) -> Verdict:
    """Whether each receipt is whole, signed as it says, and follows the one before it in its drop's chain.

    With `trusted`, devices' signatures must be by these keys; with `node_keys`, the node's by these. Without them the
    file is only held against itself: whose the keys are, their owners must say.
    """
    faults: list[str] = []
    lines: list[str] = []
    keys: set[str] = set()
    last: dict[str, Filed] = {}
    for number, one in enumerate(filed, start=1):
        name = f"receipt {number}"
        faults += [f"{name}: {fault}" for fault in _faults(one, last.get(one.said.drop), trusted, node_keys)]
        last[one.said.drop] = one
        keys |= {signed.public_key for signed in one.signed}
        sides = {signed.side for signed in one.signed}
        by = ", ".join(f"{side.value.lower()} {'DEVICE' if side in sides else 'NODE'}" for side in Side)
        lines.append(f"{name}: {one.said.hand_over} at {one.said.at}, attested by {by}")
    return Verdict(tuple(faults), tuple(lines), frozenset(keys))


def _faults(one: Filed, before: Filed | None, trusted: frozenset[str], node_keys: frozenset[str]) -> Iterable[str]:
    if one.said.hash() != one.hash:
        yield "its hash does not fit what it says"
    if not one.node_signature:
        yield "it is from before nodes signed so that others can verify: ask its node"
    elif not fits(one.node_key, one.node_signature, canonical(one.said.whole())):
        yield "the node's signature does not fit"
    if node_keys and one.node_key not in node_keys:
        yield "the node's key is not one that you trust"
    seen: set[Side] = set()
    for signed in one.signed:
        side = signed.side.value.lower()
        if signed.side in seen:
            yield f"the {side} has signed twice"
        seen.add(signed.side)
        if not fits(signed.public_key, signed.signature, one.said.to_sign(signed.side, signed.signed_at)):
            yield f"the {side}'s signature does not fit"
        if trusted and signed.public_key not in trusted:
            yield f"the {side}'s key is not one that you trust"
    if before is not None:
        if one.said.previous != before.hash or one.said.position != before.said.position + 1:
            yield "it does not follow the receipt before it"
        if one.said.giver != before.said.taker:
            yield "it was given by one who did not hold the goods"


def _read_one(one: Mapping[str, Any]) -> Filed:
    receipt, node = one["receipt"], one["node"]
    if receipt["schema"] != SCHEMA or set(receipt) != {"schema", "position", "lat", "lon", *_TEXTS}:
        raise Unreadable("a receipt has not the fields of " + SCHEMA)
    texts = {name: _text(receipt[name]) for name in _TEXTS}
    lat, lon = (None if receipt[name] is None else float(receipt[name]) for name in ("lat", "lon"))
    said = Said(
        job=texts["job"],
        drop=texts["drop"],
        position=int(receipt["position"]),
        hand_over=texts["handOver"],
        giver=texts["giver"],
        taker=texts["taker"],
        cooperative=texts["cooperative"],
        previous=texts["previous"],
        at=texts["at"],
        lat=lat,
        lon=lon,
    )
    signed = tuple(
        Signed(Side(given["side"]), _text(given["publicKey"]), _text(given["signedAt"]), _text(given["signature"]))
        for given in one["signatures"]
    )
    return Filed(said, _text(one["hash"]), _text(node["publicKey"]), _text(node["signature"]), signed)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Unreadable("a text was expected")
    return value
