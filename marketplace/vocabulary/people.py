"""Who may do something, by role or as code says it."""

from collections.abc import Mapping

from marketplace.vocabulary.words import Words

#: Who may do it: "perlu …", "it needs …". Roles stand as `Role` has them, in small letters.
PEOPLE: Mapping[str, Words] = {
    "chair": ("ketua", "chair"),
    "secretary": ("sekretaris", "secretary"),
    "treasurer": ("bendahara", "treasurer"),
    "dispatcher": ("petugas antaran", "dispatcher"),
    "unit_manager": ("pengelola unit", "unit manager"),
    "loan_officer": ("petugas pinjaman", "loan officer"),
    "supervisor": ("pengawas", "pengawas"),
    "member": ("anggota", "member"),
    "driver": ("pengemudi", "driver"),
    "seller_owner": ("pemilik toko", "shop owner"),
    "seller_staff": ("petugas toko", "shop staff"),
    "platform_representative": ("wakil aplikator", "aplikator's representative"),
    "government_supervisor": ("pembina", "government supervisor"),
    "node_operator": ("pengelola node", "node operator"),
    "officer": ("pengurus", "officer"),
    "unit keeper": ("pengelola unit", "unit keeper"),
    "another officer": ("pengurus lain", "another officer"),
    "a second officer": ("pengurus kedua", "a second officer"),
    "another officer than the one who proposed": ("pengurus selain pengusul", "another officer than who proposed"),
    "another officer than the one who appealed": (
        "pengurus selain yang berkeberatan",
        "another officer than the one who appealed",
    ),
    "officers other than the account's owner": (
        "pengurus selain pemilik akun",
        "officers other than the account's owner",
    ),
    "the member himself": ("anggota itu sendiri", "the member himself"),
    "the member whose vehicle it is": ("anggota pemilik kendaraannya", "the member whose vehicle it is"),
    "a witness who did not enter them": ("saksi yang tidak memasukkannya", "a witness who did not enter them"),
    "a person, not an API key": ("orang, bukan kunci API", "a person, not an API key"),
    # sides of an order
    "buyer": ("pembeli", "buyer"),
    "seller": ("penjual", "seller"),
    "operator": ("pengelola", "operator"),
    "system": ("sistem", "the system"),
}
