"""Forms to save picked peers as a set, to change a set, and to remove it."""

import streamlit as st
from markupsafe import Markup

from benchmarking.moments import clock, in_words, local
from benchmarking.results import peer_sets
from benchmarking.store.peer_sets import PeerSet
from benchmarking.ui import html, peer_set_changes, saving, show
from benchmarking.ui.peer_set_changes import Choice, Desk, Told, count

_TITLE = "Save, rename or remove a set"
_TOLD = "peer-sets.told"
_LINK = "A link to this page carries the trusts themselves, so it shows others the same peers."


def told() -> Told:
    """The place for what was done, the same one in every run."""
    if _TOLD not in st.session_state:
        st.session_state[_TOLD] = Told()
    return st.session_state[_TOLD]


def offer(
    trusts: tuple[str, ...], choice: Choice, chosen: PeerSet | None, codes: tuple[str, ...]
) -> None:
    """Everything that can be done with a set, folded.

    Args:
        trusts: those that the person works for; they share its sets.
        choice: what can be picked.
        chosen: the set that is worked with; None while it is none.
        codes: what is picked.
    """
    number = chosen.peer_set_id if chosen else None
    desk = Desk(choice, saving.place(f"peer-sets.{number or 'new'}"), told())
    with st.expander(_TITLE, key="peer-sets.folded"):
        _tell(desk.told, chosen)
        saving.show_trouble(desk.place)
        if chosen is None:
            _new(desk, trusts, codes)
        else:
            _change(desk, chosen, codes)
            _remove(desk, chosen)


def _tell(told: Told, chosen: PeerSet | None) -> None:
    """What was just done; else how the chosen set stands."""
    if told.text and told.number == (chosen.peer_set_id if chosen else None):
        html.put(
            Markup('<p class="bm-note" role="status"><strong>{}</strong> {}</p>').format(
                told.text, _LINK if chosen else ""
            )
        )
    elif chosen is not None:
        at = f"{clock(chosen.saved_at)} on {in_words(local(chosen.saved_at).date())}"
        held = count(len(chosen.codes))
        said = f"“{chosen.name}”: {held}, saved at {at} by {chosen.author}. {_LINK}"
        show.note(said)


def _new(desk: Desk, trusts: tuple[str, ...], codes: tuple[str, ...]) -> None:
    if not codes:
        show.note("Pick the trusts first. Then save them here under a name.")
        return
    show.note(f"{_who_sees(trusts)} {_LINK}")
    # The number in the key empties the form once its set was saved.
    form = f"{desk.place.key}.{desk.place.added}"
    with st.form(form, border=False):
        _name(form)
        owner = trusts[0] if trusts else None
        if len(trusts) > 1:
            st.selectbox("Of which trust", trusts, key=f"{form}.owner")
        st.form_submit_button(
            "Save this set",
            type="primary",
            on_click=peer_set_changes.save,
            args=(desk, form, desk.place.added, owner),
        )


def _who_sees(trusts: tuple[str, ...]) -> str:
    if not trusts:
        return "Only you will see this set."
    return f"Everybody of {' or '.join(trusts)} will see this set and can change it."


def _name(form: str) -> None:
    st.text_input("Name of the set", key=f"{form}.name", max_chars=peer_sets.LONGEST_NAME)


def _change(desk: Desk, chosen: PeerSet, codes: tuple[str, ...]) -> None:
    key = desk.place.key
    saving.follow(desk.place, chosen.set_revision, {f"{key}.name": chosen.name})
    _difference(desk.choice, chosen, codes)
    with st.form(f"{key}.form", border=False):
        _name(key)
        with st.container(horizontal=True):
            st.form_submit_button(
                "Save changes",
                type="primary",
                on_click=peer_set_changes.change,
                args=(desk, chosen),
            )
            st.form_submit_button(
                "Save as a new set",
                on_click=peer_set_changes.save,
                args=(desk, key, desk.place.added, chosen.trust_code),
            )


def _difference(choice: Choice, chosen: PeerSet, codes: tuple[str, ...]) -> None:
    """What is picked beside what the set holds; nothing where that is the same."""
    held = set(choice.of_set(chosen))
    added, taken = set(codes) - held, held - set(codes)
    said = [f"adds {choice.listed(added)}"] if added else []
    said += [f"takes out {choice.listed(taken)}"] if taken else []
    if not said:
        return
    show.note(f"What is picked differs: “Save changes” {' and '.join(said)}.", alert=True)
    st.button(
        "Pick what the set holds",
        key="peer-sets.again",
        on_click=peer_set_changes.work_with,
        args=(chosen, choice),
    )


def _remove(desk: Desk, chosen: PeerSet) -> None:
    key = desk.place.key
    whom = f" for everybody of {chosen.trust_code}" if chosen.trust_code else ""
    with st.form(f"{key}.end", border=False, clear_on_submit=True):
        st.checkbox(f"I am sure that this set should go{whom}", key=f"{key}.sure")
        st.form_submit_button(
            "Remove this set",
            on_click=peer_set_changes.remove,
            args=(desk, chosen, desk.place.added),
        )
