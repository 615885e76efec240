"""Forms with many fields: what is wrong beside each field and summed up on top, what was done.

What a callback reads and notes, it reads and notes as ``saving`` says.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import streamlit as st
from markupsafe import Markup

from benchmarking.access import Refused
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.sheets import NotThere
from benchmarking.entry_faults import EntryFaults
from benchmarking.free_text import NeedsConfirmation
from benchmarking.moments import clock
from benchmarking.people import denials
from benchmarking.ui import focus, html, identity, saving
from benchmarking.ui.saving import Asked
from benchmarking.visit import Visit

# Given who asks and what stands in the fields, does it and says what was done and about what.
Do = Callable[[Visit, Mapping[str, Any]], "Done"]

# So that nobody presses a button and sees nothing, because the answer stands further up.


@dataclass(frozen=True)
class Done:
    """What was done, in a sentence, and the name of what the page is to show then."""

    sentence: str
    about: str


@dataclass
class Told:
    """What the last change on a page came to; shown while the page is about the same thing."""

    key: str
    said: str = ""
    about: str | None = None
    times: int = 0

    def tell(self, said: str, about: str) -> None:
        """Replaces what was told before."""
        self.said, self.about, self.times = said, about, self.times + 1


@dataclass
class Form:
    """One form in one browser tab. ``sent`` counts what was done with it, and empties it."""

    key: str
    told: Told
    sent: int = 0
    tries: int = 0
    problem: str = ""
    asked: Asked | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    turn: threading.RLock = field(default_factory=threading.RLock)

    def key_of(self, name: str) -> str:
        """The key of one field of the form."""
        return f"{self.key}.{self.sent}.{name}"


def told(key: str) -> Told:
    """The place for what was done on a page, the same one in every run."""
    if key not in st.session_state:
        st.session_state[key] = Told(key)
    return st.session_state[key]


def form(key: str, told: Told) -> Form:
    """The form with this key, the same one in every run."""
    kept = f"{key}.form"
    if kept not in st.session_state:
        st.session_state[kept] = Form(key, told)
    return st.session_state[kept]


def show_told(told: Told, about: str | None) -> None:
    """What was just done, if it was about what the page shows."""
    if not told.said or told.about != about:
        return
    with st.container(key=_class(told.key)):
        html.put(
            Markup('<div class="bm-answer bm-done" role="status"><strong>{}</strong></div>').format(
                told.said
            )
        )
        _go_to_answer(told.key, told.times)


def show_problems(form: Form) -> None:
    """What stood in the way when the form was last sent, summed up, or what has to be confirmed."""
    if form.asked is not None:
        with st.container(key=_class(form.key)):
            saving.ask(form.key, form.asked, partial(_forget_asked, form))
            _go_to_answer(form.key, form.tries)
    sentences = [form.problem] if form.problem else list(form.faults.values())
    if not sentences:
        return
    lines = html.joined([Markup("<li>{}</li>").format(sentence) for sentence in sentences])
    with st.container(key=_class(form.key)):
        html.put(
            Markup(
                '<div class="bm-answer bm-errors" role="alert"><h2>There is a problem</h2>'
                '<ul class="bm-list">{}</ul></div>'
            ).format(lines)
        )
        _go_to_answer(form.key, form.tries)


def beside(form: Form, name: str) -> str:
    """The key of a field, once what is wrong with it stands above it."""
    fault = form.faults.get(name, "")
    if fault:
        html.put(Markup('<p class="bm-fault">{}</p>').format(fault))
    return form.key_of(name)


def send(form: Form, pressed: int, do: Do) -> None:
    """Does what a form is for; notes what was done, or what stood in the way. For callbacks.

    Args:
        form: which one.
        pressed: its ``sent`` when the button was drawn; a second press does nothing.
        do: what it is for.
    """
    with form.turn:
        if form.sent != pressed:
            return
        beginning = form.key_of("")
        entered = {
            key.removeprefix(beginning): value
            for key, value in saving.entered().items()
            if key.startswith(beginning)
        }
        _carry_out(form, do, entered)


def _carry_out(form: Form, do: Do, entered: Mapping[str, Any], mark: str = "") -> None:
    form.problem, form.asked, form.faults, form.tries = "", None, {}, form.tries + 1
    visit = identity.visit().confirming(mark)
    try:
        done = do(visit, entered)
    except EntryFaults as found:
        form.faults = found.by_field
    except NeedsConfirmation as asked:
        again = partial(_send_anyway, form, form.sent, do, entered, asked.mark)
        form.asked = Asked(str(asked), again)
    except (CannotSave, Refused, NotThere) as problem:
        denials.note(visit, problem)
        form.problem = str(problem)
    else:
        form.sent += 1
        form.told.tell(f"{done.sentence} Saved at {clock(visit.now)}.", done.about)


def _send_anyway(form: Form, pressed: int, do: Do, entered: Mapping[str, Any], mark: str) -> None:
    """Does what was asked about, with what stood in the fields then; a second press does not."""
    with form.turn:
        if form.sent == pressed:
            _carry_out(form, do, entered, mark)


def _forget_asked(form: Form) -> None:
    form.asked = None


def _go_to_answer(key: str, times: int) -> None:
    focus.go(f".st-key-{_class(key)} .bm-answer", f"{key} {times}", in_the_middle=True)


def _class(key: str) -> str:
    """The key of a container whose class Streamlit writes as it stands here."""
    return f"answer-{key}".replace(".", "-")
