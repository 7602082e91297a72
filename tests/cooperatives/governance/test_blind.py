"""Blind signatures: RFC 9474's own vector (appendix A.1), and what is refused."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from cooperatives.governance import blind
from marketplace.errors import Invalid
from tests.cooperatives.governance import device

VECTOR = json.loads((Path(__file__).parent / "rfc9474_a1.json").read_text())
N, E, D, INVERSE = (int(VECTOR[name], 16) for name in ("n", "e", "d", "inv"))
RAW = {name: bytes.fromhex(VECTOR[name]) for name in ("msg", "msg_prefix", "salt", "blinded_msg", "blind_sig", "sig")}
PUBLIC = rsa.RSAPublicNumbers(E, N).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
P, Q = rsa.rsa_recover_prime_factors(N, E, D)
NUMBERS = rsa.RSAPrivateNumbers(
    P, Q, D, rsa.rsa_crt_dmp1(D, P), rsa.rsa_crt_dmq1(D, Q), rsa.rsa_crt_iqmp(P, Q), rsa.RSAPublicNumbers(E, N)
)
PRIVATE = NUMBERS.private_key().private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
KEYS = blind.new_keys()


def test_the_rfcs_vector_is_blinded_signed_finished_and_verified() -> None:
    prepared = RAW["msg_prefix"] + RAW["msg"]
    assert device.blind(N, E, prepared, RAW["salt"], INVERSE) == RAW["blinded_msg"]
    assert blind.sign(PRIVATE, RAW["blinded_msg"]) == RAW["blind_sig"]
    assert device.finish(N, RAW["blind_sig"], INVERSE) == RAW["sig"]
    assert blind.is_signed(PUBLIC, RAW["msg_prefix"], RAW["msg"], RAW["sig"])


@pytest.mark.parametrize("part", ["msg_prefix", "msg", "sig"])
def test_a_changed_bit_is_no_signature(part: str) -> None:
    changed = {**RAW, part: bytes([RAW[part][0] ^ 1]) + RAW[part][1:]}
    assert not blind.is_signed(PUBLIC, changed["msg_prefix"], changed["msg"], changed["sig"])


def test_a_token_signed_blindly_is_signed_and_the_signer_saw_nothing_of_it() -> None:
    voter = device.Device(KEYS.public)
    signature = blind.sign(KEYS.private, voter.blinded)
    ballot = voter.ballot(signature, "m", ["FOR"])
    assert blind.is_signed(KEYS.public, ballot.prefix, ballot.token, ballot.token_signature)
    # what the register saw fits every token as well: another blinding makes the same message of another voter's
    other = device.Device(KEYS.public)
    theirs = other.ballot(blind.sign(KEYS.private, other.blinded), "m", ["AGAINST"])
    n = other.n
    factor = int.from_bytes(voter.blinded, "big") * pow(
        pow(int.from_bytes(theirs.token_signature, "big"), 65_537, n), -1, n
    )
    mask = pow(factor % n, _private_exponent(), n)
    assert int.from_bytes(signature, "big") * pow(mask, -1, n) % n == int.from_bytes(theirs.token_signature, "big")


def _private_exponent() -> int:
    key = load_der_private_key(KEYS.private, None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key.private_numbers().d


@pytest.mark.parametrize("blinded", [b"", b"\x00" * 256, b"\xff" * 256, b"\x01" * 255, b"\x01" * 257])
def test_what_is_no_blinded_message_is_not_signed(blinded: bytes) -> None:
    with pytest.raises(Invalid):
        blind.sign(KEYS.private, blinded)
