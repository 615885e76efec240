"""Forms of good practice: offering an example, correcting it, and saying what became of one."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st

from benchmarking import practice_entries
from benchmarking.answers import ItemKey
from benchmarking.good_practice import Evidenced, Shown
from benchmarking.practice_entries import (
    LONGEST_ROLE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    ChangedMeanwhile,
)
from benchmarking.results import result_words
from benchmarking.standard import Statement
from benchmarking.store.good_practice import Account, Said, Stage, Use
from benchmarking.ui import confirming, entry_form, saving, show
from benchmarking.ui.confirming import Asked
from benchmarking.ui.entry_form import Done, Form, Told
from benchmarking.ui.saving import Place
from benchmarking.visit import Visit

_STAGES = {Stage.TRYING: "We are trying this", Stage.USING: "We use this"}
_HELPFUL = {"yes": True, "no": False, "early": None}
_HELPFUL_WORDS = {"yes": "It helped", "no": "It did not help", "early": "Too early to say"}
_SHOWN_TO = (
    "Your trust’s name, its evidenced level and what you write here are shown to every trust and "
    "to inspectors. Offering is your trust’s own choice. Name no person: not a patient, not "
    "a colleague."
)


def offer(
    trust: str,
    item: ItemKey,
    statement: Statement,
    evidenced: Evidenced,
    told: Told,
    *,
    again: bool,
) -> None:
    """The form with which a trust offers an example for one statement; folded where it has one."""
    if not again:
        st.header("Offer an example", anchor=False)
        _offering(trust, item, statement, evidenced, told)
        return
    with st.expander("Offer another example", key="offer-another", on_change="rerun") as fold:
        if fold.open:
            _offering(trust, item, statement, evidenced, told)


def _offering(
    trust: str, item: ItemKey, statement: Statement, evidenced: Evidenced, told: Told
) -> None:
    form = entry_form.form(f"practice.offer.{trust}.{item.standard_id}.{item.item_id}", told)
    level = result_words.level(evidenced.choice)
    show.note(f"{_SHOWN_TO} It is shown as evidenced at {level} in {evidenced.cycle.title}.")
    entry_form.show_problems(form)
    with st.form(f"{form.key}.fields", border=False):
        _fields(form, Account("", ""))
        st.form_submit_button(
            "Offer this example",
            type="primary",
            on_click=_offer,
            args=(form, form.sent, trust, item, statement),
        )


def _offer(form: Form, pressed: int, trust: str, item: ItemKey, statement: Statement) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        practice_entries.offer(visit, trust, item, _account(entered))
        return Done(f"Your example for {statement.number} is offered.", statement.id)

    entry_form.send(form, pressed, do)


def own(trust: str, one: Shown, told: Told) -> None:
    """What a trust can do with its own example: correct it, or withdraw it."""
    number = one.example.example_id
    place = saving.place(f"practice.own.{trust}.{number}")
    confirming.show_trouble(place)
    with st.expander("Correct this example", key=f"correct-{number}", on_change="rerun") as fold:
        if fold.open:
            _correcting(trust, one, told)
    used = len(one.uses)
    many = "1 trust that uses it" if used == 1 else f"{used} trusts that use it"
    seen = f"Only the {many} will still see it." if used else "Nobody else will see it any more."
    asked = Asked(
        "withdraw",
        "Withdraw this example",
        f"“{one.example.account.title}” will not be found any more. {seen}",
        "Withdraw it",
    )
    do = partial(practice_entries.withdraw, trust_code=trust, example_id=number)
    confirming.offer(place, asked, do, primary=False)


def _correcting(trust: str, one: Shown, told: Told) -> None:
    form = entry_form.form(f"practice.correct.{trust}.{one.example.example_id}", told)
    show.note(_SHOWN_TO)
    entry_form.show_problems(form)
    seen = _seen(form, one.example.example_revision)
    with st.form(f"{form.key}.fields", border=False):
        _fields(form, one.example.account)
        st.form_submit_button(
            "Save the correction", on_click=_correct, args=(form, form.sent, trust, one, seen)
        )


def _correct(form: Form, pressed: int, trust: str, one: Shown, seen: Place) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        account, number = _account(entered), one.example.example_id
        _over(seen, partial(practice_entries.correct, visit, trust, number, account))
        return Done("The example is corrected.", one.statement.id)

    entry_form.send(form, pressed, do)


def use(trust: str, one: Shown, told: Told) -> None:
    """What another trust can do with an example: mark it, say what happened, take the mark off."""
    place = saving.place(f"practice.use.{trust}.{one.example.example_id}")
    confirming.show_trouble(place)
    mine = one.use_of(trust)
    if mine is None:
        _marks(trust, one, place)
        return
    key = f"happened-{one.example.example_id}"
    label = "Say more about what happened" if mine.happened else "Say what happened"
    with st.expander(label, key=key, on_change="rerun") as fold:
        if fold.open:
            _telling(trust, one, mine, told)
    asked = Asked(
        "stop",
        "Take our mark off",
        "Your trust’s mark goes, and with it what your trust said about this example.",
        "Take it off",
    )
    do = partial(practice_entries.stop_using, trust_code=trust, example_id=one.example.example_id)
    confirming.offer(place, asked, do, primary=False)


def _marks(trust: str, one: Shown, place: Place) -> None:
    show.note("Mark it, and your trust’s name stands here for all trusts to see.")
    with st.container(horizontal=True, gap="small"):
        for stage, words in _STAGES.items():
            st.button(
                words,
                key=f"{place.key}.{stage.value}",
                on_click=_mark,
                args=(place, trust, one.example.example_id, stage),
            )


def _mark(place: Place, trust: str, example_id: int, stage: Stage) -> None:
    saving.try_to(place, lambda visit: practice_entries.use(visit, trust, example_id, stage))


def _telling(trust: str, one: Shown, mine: Use, told: Told) -> None:
    form = entry_form.form(f"practice.tell.{trust}.{one.example.example_id}", told)
    entry_form.show_problems(form)
    seen = _seen(form, mine.use_revision)
    said = next(name for name, value in _HELPFUL.items() if value is mine.helpful)
    with st.form(f"{form.key}.fields", border=False):
        st.radio(
            "How far have you come?",
            list(_STAGES),
            index=list(_STAGES).index(mine.stage),
            format_func=_STAGES.__getitem__,
            key=form.key_of("stage"),
        )
        st.text_area(
            "What happened? Every trust and inspectors read it, with your trust’s name.",
            value=mine.happened,
            max_chars=LONGEST_TEXT,
            key=entry_form.beside(form, "happened"),
        )
        st.radio(
            "Did it help?",
            list(_HELPFUL),
            index=list(_HELPFUL).index(said),
            format_func=_HELPFUL_WORDS.__getitem__,
            key=form.key_of("helpful"),
        )
        st.form_submit_button("Save", on_click=_tell, args=(form, form.sent, trust, one, seen))


def _tell(form: Form, pressed: int, trust: str, one: Shown, seen: Place) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        said = Said(
            Stage(entered["stage"]),
            str(entered["happened"] or ""),
            _HELPFUL[str(entered["helpful"])],
        )
        _over(seen, partial(practice_entries.tell, visit, trust, one.example.example_id, said))
        return Done("What happened is told.", one.statement.id)

    entry_form.send(form, pressed, do)


def _fields(form: Form, account: Account) -> None:
    st.text_input(
        "In a few words",
        value=account.title,
        max_chars=LONGEST_TITLE,
        key=entry_form.beside(form, "title"),
    )
    for name, label in (
        ("what_we_do", "What we do"),
        ("what_it_took", "What it took: time, people, money, agreement"),
        ("what_changed", "What changed, and how we know"),
    ):
        st.text_area(
            label,
            value=getattr(account, name),
            max_chars=LONGEST_TEXT,
            key=entry_form.beside(form, name),
        )
    st.text_input(
        "Whom to ask for: a role, such as “Complaints manager”, never a name",
        value=account.contact_role,
        max_chars=LONGEST_ROLE,
        key=entry_form.beside(form, "contact_role"),
    )
    st.text_input(
        "Link to more (optional), with https:// in front",
        value=account.link,
        key=entry_form.beside(form, "link"),
        max_chars=2000,
    )


def _account(entered: Mapping[str, Any]) -> Account:
    return Account(**{name: str(entered[name] or "") for name in Account.__dataclass_fields__})


def _seen(form: Form, revision: int) -> Place:
    """The revision that a form was begun with, whatever colleagues save meanwhile."""
    place = saving.place(form.key_of("seen"))
    # A revision counts from 1; below that nothing has been seen.
    place.seen = place.seen if place.seen > 0 else revision
    return place


def _over(seen: Place, save: Callable[[int], None]) -> None:
    """Saves over the revision that was seen. Refused once, a second press puts it in its place."""
    try:
        save(seen.seen)
    except ChangedMeanwhile as changed:
        seen.seen = changed.revision
        raise
