"""The page of published complaints with peers chosen: opening it, working it, reading it."""

import re
from collections.abc import Sequence
from html import unescape
from itertools import pairwise

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from benchmarking import complaints
from benchmarking.complaints import Year
from benchmarking.people import accounts
from benchmarking.results import peer_sets
from benchmarking.store.peer_sets import PeerSet
from benchmarking.visit import Visit
from tests.pages.opening import INSPECTOR, LEAD, Door, told

PAGE = "pages/everyone/published_complaints.py"
OTHER_LEAD = "trust-lead.DEMO-08"
SIX = "RHQ.RJ1.RM3.RR8.RTD.RYR"
HOSTILE = "<img src=x onerror=alert(1)> **bold** [link](https://evil.example)"


def page(door: Door, subject: str | None = LEAD, **asked: str) -> AppTest:
    return door.open(PAGE, subject, **{"trust": "R0A", "peers": "picked", **asked})


def picking(door: Door, codes: str, subject: str | None = LEAD, **asked: str) -> AppTest:
    return page(door, subject, **{"with": codes, **asked})


def visit_of(door: Door, subject: str) -> Visit:
    return accounts.visit_by(door.running, accounts.sign_in_as(door.running, subject))


def year_of(door: Door) -> Year:
    return complaints.year_of(visit_of(door, INSPECTOR), door.running.catalogue)


def saved(
    door: Door, name: str = "Large cities", codes: str = "RR8.RTD", subject: str = LEAD
) -> PeerSet:
    visit = visit_of(door, subject)
    owner = next(iter(visit.person.trusts), None)
    return peer_sets.save(visit, year_of(door), name, codes.split("."), owner)


def seen(door: Door, subject: str = LEAD) -> tuple[PeerSet, ...]:
    return peer_sets.seen_by(visit_of(door, subject))


def names(door: Door, subject: str = LEAD) -> list[str]:
    return [one.name for one in seen(door, subject)]


def press(opened: AppTest, label: str) -> AppTest:
    return next(one for one in opened.button if one.label == label).click().run()


def write(opened: AppTest, name: str) -> AppTest:
    next(one for one in opened.text_input if one.label == "Name of the set").set_value(name)
    return opened


def sure(opened: AppTest) -> AppTest:
    next(one for one in opened.checkbox if one.label.startswith("I am sure")).check()
    return opened


def save(door: Door, name: str = "Large cities", subject: str = LEAD) -> AppTest:
    """Picks six trusts and saves them as a set."""
    return press(write(picking(door, SIX, subject), name), "Save this set")


def drop_down(opened: AppTest, label: str = "Saved sets") -> Selectbox | None:
    return next((box for box in opened.selectbox if box.label == label), None)


def picked(opened: AppTest) -> list[str]:
    (field,) = opened.multiselect
    return sorted(field.value)


def context(opened: AppTest) -> str:
    found = re.search(r'<p class="bm-context">(.*?)</p>', told(opened))
    return found[1] if found else ""


def announced(opened: AppTest) -> str:
    """What a screen reader is told at once."""
    found = re.findall(r'<p class="bm-note" role="status">(.*?)</p>', told(opened))
    return unescape(re.sub("<[^>]+>", "", " ".join(found))).strip()


def problem(opened: AppTest) -> str:
    found = re.search(r'role="alert"><h2>There is a problem</h2>(.*?)</div>', told(opened))
    return unescape(found[1]) if found else ""


def notes(opened: AppTest) -> str:
    return unescape("\n".join(re.findall(r'<p class="bm-note[^"]*">(.*?)</p>', told(opened))))


def in_order(words: Sequence[str], said: str) -> bool:
    places = [said.find(word) for word in words]
    return -1 not in places and all(a < b for a, b in pairwise(places))
