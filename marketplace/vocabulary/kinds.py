"""Kinds of things that refusals name."""

from collections.abc import Mapping

from marketplace.vocabulary.words import Words

#: What a motion is about.
MOTIONS: Mapping[str, Words] = {
    "BY_LAWS": ("perubahan AD/ART", "a change of by-laws"),
    "ELECTION": ("pemilihan", "an election"),
    "ACCOUNTS": ("laporan pengurus", "the accounts"),
    "BUDGET": ("rencana anggaran", "the budget"),
    "SURPLUS": ("pembagian SHU", "the surplus"),
    "LOAN_WRITE_OFF": ("penghapusan pinjaman", "the write-off of a loan"),
    "DISPATCH_POLICY": ("aturan pembagian antaran", "how deliveries are offered"),
    "CARRIER_SHARE": ("bagian koperasi dari ongkos antar", "the co-op's share of deliveries"),
    "EXPULSION": ("pemberhentian anggota", "the expulsion of a member"),
    "OTHER": ("hal lain", "something else"),
}

#: What a part of the surplus is for.
POOLS: Mapping[str, Words] = {
    "RESERVE": ("cadangan", "the reserve"),
    "PATRONAGE": ("jasa usaha", "members' business"),
    "CAPITAL": ("jasa modal", "members' savings"),
    "OFFICERS": ("pengurus dan karyawan", "officers and staff"),
    "EDUCATION": ("pendidikan", "education"),
    "SOCIAL": ("dana sosial", "the social fund"),
    "DEVELOPMENT": ("pembangunan daerah kerja", "development of the area"),
    "NON_MEMBER": ("usaha dengan bukan anggota", "business with non-members"),
}

#: What a driver rides.
VEHICLES: Mapping[str, Words] = {
    "BICYCLE": ("sepeda", "bicycle"),
    "MOTORCYCLE": ("sepeda motor", "motorcycle"),
    "TRICYCLE": ("roda tiga", "tricycle"),
    "CAR": ("mobil", "car"),
    "VAN": ("mobil boks", "van"),
    "TRUCK": ("truk", "truck"),
}

#: Over what money is paid; none: it was not said.
CHANNELS: Mapping[str, Words] = {
    "SIMULATED": ("pembayaran uji coba", "test payments"),
    "CARD": ("kartu", "cards"),
    "QRIS": ("QRIS", "QRIS"),
    "VIRTUAL_ACCOUNT": ("virtual account", "virtual accounts"),
    "EWALLET": ("dompet digital", "wallets"),
    "": ("cara bayar yang tidak disebut", "a way that is not said"),
}

#: What shows that goods changed hands.
PROOFS: Mapping[str, Words] = {
    "PHOTO": ("foto", "a photo"),
    "SIGNATURE": ("tanda tangan", "a signature"),
    "PARCEL_CODE": ("kode paket", "the parcel's code"),
}

#: What is done about an incident on the road.
REMEDIES: Mapping[str, Words] = {
    "WAIT": ("menunggu", "wait"),
    "REASSIGN": ("pengemudi lain", "another driver"),
    "HAND_OVER": ("serahkan ke koperasi lain", "hand over to another co-op"),
    "TURN_BACK": ("kembalikan barangnya", "turn back"),
    "CANCEL": ("batalkan", "cancel"),
}
