"""Actions to take away: a table for a spreadsheet, and days for a calendar."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode, urlsplit, urlunsplit
from uuid import NAMESPACE_URL, uuid5

import pandas as pd
from icalendar import Alarm, Calendar, Event

from benchmarking import exports
from benchmarking.access import Action, check_can
from benchmarking.action_plan import action_words, actions
from benchmarking.action_plan.actions import ActionList, ListedAction
from benchmarking.moments import moment_in_words
from benchmarking.results.provenance import FICTIONAL
from benchmarking.store import installation
from benchmarking.store.installation import Kind
from benchmarking.trust_actions import Due
from benchmarking.visit import Visit

REMIND_BEFORE = timedelta(days=7)
_COLUMNS = ("Number", "What will be done", "For", "Who", "By when", "Stands", "Promised in", "Part")
_FOR_WORKERS = ("Aims at", "Closed on", "What came of it", "What shows it")


def table(visit: Visit, trust_code: str) -> bytes:
    """All actions of a trust as CSV, as the person may read them.

    Raises:
        Refused: the person has no part in this trust.
        NotThere: no such trust.
    """
    check_can(visit.person, Action.SEE_ACTIONS, trust_code)
    found = actions.of_trust(visit, trust_code)
    columns = [*_COLUMNS, *(() if found.for_board else _FOR_WORKERS)]
    rows = [_row(found, one) for one in found.listed]
    notes = [
        f"{found.trust.code} {found.trust.name}. As of {moment_in_words(visit.now)}.",
        *([FICTIONAL] if _is_fictional(visit) else []),
    ]
    return exports.to_csv(pd.DataFrame(rows, columns=columns), notes)


def _row(found: ActionList, one: ListedAction) -> list[object]:
    promised = one.action.promised
    cells: list[object] = [
        one.action.action_id,
        one.text,
        action_words.called(one.statements),
        promised.owner.title,
        promised.due_on.isoformat() if promised.due_on else "",
        action_words.in_word(one.action.status, one.due),
        one.made_in,
        one.part,
    ]
    if found.for_board:
        return cells
    ended = one.closure
    return [
        *cells,
        one.target,
        ended.closed_on.isoformat() if ended else "",
        ended.outcome if ended else "",
        action_words.what_shows_it(ended),
    ]


def calendar(visit: Visit, trust_code: str, page: str, *, mine: bool = False) -> bytes:
    """The open actions of a trust that have a day, as an iCalendar file (RFC 5545).

    One entry for the whole of each day, with a reminder a week before. An entry holds no free
    text: calendars are shared more widely than actions are.

    Args:
        visit: who asks, and when.
        trust_code: whose actions.
        page: the address of the page Actions, which each entry links to.
        mine: only those that the person is named as the owner of.

    Raises:
        Refused: the person has no part in this trust.
        NotThere: no such trust.
    """
    check_can(visit.person, Action.SEE_ACTIONS, trust_code)
    found = actions.of_trust(visit, trust_code)
    fictional = _is_fictional(visit)
    file = Calendar()
    file.add("prodid", "-//My expectations benchmark//Actions//EN")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    stem = f"{_installed(visit).isoformat()}/{trust_code}"
    for one in _with_a_day(found.listed):
        if not mine or one.action.promised.owner.person_id == visit.person.person_id:
            file.add_component(_event(visit, one, stem, _link(page, trust_code, one), fictional))
    return file.to_ical()


def _with_a_day(listed: Iterable[ListedAction]) -> Iterable[ListedAction]:
    return (one for one in listed if one.due not in (Due.OVER, Due.NO_DAY))


def _event(visit: Visit, one: ListedAction, stem: str, link: str, fictional: bool) -> Event:
    action, day = one.action, one.action.promised.due_on
    assert day is not None
    summary = f"Complaints action due: {action_words.called(one.statements)}"
    if fictional:
        summary = f"{summary} (demonstration)"
    event = Event()
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'{stem}/{action.action_id}')}")
    event.add("sequence", action.action_revision)
    event.add("dtstamp", visit.now.replace(tzinfo=UTC))
    event.add("last-modified", action.saved_at.replace(tzinfo=UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", f"What will be done stands here: {link}")
    event.add("url", link)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add_component(_reminder(summary))
    return event


def _reminder(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"In a week: {summary}")
    alarm.add("trigger", -REMIND_BEFORE)
    return alarm


def _link(page: str, trust_code: str, one: ListedAction) -> str:
    """The address of one action. What the page's own address asks for besides is left out."""
    parts = urlsplit(page)
    place = urlencode({"trust": trust_code, "action": one.action.action_id})
    return urlunsplit((parts.scheme, parts.netloc, parts.path, place, ""))


def _installed(visit: Visit) -> datetime:
    """When this copy was set up: tells its actions from those of another copy."""
    with visit.database.reading() as reading:
        return installation.set_up_at(reading)


def _is_fictional(visit: Visit) -> bool:
    with visit.database.reading() as reading:
        return installation.kind_of(reading) is Kind.DEMONSTRATION
