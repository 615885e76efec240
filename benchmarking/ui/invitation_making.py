"""From a list of closed complaints to the file with everybody's link, which is given once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from benchmarking import server
from benchmarking.answers import Cycle
from benchmarking.entry_faults import EntryFaults
from benchmarking.moments import in_words, local
from benchmarking.survey import invitation_letters, invitation_lists, invitations
from benchmarking.survey.invitation_lists import (
    LARGEST_BYTES,
    MOST_COMPLAINTS,
    TEMPLATE,
    ComplaintList,
    UnusableList,
)
from benchmarking.survey.invitations import Made, Plan, Standing
from benchmarking.survey_terms import CHECKED_FOR, Invited, LeftOut
from benchmarking.ui import entry_form, show
from benchmarking.ui.entry_form import Done, Form, Told
from benchmarking.visit import Visit

_NEW = 0
_READ = "The list was read. Nobody has been invited yet, and nothing of it is stored."


@dataclass
class Bringing:
    """A list on its way to invitations, in one browser tab. Nothing of it is stored.

    ``file`` is what is to be taken away, kept here until then.
    """

    complaints: ComplaintList | None = None
    made: Made | None = None
    file: bytes = b""


def offer(trust_code: str, cycle: Cycle, found: Standing, told: Told, about: str) -> None:
    """The step that comes next: a list, who is left out, or the file to take away."""
    if found.why_not:
        show.note(found.why_not)
        return
    bringing = _bringing(about)
    if bringing.made is not None:
        _take_away(bringing, bringing.made, trust_code, cycle)
    elif bringing.complaints is None:
        _list(bringing, told, about)
    else:
        _leave_out(bringing, bringing.complaints, trust_code, cycle, found, told, about)


def _bringing(about: str) -> Bringing:
    kept = f"invitations.{about}.bringing"
    if kept not in st.session_state:
        st.session_state[kept] = Bringing()
    return st.session_state[kept]


# The list.


def _list(bringing: Bringing, told: Told, about: str) -> None:
    form = entry_form.form(f"invitations.{about}.list", told)
    show.note(
        f"Bring the references of closed complaints and the days on which they were closed, up to "
        f"{MOST_COMPLAINTS:,} at a time. No names, please: other columns are not read. References "
        f"are not stored here."
    )
    entry_form.show_problems(form)
    st.download_button(
        "Download a template",
        TEMPLATE,
        file_name="complaints-to-invite.csv",
        mime="text/csv",
        key=f"{form.key}.template",
        on_click="ignore",
    )
    with st.form(f"{form.key}.fields", border=False):
        st.text_area(
            "References and closing days, pasted from a spreadsheet",
            key=form.key_of("text"),
            max_chars=LARGEST_BYTES,
            placeholder="C/2026/0001, 30/09/2026",
            height=160,
        )
        st.file_uploader(
            "Or a CSV file", type=["csv", "txt"], key=form.key_of("file"), max_upload_size=1
        )
        st.form_submit_button(
            "Read the list", type="primary", on_click=_read, args=(form, form.sent, bringing, about)
        )


def _read(form: Form, pressed: int, bringing: Bringing, about: str) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        handed = entered.get("file")
        try:
            text = invitation_lists.text_of(handed.getvalue()) if handed else entered["text"]
            bringing.complaints = invitation_lists.read(text or "", visit.today)
        except UnusableList as unusable:
            raise EntryFaults(dict(map(_numbered, enumerate(unusable.faults)))) from None
        return Done(_READ, about)

    entry_form.send(form, pressed, do)
    if form.sent > pressed:
        # Without the time at which something was saved: nothing was.
        form.told.tell(_READ, about)


def _numbered(one: tuple[int, str]) -> tuple[str, str]:
    number, fault = one
    return f"line {number}", fault


# Whom to leave out.


def _leave_out(
    bringing: Bringing,
    complaints: ComplaintList,
    trust_code: str,
    cycle: Cycle,
    found: Standing,
    told: Told,
    about: str,
) -> None:
    form = entry_form.form(f"invitations.{about}.make", told)
    show.lead(_listed(complaints))
    if complaints.unread:
        show.note(f"Columns that were not read: {', '.join(complaints.unread)}.")
    entry_form.show_problems(form)
    references = [one.reference for one in complaints.complaints]
    with st.form(f"{form.key}.fields", border=False):
        show.note("Choose the references of those whom it would hurt or harm to be asked now.")
        for why in LeftOut:
            st.multiselect(
                f"Leave out: {why.label[:1].lower()}{why.label[1:]}",
                references,
                key=form.key_of(why.value),
                placeholder="Nobody",
                select_all=False,
            )
        _which(form, found)
        reasons = "; ".join(why.label[:1].lower() + why.label[1:] for why in CHECKED_FOR)
        st.checkbox(
            f"I have checked every reference for these five: {reasons}.", key=form.key_of("checked")
        )
        st.form_submit_button(
            "Make the invitations",
            type="primary",
            on_click=_make,
            args=(form, form.sent, bringing, trust_code, cycle, about),
        )
    show.note(f"Links made today work until {in_words(found.expires_on)}.")
    st.button("Bring another list", key=f"{form.key}.other", on_click=_forget, args=(bringing,))


def _listed(complaints: ComplaintList) -> str:
    days = [one.closed_on for one in complaints.complaints]
    number = len(days)
    what = "One complaint" if number == 1 else f"{number:,} complaints"
    return f"{what}, closed from {in_words(min(days))} to {in_words(max(days))}."


def _which(form: Form, found: Standing) -> None:
    """Whether these are new people; asked only where links may have been lost."""
    if not found.sent:
        return
    said = {_NEW: "People who were not invited before"} | {
        one.sending_id: _instead_of(one) for one in found.sent
    }
    st.selectbox(
        "These invitations are for",
        list(said),
        format_func=said.__getitem__,
        key=form.key_of("replaces"),
    )


def _instead_of(one: Invited) -> str:
    day = in_words(local(one.sent_at).date())
    return f"The {one.invited:,} of {day}, whose links were lost: the old links stop working"


def _make(
    form: Form, pressed: int, bringing: Bringing, trust_code: str, cycle: Cycle, about: str
) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        left_out = {
            reference: why
            for why in reversed(LeftOut)
            for reference in entered.get(why.value) or ()
        }
        plan = Plan(
            bringing.complaints or ComplaintList(()),
            left_out,
            bool(entered.get("checked")),
            entered.get("replaces") or None,
        )
        bringing.made = invitations.make(visit, trust_code, cycle, plan)
        bringing.complaints = None
        return Done(f"{_made(len(bringing.made.links))} Take the file away now.", about)

    entry_form.send(form, pressed, do)


def _made(number: int) -> str:
    return "1 invitation was made." if number == 1 else f"{number:,} invitations were made."


# The file.


def _take_away(bringing: Bringing, made: Made, trust_code: str, cycle: Cycle) -> None:
    if not bringing.file:
        with st.spinner("Drawing the QR codes."):
            bringing.file = invitation_letters.zipped(
                made, invitations.home(server.current().settings)
            )
    show.note(
        "The file is here until you take it away or leave this page, and cannot be had again. It "
        "holds a list for mail merge, a QR code for each link, and words for the letter. Whoever "
        "has a link can answer with it: keep the file with your complaint files, and delete it "
        "once the letters are posted.",
        alert=True,
    )
    st.download_button(
        f"Download {len(made.links):,} invitations (ZIP)",
        bringing.file,
        file_name=f"invitations-{trust_code}-{cycle.cycle_id}.zip",
        mime="application/zip",
        type="primary",
        key=f"invitations.{trust_code}.{cycle.cycle_id}.file",
        on_click=_forget,
        args=(bringing,),
    )
    show.note("If it is lost, bring the same list again and choose whose links were lost.")


def _forget(bringing: Bringing) -> None:
    bringing.complaints, bringing.made, bringing.file = None, None, b""
