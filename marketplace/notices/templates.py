"""The words of each notice, in Bahasa Indonesia and English. Pure.

A template takes the notice's stored values: `number` of the order, `shop`, `total` (written rupiah), `method`,
`reason`, `cooperative`, `member` (its number), `name`, `listing`, `search`, `role`; of money between co-ops `group`,
`amount`, `other_amount`, `other` (the other co-op), `reference` (the bank's). A value that is missing is left empty,
so that an old notice never fails to be read.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from marketplace.notices.models import NoticeKind
from marketplace.notices.wordings import deliveries, finding, governance, loans, members, money, orders, people
from marketplace.notices.wordings.words import Words

TEMPLATES: dict[str, dict[NoticeKind, Words]] = {
    "id": orders.ID | deliveries.ID | people.ID | money.ID | members.ID | loans.ID | finding.ID | governance.ID,
    "en": orders.EN | deliveries.EN | people.EN | money.EN | members.EN | loans.EN | finding.EN | governance.EN,
}

#: Words that stand in values, by language.
METHODS = {
    "id": {"CASH": "tunai saat diantar", "ONLINE": "sudah dibayar"},
    "en": {"CASH": "cash on delivery", "ONLINE": "already paid"},
}


#: Offices of a co-op, as its people call them.
ROLES = {
    "id": {
        "CHAIR": "ketua",
        "SECRETARY": "sekretaris",
        "TREASURER": "bendahara",
        "DISPATCHER": "petugas antar",
        "UNIT_MANAGER": "manajer unit",
        "LOAN_OFFICER": "petugas pinjaman",
        "SUPERVISOR": "pengawas",
    },
    "en": {
        "CHAIR": "chair",
        "SECRETARY": "secretary",
        "TREASURER": "treasurer",
        "DISPATCHER": "dispatcher",
        "UNIT_MANAGER": "unit manager",
        "LOAN_OFFICER": "loan officer",
        "SUPERVISOR": "supervisor (pengawas)",
    },
}

#: A driver's papers, as people call them.
PAPERS = {
    "id": {"SIM": "SIM", "STNK": "STNK", "INSURANCE": "Asuransi", "HEALTH": "Surat keterangan sehat"},
    "en": {
        "SIM": "licence (SIM)",
        "STNK": "registration (STNK)",
        "INSURANCE": "insurance",
        "HEALTH": "health certificate",
    },
}

#: What the law asks of a co-op, and how a motion ended.
DUTIES = {
    "id": {
        "ANNUAL_REPORT": "laporan tahunan",
        "CALL_ANNUAL_MEETING": "undangan RAT",
        "ANNUAL_MEETING": "RAT",
        "ELECTION": "pemilihan",
    },
    "en": {
        "ANNUAL_REPORT": "the annual report",
        "CALL_ANNUAL_MEETING": "the call to the annual meeting",
        "ANNUAL_MEETING": "the annual meeting (RAT)",
        "ELECTION": "an election",
    },
}
OUTCOMES = {
    "id": {"ADOPTED": "disetujui", "REJECTED": "ditolak"},
    "en": {"ADOPTED": "adopted", "REJECTED": "rejected"},
}
#: What became of a claim.
CLAIMS = {
    "id": {
        "SUBMITTED": "diajukan",
        "RECEIVED": "diterima koperasi",
        "PAID": "dibayar",
        "REFUSED": "ditolak",
        "WITHDRAWN": "ditarik kembali",
    },
    "en": {
        "SUBMITTED": "submitted",
        "RECEIVED": "received by the co-op",
        "PAID": "paid",
        "REFUSED": "refused",
        "WITHDRAWN": "taken back",
    },
}


def words_of(kind: NoticeKind, values: Mapping[str, Any], language: str) -> Words:
    """The notice in `language` (`id` unless it is `en`)."""
    language = "en" if language == "en" else "id"
    template = TEMPLATES[language][kind]
    known: defaultdict[str, Any] = defaultdict(str, values)
    known["sumber"] = values.get("sumber", values.get("source", ""))
    known["role"] = ROLES[language].get(str(values.get("role")), "")
    known["paper"] = PAPERS[language].get(str(values.get("paper")), "")
    known["duty"] = DUTIES[language].get(str(values.get("kind")), "")
    known["outcome"] = OUTCOMES[language].get(str(values.get("state")), "")
    known["claim"] = CLAIMS[language].get(str(values.get("state")), "")
    known["method"] = METHODS[language].get(str(values.get("method")), "")
    return Words(template.title.format_map(known), template.body.format_map(known).strip())
