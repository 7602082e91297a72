"""camt.053 (ISO 20022, bank to customer statement), any version, read without trust.

Amounts may have hundredths, as in any bank's file: `bank_files.carry` makes whole rupiah of what the balances prove.
"""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import defusedxml.ElementTree as ElementTree
from defusedxml import DefusedXmlException

from cooperatives.books.bank_files import BankFile, Movement, carry
from cooperatives.books.bank_forms import UnknownForm
from cooperatives.books.opening_table import Refusal
from cooperatives.books.statement_files import CAMT, MOST_LINES
from cooperatives.books.texts import cleaned
from marketplace.money import LARGEST_RUPIAH


def read_camt(content: bytes) -> BankFile:
    """The booked entries of the document's statement; several in one document are refused. Raises UnknownForm."""
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as cause:
        raise UnknownForm("not XML that can be trusted") from cause
    statement = _find(root, "BkToCstmrStmt", "Stmt")
    if statement is None:
        raise UnknownForm("no camt.053: it has no BkToCstmrStmt/Stmt")
    made = BankFile(CAMT, amounts_in="Amt")
    several = len(_all(_find(root, "BkToCstmrStmt"), "Stmt"))
    if several > 1:
        told = f"{several} statements in one file: take in each as a file of its own"
        pesan = f"{several} rekening koran dalam satu berkas: masukkan masing-masing sebagai berkas sendiri"
        made.refusals.append(Refusal(0, "Stmt", told, pesan))
        return made
    for balance in _all(statement, "Bal"):
        kind = _text(balance, "Tp", "CdOrPrtry", "Cd")
        if kind in ("OPBD", "PRCD"):
            made.opening_hundredths = _signed(balance, made, 0)
        elif kind == "CLBD":
            made.closing_hundredths = _signed(balance, made, 0)
    made.starts_on = _day(_text(statement, "FrToDt", "FrDtTm")) or _day(_text(statement, "FrToDt", "FrDt"))
    made.ends_on = _day(_text(statement, "FrToDt", "ToDtTm")) or _day(_text(statement, "FrToDt", "ToDt"))
    for number, entry in enumerate(_all(statement, "Ntry"), start=1):
        if number > MOST_LINES:
            made.refusals.append(
                Refusal(number, "", f"more than {MOST_LINES} lines", f"lebih dari {MOST_LINES} baris")
            )
            break
        _entry(made, number, entry)
    carry(made)
    return made


def _entry(made: BankFile, number: int, entry: Any) -> None:
    status = _text(entry, "Sts", "Cd") or _text(entry, "Sts")
    if status not in ("", "BOOK"):
        return  # not booked by the bank yet
    day = _day(_text(entry, "BookgDt", "Dt") or _text(entry, "BookgDt", "DtTm"))
    if day is None:
        made.refusals.append(Refusal(number, "BookgDt", "no booking day", "tanggal pembukuan tidak ada"))
        return
    amount = _signed(entry, made, number)
    if not amount:
        return
    details = _find(entry, "NtryDtls", "TxDtls")
    references = (
        [_text(details, "Refs", name) for name in ("EndToEndId", "TxId", "InstrId")] if details is not None else []
    )
    references = [one for one in references if one and one != "NOTPROVIDED"]
    references += [_text(entry, "AcctSvcrRef"), _text(entry, "NtryRef")]
    words = [_text(entry, "AddtlNtryInf")]
    if details is not None:
        words += [(part.text or "").strip() for part in _all(_find(details, "RmtInf"), "Ustrd")]
        words += [_text(details, "RltdPties", side, "Nm") for side in ("Dbtr", "Cdtr")]
        words += [_text(details, "RltdPties", side, "Pty", "Nm") for side in ("Dbtr", "Cdtr")]
    described = " ".join(dict.fromkeys(filter(None, words)))
    reference = next(filter(None, references), "")
    made.hundredths.append((amount, None))
    made.movements.append(Movement(number, day, amount // 100, cleaned(described)[:300], cleaned(reference)[:80]))


def _signed(node: Any, made: BankFile, number: int) -> int | None:
    """The node's amount in hundredths of a rupiah, less than zero for a debit of the account."""
    amount = _find(node, "Amt")
    text = "" if amount is None else (amount.text or "").strip()
    currency = "IDR" if amount is None else amount.get("Ccy", "IDR")
    try:
        exact = Decimal(text) * 100
        hundredths = int(exact)
        is_amount = hundredths == exact and abs(hundredths) <= LARGEST_RUPIAH * 100
    except (InvalidOperation, ValueError, OverflowError):
        is_amount, hundredths = False, 0
    if not is_amount or currency != "IDR":
        told = f"{currency} {text}"[:40]
        made.refusals.append(
            Refusal(number, "Amt", f"no amount in rupiah: {told}", f"bukan jumlah dalam rupiah: {told}")
        )
        return None
    return -hundredths if _text(node, "CdtDbtInd") == "DBIT" else hundredths


def _name(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def _all(node: Any, name: str) -> list[Any]:
    return [] if node is None else [child for child in node if _name(child) == name]


def _find(node: Any, *way: str) -> Any:
    for name in way:
        found = _all(node, name)
        if not found:
            return None
        node = found[0]
    return node


def _text(node: Any, *way: str) -> str:
    found = _find(node, *way)
    return "" if found is None else (found.text or "").strip()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
