"""What a file of replies would do, told to whoever brings it: no results, no single reply."""

import pandas as pd
import streamlit as st

from benchmarking import exports
from benchmarking.imports.survey import RowFault
from benchmarking.imports.survey_layout import RESPONSE_ID, Instrument
from benchmarking.replies import number_of
from benchmarking.survey import file_imports
from benchmarking.survey.file_imports import Look
from benchmarking.ui import rows, show

_MOST_FAULTS = 200


def tell(look: Look) -> None:
    """How many rows, which of them cannot be read and why, and how much was recognised."""
    st.subheader("What this file would do", anchor=False)
    show.note(look.in_words, alert=bool(look.file.refused))
    rows.table(
        "What the rows of the file come to", ("Rows", "How many", "What happens"), _kinds(look)
    )
    for remark in look.remarks:
        show.note(remark)
    if look.file.refused:
        _faults(look)
    with st.expander("How many answers were recognised, item by item"):
        rows.table(
            "Answers recognised",
            ("Item", "Asked", "Answers"),
            [(item_id, prompt, f"{many:,}") for item_id, prompt, many in look.recognised],
        )


def guide(instrument: Instrument) -> None:
    """What each column of the template is, and what may stand in it."""
    scale = instrument.scale
    answers = ", ".join(
        f"{choice.label} ({number_of(scale, choice.id)})" for choice in scale.choices
    )
    show.note(f"Write an answer in words or as its number: {answers}. Blank: not answered.")
    asked = [(item.id, item.prompt) for item in instrument.items]
    first = (
        RESPONSE_ID,
        "What tells one reply from another, the same in every file. Kept only "
        "in a form from which it cannot be read.",
    )
    table = pd.DataFrame([first, *asked], columns=["Column", "What it holds"])
    show.table(table, key="survey-columns-meaning", alt="The columns of the template")


def replies(look: Look) -> str:
    """How many replies would be stored, as a button says it."""
    many = len(look.difference.new) + len(look.difference.corrections)
    return "this reply" if many == 1 else f"these {many:,} replies"


def leaving_out(look: Look) -> str:
    """What somebody ticks who stores the rest of a file with faults."""
    many = look.file.refused
    rows_left = "1 row that cannot be read" if many == 1 else f"{many:,} rows that cannot be read"
    return f"Leave out the {rows_left}, and store the other replies"


def _kinds(look: Look) -> list[tuple[str, str, str]]:
    found, file = look.difference, look.file
    kinds = (
        ("New replies", len(found.new), "Stored"),
        ("Corrected replies", len(found.corrections), "Stored in place of what they said before"),
        ("Stored already", found.same, "Nothing, they say the same"),
        ("Twice in this file", file.repeated, "Counted once"),
        ("Without any answer", file.blank, "Left out"),
        ("Cannot be read", file.refused, "Not stored"),
    )
    return [(name, f"{many:,}", what) for name, many, what in kinds if many]


def _faults(look: Look) -> None:
    many = look.file.refused
    title = "1 row cannot be read" if many == 1 else f"{many:,} rows cannot be read"
    with st.expander(title, expanded=True):
        st.download_button(
            "Download the whole list as CSV",
            lambda: exports.to_csv(file_imports.faults_table(look)),
            file_name=f"rows-to-correct-{look.trust_code}.csv",
            mime="text/csv",
            key=f"survey.{look.trust_code}.faults",
            on_click="ignore",
        )
        listed = look.file.faults[:_MOST_FAULTS]
        rows.table(
            "Rows that cannot be read",
            ("Where", "What is wrong", "What to do"),
            [(_where(one), _capital(f"{one.problem}."), f"{one.remedy}.") for one in listed],
        )
        left = len(look.file.faults) + look.file.more_faults - len(listed)
        if left:
            show.note(f"And {left:,} more faults, in the file above.")


def _where(fault: RowFault) -> str:
    row = f"Row {fault.row:,}"
    return f"{row}, {fault.column}" if fault.column else row


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
