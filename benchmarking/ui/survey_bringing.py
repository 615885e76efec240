"""Bringing replies by file: the template, what a file would do, and storing it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from markupsafe import Markup

from benchmarking import exports
from benchmarking.imports.refusal import ImportRefused
from benchmarking.imports.survey_layout import SurveyMapping
from benchmarking.imports.survey_tables import PAGE_BYTES
from benchmarking.survey import file_imports, mappings
from benchmarking.survey.file_imports import Look, StaleLook, Standing, Upload
from benchmarking.survey.mappings import Columns
from benchmarking.ui import (
    entry_form,
    html,
    saving,
    show,
    survey_asked,
    survey_mapping_form,
    survey_report,
)
from benchmarking.ui.entry_form import Done, Form, Told
from benchmarking.visit import Visit

_MEGABYTES = PAGE_BYTES // 1024**2
_MOST_FAULTS = 50
_NOTHING_NEW = "Nothing in this file would change what is stored."
_NOTHING_READ = (
    "No row that can be read would change what is stored. Correct the rows above, and upload the "
    "file again."
)


@dataclass
class Bringing:
    """The file that is being brought in one browser tab, as far as it was read.

    ``file_id`` is the uploader's; ``mapped_as`` is what ``look`` was made with.
    """

    file_id: str = ""
    columns: Columns | None = None
    mapped_as: SurveyMapping | None = None
    look: Look | None = None
    refused: ImportRefused | None = None

    def begin(self, file_id: str) -> None:
        """Forgets what was read of another file."""
        if self.file_id != file_id:
            self.file_id, self.columns, self.refused = file_id, None, None
            self.look = None


def offer(visit: Visit, trust_code: str, seen: Standing, told: Told, about: str) -> None:
    """Everything needed to bring a file, from the template to the button that stores it."""
    st.header("Bring a file of replies", anchor=False)
    if seen.is_purged:
        show.note(
            "The single replies of this cycle were removed when their time was over, so no more "
            "can be brought. Its results stay."
        )
        return
    if not seen.brought:
        _first_steps()
    _template(visit, trust_code, seen)
    form = entry_form.form(f"survey.{about}.file", told)
    # The number in the key empties the field once its file was stored.
    handed = st.file_uploader(
        "Replies as a CSV or Excel file",
        type=["csv", "xlsx"],
        key=form.key_of("upload"),
        max_upload_size=_MEGABYTES,
        help="One row for each reply. No names and no contact details, please.",
    )
    bringing = _bringing(form)
    if handed is None:
        bringing.begin("")
        return
    bringing.begin(handed.file_id)
    upload = Upload(handed.name, handed.getvalue())
    _file(visit, trust_code, seen, upload, bringing, form)


def _first_steps() -> None:
    steps = (
        "Use your own survey’s file as it is, or copy its answers into the template below. Each "
        "reply is a row; a blank cell says that a question was not answered.",
        "Upload it. You see what is new and what cannot be read before anything is stored.",
        "Correct the file, or leave out the rows that cannot be read. Then store the replies.",
    )
    items = html.joined([Markup("<li>{}</li>").format(step) for step in steps])
    html.put(Markup('<ol class="bm-list">{}</ol>').format(items))


def _template(visit: Visit, trust_code: str, seen: Standing) -> None:
    st.download_button(
        "Download the template",
        lambda: exports.to_csv(file_imports.template(visit, trust_code, seen.cycle)),
        file_name=f"survey-replies-{trust_code}.csv",
        mime="text/csv",
        key=f"survey.{trust_code}.template",
        on_click="ignore",
    )
    with st.expander("What its columns mean", key="survey-columns", on_change="rerun") as opened:
        if opened.open and seen.instrument is not None:
            survey_report.guide(seen.instrument)


def _file(
    visit: Visit,
    trust_code: str,
    seen: Standing,
    upload: Upload,
    bringing: Bringing,
    form: Form,
) -> None:
    columns = bringing.columns or _read(
        bringing, lambda: _look_over(visit, trust_code, seen, upload, bringing)
    )
    if columns is None:
        _refusal(bringing)
        return
    mapping = None
    if not columns.is_template:
        mapping = survey_mapping_form.choose(visit, trust_code, seen, columns, bringing.file_id)
        if mapping is None:
            return
    if bringing.look is None or bringing.mapped_as != mapping:
        bringing.mapped_as, bringing.look, bringing.refused = mapping, None, None
    look = _read(bringing, lambda: _look_at(visit, trust_code, seen, upload, bringing))
    if look is None:
        _refusal(bringing)
        return
    survey_report.tell(look)
    _accept(look, seen, bringing, form)


def _read(bringing: Bringing, do: Callable[[], Any]) -> Any:
    """What was read of a file, or None where it was refused; each is found out once."""
    if bringing.refused is not None:
        return None
    try:
        return do()
    except ImportRefused as refused:
        bringing.refused = refused
        return None


def _look_over(
    visit: Visit, trust_code: str, seen: Standing, upload: Upload, bringing: Bringing
) -> Columns:
    with st.spinner("Looking at the columns…"):
        bringing.columns = mappings.look_over(visit, trust_code, seen.cycle, upload)
    return bringing.columns


def _look_at(
    visit: Visit, trust_code: str, seen: Standing, upload: Upload, bringing: Bringing
) -> Look:
    if bringing.look is None:
        bar = st.progress(0.0, text="Reading the replies")
        bringing.look = file_imports.look_at(
            visit,
            trust_code,
            seen.cycle,
            upload,
            bringing.mapped_as,
            lambda share: bar.progress(min(1.0, share), text="Reading the replies") and None,
        )
        bar.empty()
    return bringing.look


def _refusal(bringing: Bringing) -> None:
    faults = bringing.refused.faults if bringing.refused else ()
    lines = [Markup("<li>{}</li>").format(str(fault)) for fault in faults[:_MOST_FAULTS]]
    said = Markup("<p>This file cannot be read, so nothing was stored.</p>")
    listed = Markup('<ul class="bm-list">{}</ul>').format(html.joined(lines))
    html.put(saving.error_summary(said + listed))


def _accept(look: Look, seen: Standing, bringing: Bringing, form: Form) -> None:
    """The last question before replies are stored."""
    entry_form.show_problems(form)
    if look.difference.is_nothing:
        show.note(_NOTHING_READ if look.file.refused else _NOTHING_NEW)
        return
    with st.form(f"{form.key}.accept", border=True):
        st.subheader("How many people were asked, if you know it now", anchor=False)
        survey_asked.say_recorded(seen)
        survey_asked.fields(form)
        if look.file.refused:
            st.checkbox(survey_report.leaving_out(look), key=form.key_of("without_refused"))
        st.form_submit_button(
            f"Store {survey_report.replies(look)}",
            type="primary",
            on_click=_store,
            args=(form, form.sent, look, bringing),
        )


def _store(form: Form, pressed: int, look: Look, bringing: Bringing) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        try:
            said = file_imports.store(
                visit,
                look,
                without_refused=bool(entered.get("without_refused")),
                sending=survey_asked.sending_in(entered),
            )
        except StaleLook:
            # Read anew at the next drawing, so that what is shown is what would be stored.
            bringing.look = None
            raise
        return Done(said, f"{look.trust_code} {look.cycle.cycle_id}")

    entry_form.send(form, pressed, do)


def _bringing(form: Form) -> Bringing:
    """The file that is being brought, the same one in every run."""
    kept = f"{form.key}.bringing"
    if kept not in st.session_state:
        st.session_state[kept] = Bringing()
    return st.session_state[kept]
