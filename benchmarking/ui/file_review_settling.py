"""Settling where two readers differ: both answers side by side, and the one that holds."""

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from benchmarking.file_review import file_reconciling
from benchmarking.file_review.file_reading import LONGEST_NOTE, choice_of
from benchmarking.file_review.file_reconciling import Differences
from benchmarking.file_review.reviews import Standing
from benchmarking.moments import clock, in_words, local
from benchmarking.reviewed_files import Disagreement, DrawnFile, Reading
from benchmarking.standard import ReviewItem
from benchmarking.ui import address, confirming, focus, html, personal_marks, saving, show
from benchmarking.ui.confirming import Asked
from benchmarking.ui.file_review_reading import guidance, offered
from benchmarking.ui.saving import Place, Stored
from benchmarking.visit import Visit

FILE = "file"
_MOVED = "file-review.moved"


def show_differences(visit: Visit, seen: Standing, context: Callable[[], None]) -> None:
    """What two readers differ about, one file at a time; the lead closes the review at the end."""
    found = file_reconciling.differences(visit, seen.trust.code, seen.cycle)
    show.lead(_lead(found))
    context()
    if found.found:
        _one_file(found)
    _closing(found)


def _lead(found: Differences) -> str:
    if not found.found:
        return "Both readers have finished, and said the same throughout."
    many, left = len(found.found), found.left
    differ = "1 difference" if many == 1 else f"{many} differences"
    if not left:
        settled = "is settled" if many == 1 else "are settled"
        return f"Both readers have finished, and their {differ} {settled}."
    to_settle = differ if left == many else f"{left} of {differ}"
    return f"Both readers have finished. {to_settle} left to settle."


def _one_file(found: Differences) -> None:
    files = {file.number: file for file in found.by_file}
    open_first = next(
        (f for f, some in found.by_file.items() if any(one.agreed is None for one in some)),
        next(iter(found.by_file)),
    )
    chosen = address.one_of(
        "File",
        list(files),
        key=FILE,
        shown_as=lambda number: _labelled(found, files[number]),
        first=list(files).index(open_first.number),
    )
    file = files[chosen]
    with st.container(key="file-differences", gap="xsmall"):
        st.header(f"File {file.number}: {file.complaint.reference}", anchor=False)
        if st.session_state.pop(_MOVED, False):
            focus.go(".st-key-file-differences h2", f"file {file.number}")
        else:
            focus.stay()
        show.note(f"Closed {in_words(file.complaint.closed_on)}, {file.complaint.outcome.value}.")
        for one in found.by_file[file]:
            _ask(found, one)
    _onwards(found, file)


def _labelled(found: Differences, file: DrawnFile) -> str:
    some = found.by_file[file]
    settled = sum(one.agreed is not None for one in some)
    said = "settled" if settled == len(some) else f"{settled} of {len(some)} settled"
    return f"{file.number} · {file.complaint.reference} · {said}"


def _ask(found: Differences, one: Disagreement) -> None:
    review, agreed = found.standing.review, one.agreed
    assert review is not None
    place = saving.place(f"agreed.{review.review_id}.{one.file.number}.{one.item_id}")
    scale = found.standing.instrument.scale
    stored = {
        place.key: choice_of(scale, agreed.answer) if agreed else None,
        f"{place.key}.note": agreed.note if agreed else "",
    }
    saving.follow(place, agreed.revision if agreed else 0, stored)
    item = next(i for i in found.standing.instrument.review.items if i.id == one.item_id)
    html.put(_both(found, one, item))
    _fields(found, one, item, place)
    if agreed is not None:
        day = in_words(local(agreed.saved_at).date())
        said = f"Settled {clock(agreed.saved_at)} on {day} by {agreed.author}"
        html.put(Markup('<p class="bm-note" role="status">{}</p>').format(said))
    saving.show_trouble(place)


def _fields(found: Differences, one: Disagreement, item: ReviewItem, place: Place) -> None:
    scale, closed = found.standing.instrument.scale, found.standing.is_cycle_closed
    st.radio(
        f"What holds for {item.title}",
        offered(scale),
        index=None,
        format_func=lambda choice: scale.by_id[choice].label,
        key=place.key,
        horizontal=True,
        disabled=closed,
        on_change=_save,
        args=(found, one, place),
    )
    st.text_input(
        f"Note on what holds for {item.title}",
        key=f"{place.key}.note",
        max_chars=LONGEST_NOTE,
        placeholder="Note: why this holds. No names.",
        label_visibility="collapsed",
        disabled=closed,
        on_change=_save,
        args=(found, one, place),
    )


def _both(found: Differences, one: Disagreement, item: ReviewItem) -> Markup:
    sides = [_side(found, slot, reading) for slot, reading in ((1, one.first), (2, one.second))]
    return Markup(
        '<div class="bm-item"><p style="margin:0"><strong>{}</strong><br>{}</p>{}'
        '<div style="display:flex;flex-wrap:wrap;gap:.25rem 2rem;margin-top:.35rem">{}</div></div>'
    ).format(item.title, item.prompt, guidance(item), html.joined(sides))


def _side(found: Differences, slot: int, reading: Reading) -> Markup:
    scale, reader = found.standing.instrument.scale, found.standing.reader(slot)
    name = "First reader" if slot == 1 else "Second reader"
    who = f"{name} ({reader.title})" if reader else name
    label = scale.by_id[choice_of(scale, reading.answer)].label
    note = Markup("<br>“{}”").format(reading.note) if reading.note else ""
    return Markup(
        '<p class="bm-note" style="flex:1 1 14rem;margin:0;overflow-wrap:anywhere">{}: '
        "<strong>{}</strong>{}{}</p>"
    ).format(who, label, note, personal_marks.markup(reading.note))


def _save(found: Differences, one: Disagreement, place: Place) -> None:
    with place.turn:
        entered = saving.entered()
        choice, note = entered[place.key], entered[f"{place.key}.note"]
        if choice is None:
            place.problem = "Choose what holds. Your note is saved with it."
            return
        saving.attempt(
            place,
            lambda visit, seen: file_reconciling.agree(visit, found, one, choice, note or "", seen),
            mine=found.standing.instrument.scale.by_id[choice].label,
            told=lambda stored: _told(found, stored),
        )


def _told(found: Differences, stored: Disagreement) -> Stored:
    agreed, scale = stored.agreed, found.standing.instrument.scale
    if agreed is None:
        return Stored("", 0, "A colleague", None)
    words = scale.by_id[choice_of(scale, agreed.answer)].label
    return Stored(words, agreed.revision, agreed.author, agreed.saved_at)


def _onwards(found: Differences, file: DrawnFile) -> None:
    files = list(found.by_file)
    place = files.index(file)
    others = (*files[place + 1 :], *files[:place])
    waiting = (f for f in others if any(one.agreed is None for one in found.by_file[f]))
    onwards = next(waiting, None)
    if onwards is not None:
        st.button(
            f"Next: file {onwards.number}, {onwards.complaint.reference} ›",
            key="file-differences.after",
            type="primary",
            on_click=_move,
            args=(onwards,),
        )


def _move(file: DrawnFile) -> None:
    address.say(FILE, str(file.number))
    st.session_state[_MOVED] = True


def _closing(found: Differences) -> None:
    seen = found.standing
    if seen.is_cycle_closed or seen.review is None:
        return
    if not seen.may_draw:
        if not found.left:
            show.note("Your trust lead can close the review now.")
        return
    if found.left:
        show.note("The review can be closed once every difference is settled.")
    place = saving.place(f"file-review.{seen.review.review_id}.close")
    asked = Asked(
        "close",
        "Close the review",
        "What was found is then shown to the trust under the disclosure rule, and does not change "
        "any more. References that were not drawn are removed.",
        "Yes, close it",
    )
    confirming.offer(
        place, asked, lambda visit: file_reconciling.close(visit, seen), ready=not found.left
    )
    confirming.show_trouble(place)
