"""Protection: what other packages call."""

from cooperatives.protection.claims import add_file, read_file, refuse, report, settle, submit, withdraw
from cooperatives.protection.enrolling import Choice, add_dependant, end, end_dependant, enrol
from cooperatives.protection.monthly import bill_month, bring_up
from cooperatives.protection.programmes import Offer, open_programme, retire_programme
from cooperatives.protection.reading import (
    BillFilter,
    Fund,
    bills_in_batch,
    bills_of,
    claims_of,
    enrolments_of,
    fund,
    list_batches,
    list_bills,
    list_claims,
    programmes_of,
    saved,
)
from cooperatives.protection.remitting import approve, confirm, prepare, receive_back, send

__all__ = [
    "BillFilter",
    "Choice",
    "Fund",
    "Offer",
    "add_dependant",
    "add_file",
    "approve",
    "bill_month",
    "bills_in_batch",
    "bills_of",
    "bring_up",
    "claims_of",
    "confirm",
    "end",
    "end_dependant",
    "enrol",
    "enrolments_of",
    "fund",
    "list_batches",
    "list_bills",
    "list_claims",
    "open_programme",
    "prepare",
    "programmes_of",
    "read_file",
    "receive_back",
    "refuse",
    "report",
    "retire_programme",
    "saved",
    "send",
    "settle",
    "submit",
    "withdraw",
]
