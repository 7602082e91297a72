"""Payments as ISO 20022 pain.001 (customer credit transfer initiation), versions 03 and 09. Pure.

The version 03 is what most Indonesian banks' channels take, 09 what SWIFT asks for since 2025; of what is written
here they differ in two names. Indonesia has no IBAN: accounts go as `Othr`, banks by BIC and clearing code.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from cooperatives.settlements.plan_files import Account, Order, Transfer, plain

VERSIONS = ("03", "09")
_SPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.{}"
_NAME_LENGTH = 70
#: What an element holds: words, or elements in their order.
Content = str | Mapping[str, Any]


def write(order: Order, *, message: str, made_at: datetime, version: str = "03") -> bytes:
    """The document. `message`: its id, at most 35 signs, the same for the same order. Raises ValueError."""
    if version not in VERSIONS:
        raise ValueError(version)
    if not 1 <= len(message) <= 35 or not order.transfers:
        raise ValueError("a message has an id of up to 35 signs, and transfers")
    moment = made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S") + ("Z" if version == "09" else "")
    count, total = str(len(order.transfers)), str(order.total)
    document = ElementTree.Element("Document", {"xmlns": _SPACE.format(version)})
    initiation = ElementTree.SubElement(document, "CstmrCdtTrfInitn")
    party = {"Nm": _name(order.own)}
    head = {"MsgId": message, "CreDtTm": moment, "NbOfTxs": count, "CtrlSum": total, "InitgPty": party}
    _add(initiation, "GrpHdr", head)
    day = order.day.isoformat()
    information = {
        "PmtInfId": message,
        "PmtMtd": "TRF",
        "BtchBookg": "false",
        "NbOfTxs": count,
        "CtrlSum": total,
        "ReqdExctnDt": {"Dt": day} if version == "09" else day,
        "Dbtr": party,
        "DbtrAcct": _account(order.own) | {"Ccy": "IDR"},
        "DbtrAgt": _agent(order.own, version),
        "ChrgBr": "DEBT",
    }
    element = _add(initiation, "PmtInf", information)
    for transfer in order.transfers:
        _add_transfer(element, transfer, version)
    ElementTree.indent(document)
    text: bytes = ElementTree.tostring(document, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _add_transfer(parent: ElementTree.Element, transfer: Transfer, version: str) -> None:
    names = {"InstrId": transfer.reference, "EndToEndId": transfer.reference}
    element = _add(parent, "CdtTrfTxInf", {"PmtId": names})
    amount = ElementTree.SubElement(ElementTree.SubElement(element, "Amt"), "InstdAmt", {"Ccy": "IDR"})
    amount.text = str(transfer.amount)
    _add(element, "CdtrAgt", _agent(transfer.to, version))
    _add(element, "Cdtr", {"Nm": _name(transfer.to)})
    _add(element, "CdtrAcct", _account(transfer.to))
    _add(element, "RmtInf", {"Ustrd": transfer.reference})


def _name(account: Account) -> str:
    return plain(account.holder)[:_NAME_LENGTH]


def _account(account: Account) -> dict[str, Content]:
    return {"Id": {"Othr": {"Id": account.number}}}


def _agent(account: Account, version: str) -> dict[str, Content]:
    bank = account.institution
    return {
        "FinInstnId": {
            "BICFI" if version == "09" else "BIC": bank.bic,
            "ClrSysMmbId": {"MmbId": bank.clearing_code},
            "Nm": plain(bank.name),
        }
    }


def _add(parent: ElementTree.Element, name: str, content: Content) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name)
    if isinstance(content, str):
        element.text = content
    else:
        for below, held in content.items():
            _add(element, below, held)
    return element
