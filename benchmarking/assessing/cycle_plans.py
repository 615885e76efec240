"""What an administrator enters about a cycle, and what of it cannot be."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from benchmarking.answers import Cycle
from benchmarking.entry_faults import refuse, text_or_fault
from benchmarking.moments import from_clocks, moment_in_words
from benchmarking.standard import Library

LONGEST_TITLE = 40
LONGEST_ID = 20

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NO_SUCH_HOUR = "The clocks go forward in that night, so this time does not exist. Choose another."


@dataclass(frozen=True)
class Plan:
    """A cycle as it is entered. The three moments are what London's clocks show.

    ``opens`` is None for a cycle that opens at once; the other two are None until they are
    chosen. ``editions`` are keys of the library ("my-expectations/2014.1") in the order in which
    they are asked.
    """

    cycle_id: str
    title: str
    opens: datetime | None
    deadline: datetime | None
    release: datetime | None
    peers_named: bool
    two_people: bool
    editions: tuple[str, ...]


def checked(plan: Plan, library: Library, others: Iterable[Cycle], now: datetime) -> Cycle:
    """The cycle that was entered, as it is stored.

    Args:
        plan: what was entered.
        library: the standards that can be asked.
        others: all other cycles; of one that was closed early, the deadline is that moment.
        now: UTC.

    Raises:
        EntryFaults: something is missing or cannot be; it names every field at once.
    """
    name, no_name = text_or_fault(
        plan.cycle_id, LONGEST_ID, "The short name", "Give the cycle a short name."
    )
    title, no_title = text_or_fault(
        plan.title, LONGEST_TITLE, "The title", "Give the cycle a title, such as 2027/28."
    )
    known = tuple(others)
    opens = now if plan.opens is None else from_clocks(plan.opens)
    deadline, release = _stored(plan.deadline), _stored(plan.release)
    refuse(
        {
            "cycle_id": no_name or _fault_of_id(name, known),
            "title": no_title or _fault_of_title(title, known),
            "opens": _fault_of_opening(opens, known, now),
            **faults_of_dates(plan.deadline, plan.release, opens, known, now),
            "editions": _fault_of_editions(plan.editions, library),
        }
    )
    # What is missing has been refused.
    assert opens is not None
    assert deadline is not None
    assert release is not None
    editions = tuple(_edition(key, library) for key in plan.editions)
    return Cycle(name, title, opens, deadline, release, plan.peers_named, editions)


def faults_of_dates(
    deadline: datetime | None,
    release: datetime | None,
    opens: datetime | None,
    others: Iterable[Cycle],
    now: datetime,
) -> Mapping[str, str]:
    """What is wrong with a deadline and a release date, a sentence for each; empty where nothing.

    Args:
        deadline: as London's clocks show it; None where none was chosen.
        release: the same.
        opens: when the cycle opens, in UTC; None where that is not known either.
        others: all other cycles.
        now: UTC.
    """
    due, shown = _stored(deadline), _stored(release)
    if deadline is None:
        late = "Choose the day and time until which trusts submit."
    elif due is None:
        late = _NO_SUCH_HOUR
    else:
        late = _fault_of_deadline(due, opens, others, now)
    return {"deadline": late, "release": _fault_of_release(release, shown, due)}


def _stored(shown: datetime | None) -> datetime | None:
    return None if shown is None else from_clocks(shown)


def _fault_of_id(name: str, others: Iterable[Cycle]) -> str:
    if not _ID.fullmatch(name):
        return "Use small letters, digits and hyphens for the short name, such as 2027-28."
    if name in {cycle.cycle_id for cycle in others}:
        return f"There is a cycle “{name}” already. Choose another short name."
    return ""


def _fault_of_title(title: str, others: Iterable[Cycle]) -> str:
    if title.casefold() in {cycle.title.casefold() for cycle in others}:
        return f"There is a cycle “{title}” already. Choose another title."
    return ""


def _fault_of_opening(opens: datetime | None, others: Iterable[Cycle], now: datetime) -> str:
    if opens is None:
        return _NO_SUCH_HOUR
    if opens < now:
        return "This moment has passed. Choose a later one, or leave it empty to open at once."
    for other in others:
        # People work on the newest cycle that has opened, so it must not come before its time.
        if other.opens_at <= opens <= other.deadline_at:
            return (
                f"{other.title} is due on {moment_in_words(other.deadline_at)}. "
                f"Open this cycle after that."
            )
    return ""


def _fault_of_deadline(
    due: datetime, opens: datetime | None, others: Iterable[Cycle], now: datetime
) -> str:
    if due <= now:
        return "The deadline has passed. Choose a later one."
    if opens is None:
        return ""
    if due <= opens:
        return "The deadline lies before the cycle opens. Choose a later one."
    following = [other for other in others if opens < other.opens_at <= due]
    if following:
        first = min(following, key=lambda other: other.opens_at)
        return (
            f"{first.title} opens on {moment_in_words(first.opens_at)}. "
            f"Choose a deadline before that."
        )
    return ""


def _fault_of_release(
    shown: datetime | None, release: datetime | None, due: datetime | None
) -> str:
    if shown is None:
        return "Choose the day and time from which trusts see others’ results."
    if release is None:
        return _NO_SUCH_HOUR
    if due is not None and release < due:
        return (
            "Results would be shown before the deadline, and trusts that are still answering "
            "would see them. Choose a later moment."
        )
    return ""


def _fault_of_editions(keys: tuple[str, ...], library: Library) -> str:
    if not keys:
        return "Choose at least one edition to be asked."
    known = {standard.key: standard for standard in library.standards}
    missing = [key for key in keys if key not in known]
    if missing:
        return f"{missing[0]} is not among the standards here. Choose one of those shown."
    asked = [known[key].id for key in keys]
    twice = next((name for name in asked if asked.count(name) > 1), None)
    if twice:
        return f"Two editions of {twice} are chosen. Choose one of them."
    return ""


def _edition(key: str, library: Library) -> tuple[str, str, str]:
    standard = next(one for one in library.standards if one.key == key)
    return standard.id, standard.edition, library.content_hash(standard)
