"""Tables as files that can be opened safely and that say where they come from."""

from collections.abc import Sequence

import pandas as pd

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


def to_csv(table: pd.DataFrame, notes: Sequence[str] = ()) -> bytes:
    """The table as CSV for a spreadsheet, with notes on source and licence below it.

    Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP ASVS
    5.0, 1.2.10). Numbers are left alone.
    """
    safe = table.map(_harmless).rename(columns=_harmless)
    text = safe.to_csv(index=False, lineterminator="\r\n")
    lines = [_quoted(str(_harmless(note))) for note in notes]
    return ("\ufeff" + text + "".join(f"\r\n{line}" for line in lines)).encode("utf-8")


def _harmless(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(_STARTS_A_FORMULA):
        return f"'{cell}"
    return cell


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
