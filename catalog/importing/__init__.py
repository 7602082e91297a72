"""Sellers and listings from CSV and XLSX files, and back.

A file is read line by line (`files`), its columns are renamed and its words translated by a profile
(`profiles`), each text becomes a value (`values`, `weeks`), and `sellers` and `listings` write what differs in
batches. A line that does not stand is reported with its number, column and reason, and the others go on.
"""
