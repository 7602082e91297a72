"""What the books print: every table a treasurer sees, as a workbook and as paper.

`paper` is what is printed, free of how; `statements`, `listings` make it from what the books say; `pdf` and
`xlsx` write it.
"""
