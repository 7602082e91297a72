"""What each rule of the law and each by-law is about, in Bahasa Indonesia and in English, by its name in `rules`.

A by-law is cited by these words, since it has no article that anybody could look up.
"""

from collections.abc import Mapping

from marketplace.vocabulary.words import Words

#: Rules of the law.
LAWS: Mapping[str, Words] = {
    "annual_meeting.deadline": (
        "RAT setelah tutup buku, paling lambat",
        "Annual meeting after the year's end, latest",
    ),
    "annual_meeting.deadline_primary_office": (
        "RAT koperasi primer menurut dinas, paling lambat",
        "Annual meeting of a primary co-op by office practice, latest",
    ),
    "annual_meeting.report_before": ("Laporan tahunan sebelum RAT", "Annual report before the annual meeting"),
    "bpjs.discount_others": ("Potongan iuran BPJS pekerja mandiri", "Discount on BPJS of the self-employed"),
    "bpjs.discount_transport": ("Potongan iuran BPJS pekerja transportasi", "Discount on BPJS of transport workers"),
    "bpjs.health_class_1_monthly": ("Iuran BPJS Kesehatan kelas 1 sebulan", "BPJS health, class 1, a month"),
    "bpjs.health_class_2_monthly": ("Iuran BPJS Kesehatan kelas 2 sebulan", "BPJS health, class 2, a month"),
    "bpjs.health_class_3_member_monthly": ("Iuran BPJS Kesehatan kelas 3 sebulan", "BPJS health, class 3, a month"),
    "bpjs.health_due_day": ("Batas bayar BPJS Kesehatan tiap bulan", "Day of the month by which BPJS health is due"),
    "bpjs.jht": ("Iuran jaminan hari tua (JHT)", "Old-age benefit (JHT)"),
    "bpjs.jht_least_monthly": ("Iuran JHT sebulan, paling sedikit", "Old-age benefit (JHT) a month, at least"),
    "bpjs.jkk": ("Iuran jaminan kecelakaan kerja (JKK)", "Work accident benefit (JKK)"),
    "bpjs.jkk_least_monthly": ("Iuran JKK sebulan, paling sedikit", "Work accident benefit (JKK) a month, at least"),
    "bpjs.jkm_monthly": ("Iuran jaminan kematian (JKM) sebulan", "Death benefit (JKM) a month"),
    "documents.kept": ("Penyimpanan dokumen keuangan", "How long financial documents are kept"),
    "founders.primary": ("Pendiri koperasi primer, paling sedikit", "Founders of a primary co-op, at least"),
    "founders.secondary": (
        "Koperasi pendiri koperasi sekunder, paling sedikit",
        "Founders of a secondary co-op, least",
    ),
    "halal.binds_micro_and_small": (
        "Wajib bersertifikat halal bagi usaha mikro dan kecil",
        "Halal certificate of micro and small businesses",
    ),
    "holiday_bonus.days_before_idul_fitri": (
        "Bonus hari raya sebelum Idul Fitri, paling lambat",
        "Holiday bonus before Idul Fitri, at the latest",
    ),
    "holiday_bonus.least_of_monthly_average": (
        "Bonus hari raya dari rata-rata pendapatan sebulan, paling sedikit",
        "Holiday bonus of the monthly average, at least",
    ),
    "loan.class_doubtful_from_days": (
        "Pinjaman diragukan sejak terlambat",
        "A loan is doubtful from so many days late",
    ),
    "loan.class_loss_from_days": ("Pinjaman macet sejak terlambat", "A loan is a loss from so many days late"),
    "loan.class_substandard_from_days": (
        "Pinjaman kurang lancar sejak terlambat",
        "A loan is substandard from so many days late",
    ),
    "loan.class_watch_from_days": (
        "Pinjaman dalam perhatian khusus sejak terlambat",
        "A loan is watched from so many days late",
    ),
    "loan.members_only": ("Pinjaman hanya kepada anggota", "Loans to members alone"),
    "loan.rate_cap_yearly": (
        "Jasa pinjaman efektif setahun, paling tinggi",
        "Effective rate of a loan a year, at most",
    ),
    "loan.related_parties_of_own_capital": (
        "Pinjaman pihak terkait dari modal sendiri, paling banyak",
        "Loans to related parties of own capital, at most",
    ),
    "loan.reserve_current": ("Cadangan risiko pinjaman lancar", "Reserve for loans that are paid on time"),
    "loan.reserve_doubtful": ("Cadangan risiko pinjaman diragukan", "Reserve for doubtful loans"),
    "loan.reserve_loss": ("Cadangan risiko pinjaman macet", "Reserve for loans that are a loss"),
    "loan.reserve_substandard": ("Cadangan risiko pinjaman kurang lancar", "Reserve for substandard loans"),
    "loan.reserve_watch": ("Cadangan risiko pinjaman dalam perhatian khusus", "Reserve for watched loans"),
    "membership.associates": ("Anggota luar biasa", "Associate members"),
    "membership.candidate_longest": ("Calon anggota, paling lama", "Candidate for membership, at most"),
    "membership.not_transferable": (
        "Keanggotaan tidak dapat dipindahtangankan",
        "Membership can't be handed to another",
    ),
    "membership.register": ("Buku daftar anggota", "Register of members"),
    "membership.rights": ("Hak anggota", "Rights of members"),
    "officers.from_members": ("Pengurus dipilih dari anggota", "Officers are elected from the members"),
    "officers.term": ("Masa jabatan pengurus, paling lama", "Term of officers, at most"),
    "personal_data.erasure": ("Penghapusan data pribadi", "Erasure of personal data"),
    "platform.commission_cap": ("Potongan aplikasi, paling banyak", "What a platform keeps, at most"),
    "platform.support_cap": ("Biaya penunjang aplikasi, paling banyak", "What a platform keeps for support, at most"),
    "qris.micro_fee_above": (
        "Biaya QRIS usaha mikro di atas batas gratis",
        "QRIS fee of micro shops above what is free",
    ),
    "qris.micro_free_up_to": ("QRIS usaha mikro gratis sampai", "QRIS is free to micro shops up to"),
    "qris.regular_fee": ("Biaya QRIS usaha lain", "QRIS fee of other shops"),
    "savings.capital_kept": (
        "Simpanan pokok dan wajib tetap selama menjadi anggota",
        "Principal and mandatory savings stay while one is a member",
    ),
    "savings.rate_cap_yearly": ("Jasa simpanan setahun, paling tinggi", "Interest on savings a year, at most"),
    "supervisors.from_members": (
        "Pengawas dipilih dari anggota",
        "The supervisory board is elected from the members",
    ),
    "supervisors.no_officers": ("Pengawas bukan pengurus", "The supervisory board has no officers in it"),
    "surplus.percentages_total": ("Pembagian SHU, seluruhnya", "Shares of the surplus, in all"),
    "tax.designation_in_force": (
        "Penunjukan pemungut pajak mulai berlaku",
        "A designation to withhold tax takes force",
    ),
    "tax.savings_interest": ("PPh final jasa simpanan", "Final tax on interest of savings"),
    "tax.savings_interest_free_monthly": (
        "Jasa simpanan bebas PPh sebulan",
        "Interest of savings a month free of tax",
    ),
    "tax.seller_exempt_yearly": ("Omzet setahun bebas pungutan", "Turnover a year of which nothing is withheld"),
    "tax.seller_withheld": ("PPh yang dipungut dari penjual", "Tax withheld from sellers"),
    "votes.a_member": ("Satu anggota satu suara", "One member, one vote"),
    "votes.weighted_primary": ("Suara berimbang di koperasi primer", "Weighted votes in a primary co-op"),
}

#: By-laws (AD/ART) of co-ops.
BY_LAWS: Mapping[str, Words] = {
    "savings.principal": ("Simpanan pokok, sekali", "Principal savings, once"),
    "savings.mandatory_monthly": ("Simpanan wajib per bulan", "Mandatory savings a month"),
    "savings.rate_yearly": ("Jasa simpanan sukarela per tahun", "Interest on voluntary savings a year"),
    "savings.term_rate_yearly": (
        "Jasa simpanan berjangka per tahun, paling tinggi",
        "Interest on term deposits a year, at most",
    ),
    "savings.most_voluntary": (
        "Simpanan sukarela seorang anggota, paling banyak",
        "One member's voluntary savings, at most",
    ),
    "savings.withdrawal_notice": ("Pemberitahuan sebelum penarikan simpanan", "Notice before savings are withdrawn"),
    "loan.rate_yearly": (
        "Jasa pinjaman efektif per tahun, paling tinggi",
        "Effective interest on loans a year, at most",
    ),
    "loan.most": ("Pinjaman seorang anggota, paling banyak", "One member's loans, at most"),
    "loan.most_times_savings": ("Pinjaman paling banyak, kali simpanan", "Loans at most so many times the savings"),
    "loan.longest_term": ("Jangka pinjaman, paling lama", "Term of a loan, at most"),
    "loan.related_parties": (
        "Pinjaman pihak terkait dari modal sendiri, paling banyak",
        "Loans to related parties of own capital, at most",
    ),
    "officers.approval_threshold": (
        "Di atas jumlah ini perlu dua pengurus",
        "Above this amount it takes two officers",
    ),
    "officers.term": ("Masa jabatan pengurus dan pengawas", "Term of officers and supervisors"),
    "officers.candidate_membership": (
        "Lama keanggotaan calon pengurus dan pengawas, paling sedikit",
        "How long who stands for office has been a member, at least",
    ),
    "deduction.share_of_earnings": ("Potongan dari pendapatan, paling banyak", "Deducted from earnings, at most"),
    "member.active_transactions_yearly": (
        "Transaksi setahun bagi anggota aktif",
        "Transactions a year of an active member",
    ),
    "member.active_arrears_months": (
        "Tunggakan simpanan wajib anggota aktif",
        "Mandatory savings that an active member may owe",
    ),
    "member.associates_allowed": ("Menerima anggota luar biasa", "Associate members are admitted"),
    "member.hearing_notice": ("Panggilan sebelum anggota didengar", "Notice before a member's hearing"),
    "member.expulsion_by_meeting": (
        "Pemberhentian anggota diputuskan rapat anggota",
        "The members' meeting decides on expulsions",
    ),
    "member.expulsion_appeal": ("Banding atas pemberhentian, paling lama", "Appeal against an expulsion, at most"),
    "protection.solidarity_monthly": (
        "Iuran dana solidaritas per bulan bagi peserta",
        "Monthly to the solidarity fund, of who is enrolled",
    ),
    "protection.carried_months": (
        "Bulan yang ditalangi dana solidaritas, paling banyak",
        "Months that the solidarity fund carries a member, at most",
    ),
    "surplus.reserve": ("SHU: cadangan", "Surplus: reserve"),
    "surplus.patronage": ("SHU: jasa usaha", "Surplus: by members' business"),
    "surplus.capital": ("SHU: jasa modal", "Surplus: by members' savings"),
    "surplus.officers": ("SHU: pengurus dan karyawan", "Surplus: officers and staff"),
    "surplus.education": ("SHU: pendidikan", "Surplus: education"),
    "surplus.social": ("SHU: sosial", "Surplus: social fund"),
    "surplus.development": ("SHU: pembangunan daerah kerja", "Surplus: development of the area"),
    "annual_meeting.deadline": (
        "RAT setelah tutup buku, paling lambat",
        "Annual meeting after the year's end, at the latest",
    ),
    "meeting.notice": ("Undangan sebelum rapat", "Notice of a meeting"),
    "meeting.quorum": ("Kuorum rapat, lebih dari", "Quorum of a meeting, more than"),
    "meeting.second_quorum": ("Kuorum rapat kedua, paling sedikit", "Quorum of a meeting called again, at least"),
    "motion.majority": ("Suara setuju, lebih dari", "Votes in favour, more than"),
    "motion.amendment_majority": (
        "Suara setuju atas perubahan AD/ART, lebih dari",
        "Votes in favour of a change of by-laws, more than",
    ),
    "meeting.proxies_a_holder": ("Kuasa suara yang boleh dipegang", "Proxies that one may hold; 0: none"),
    "votes.weighted": ("Suara berimbang (koperasi sekunder)", "Weighted votes (secondary co-ops)"),
    "meeting.delegates_allowed": ("Rapat kelompok dengan utusan", "Group meetings with delegates"),
    "meeting.members_a_delegate": (
        "Anggota yang diwakili seorang utusan, paling banyak",
        "Members for whom one delegate stands",
    ),
}


def words_of(rule: str) -> Words:
    """What the rule of this name is about. One that an operator added stands by its name."""
    return BY_LAWS.get(rule) or LAWS.get(rule) or (rule, rule)


def title_of(rule: str, language: str) -> str:
    """The same in one language, `id` or `en`."""
    return words_of(rule)[1 if language == "en" else 0]
