"""What is written on a bank transfer, so that both banks' statements name what it is for. Pure.

`KLR` (a settlement's payment) or `IUR` (a member's dues), ten signs from the id of it, of an alphabet without
look-alikes (Crockford's, less its last), then one that proves them: a reference mistyped by one sign, or with two
neighbours swapped, names nothing.
"""

import hashlib
import re
from uuid import UUID

PREFIX = "KLR"
DUES_PREFIX = "IUR"
#: As many as a prime, so that no weight below hides another sign.
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXY"
_BASE = len(_SIGNS)
_BODY = 10
#: A bank may write spaces or points into it, and cut what stands around it.
_FOUND = "[^0-9A-Z]{0,2}" + "[^0-9A-Z]?".join(["([0-9A-Z])"] * (_BODY + 1))


def reference_of(id: UUID, prefix: str = PREFIX) -> str:
    """The reference of a payment or member: 14 signs, the same whenever it is asked for."""
    number = int.from_bytes(hashlib.sha256(id.bytes).digest()[:8], "big")
    body = "".join(_SIGNS[number // _BASE**place % _BASE] for place in range(_BODY))
    return f"{prefix}{body}{_proof(body)}"


def references_in(text: str, prefix: str = PREFIX) -> list[str]:
    """The references that a bank's words hold, those that prove themselves, in their order."""
    found = []
    for match in re.finditer(prefix + _FOUND, text.upper()):
        *body, proof = match.groups()
        if set(body) <= set(_SIGNS) and _proof("".join(body)) == proof:
            found.append(f"{prefix}{''.join(body)}{proof}")
    return list(dict.fromkeys(found))


def _proof(body: str) -> str:
    return _SIGNS[sum(weight * _SIGNS.index(sign) for weight, sign in enumerate(body, start=1)) % _BASE]
