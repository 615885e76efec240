"""Every page and every file, for every reader, at every point of an assessment's life.

Each kind of thing that is said in an assessment holds a word that stands nowhere else. The table
says who may meet it, and the walk opens everything there is: all tables unfolded, all panels
open, all files taken.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
import streamlit as st

from benchmarking import evidence_downloads, evidence_entries
from benchmarking.access import Refused
from benchmarking.action_plan import action_entries
from benchmarking.answers import ItemKey, MoveNote
from benchmarking.assessing import assessments, moves
from benchmarking.assessing.lifecycle import Step
from benchmarking.assessing.moves import Proposal
from benchmarking.assessing.sheets import NotThere, Sheet
from benchmarking.evidence import Evidence
from benchmarking.evidence_files import Upload
from benchmarking.moments import utc_now
from benchmarking.people import accounts
from benchmarking.server import Server
from benchmarking.store.database import AuditEntry
from benchmarking.trust_actions import Promised
from benchmarking.ui import caches, show
from benchmarking.visit import Visit
from dashboard import PAGES
from tests.pages import opening
from tests.pages.opening import Door
from tests.web import copies

# Its current assessment is answered in full and not handed in.
TRUST = "DEMO-31"
READERS = {
    "l": f"trust-lead.{TRUST}",
    "c": f"contributor.{TRUST}",
    "a": f"approver.{TRUST}",
    "b": f"board-member.{TRUST}",
    "i": "inspector",
    "o": "trust-lead.DEMO-11",  # of another trust, which has published in this cycle
    "p": "board-member.DEMO-11",
    "m": "administrator",
    "s": None,
}
STATES = (
    "in progress",
    "submitted",
    "sent back",
    "approved",
    "signed off",
    "published",
    "released",
    "reopened",
)
TABLE = {
    #                in progress submitted sent back approved signed off published released reopened
    "comment":        "lca        lca       lca       lca      lca       lca       lca      .",
    "reason":         "lca        lca       lca       lca      lca       lca       lca      lca",
    "title":          "lca        lca       lca       lca      lca       lca       lca      lca",
    "note":           "lca        lca       lca       lca      lca       lca       lca      lca",
    "action":         "lcab       lcab      lcab      lcab     lcab      lcab      lcab     lcab",
    "action's note":  "lca        lca       lca       lca      lca       lca       lca      lca",
    "file":           "lca        lca       lca       lca      lca       lca       lca      lca",
    "shared file":    "lca        lca       lca       lca      lca       lca       lcai     lcai",
    "return":         ".          .         lca       lca      lca       lca       lca      .",
    "response":       ".          .         .         .        lcab      lcab      lcab     lab",
    "why reopened":   ".          .         .         .        .         .         .        lca",
    "second thought": ".          .         .         .        .         .         .        lca",
}  # fmt: skip
WORDS = {kind: f"Zaunkoenig-{number:02}" for number, kind in enumerate(TABLE)}
SAYS = {"5.1": "comment", "5.2": "evidence"}


@dataclass
class Walk:
    """What was met: for each state and kind of thing, the readers who came across it."""

    met: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)

    def note(self, state: str, reader: str, found: str) -> None:
        for kind, word in WORDS.items():
            if word in found:
                self.met.setdefault((state, kind), set()).add(reader)


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    folder = tmp_path_factory.mktemp("walk")
    with copies.opened(folder) as running, pytest.MonkeyPatch.context() as patch:
        gone = Walk()
        door = Door(running, patch)
        given = unfolded(patch, gone)
        for state in STATES:
            LIFE[state](running)
            caches.forget()
            for reader, subject in READERS.items():
                gone.note(state, reader, everything(door, subject, given))
        yield gone


def unfolded(patch: pytest.MonkeyPatch, gone: Walk) -> list[bytes]:
    """From now on folded tables are open, so are the panels we wrote in; files are collected."""
    given: list[bytes] = []
    pills = st.pills

    def take(label: str, data: Any, **rest: Any) -> bool:
        file: Any = data() if callable(data) else data
        given.append(file)
        gone.files.add(str(rest.get("file_name", label)))
        return False

    def open_panel(label: str, options: Any, **rest: Any) -> Any:
        number = str(rest.get("key", "")).rpartition(".sa-")[2]
        if str(rest.get("key", "")).startswith("more.") and SAYS.get(number) in list(options):
            return SAYS[number]
        return pills(label, options, **rest)

    patch.setattr(st, "download_button", take)
    patch.setattr(st, "pills", open_panel)
    patch.setattr(show, "folded", lambda make, **rest: show.table(make(), **rest))
    return given


def everything(door: Door, subject: str | None, given: list[bytes]) -> str:
    """All that is sent to one reader, page by page, and all files."""
    given.clear()
    sent = []
    browser = door.open(PAGES[0].file, subject)
    for page in PAGES:
        browser.switch_page(page.file)
        for name, value in ADDRESS.items():
            browser.query_params[name] = value
        browser.run()
        assert not browser.exception, (page.file, subject)
        sent.append(opening.everything(browser))
    given += evidence_files(door.running, subject)
    return "\n".join([*sent, *(data.decode("utf-8", "replace") for data in given)])


def evidence_files(running: Server, subject: str | None) -> list[bytes]:
    """Every file of evidence that one reader is given, asking for all there are."""
    with running.database.reading() as reading:
        rows = reading.rows("SELECT evidence_id FROM evidence WHERE file_sha256 <> ''")
    token = accounts.sign_in_as(running, subject) if subject else None
    asking, given = accounts.visit_by(running, token), []
    for row in rows:
        with suppress(Refused, NotThere):
            given.append(evidence_downloads.fetch(asking, row["evidence_id"]).content)
    assert len(rows) >= 2
    return given


# What a curious reader would write into the address.
ADDRESS = {
    "trust": TRUST,
    "picked": TRUST,
    "view": "One trust",
    "standard": "my-expectations",
    "stage": "me-5",
}


# The life of the assessment, step by step, each in the name of who takes it.


def visit(running: Server, reader: str) -> Visit:
    subject = READERS[reader]
    assert subject is not None
    return accounts.visit_by(running, accounts.sign_in_as(running, subject))


def sheet(running: Server) -> Sheet:
    return assessments.open_sheet(visit(running, "l"), TRUST)


def item(number: str) -> ItemKey:
    return ItemKey("my-expectations", f"sa-{number}")


def take(running: Server, reader: str, step: Step, *notes: MoveNote) -> None:
    seen = sheet(running)
    proposal = Proposal(step, TRUST, seen.cycle, seen.assessment, notes)
    moves.take(visit(running, reader), proposal)


def write(running: Server) -> None:
    """Words of each kind, as the trust's people type them."""
    lead, drawn = visit(running, "l"), sheet(running)
    comment = drawn.line(item("5.1")).comment
    seen = comment.comment_revision if comment else 0
    assessments.save_comment(lead, drawn, item("5.1"), WORDS["comment"], seen)
    piece = Evidence("", item("5.2"), "policy", WORDS["title"], note=WORDS["note"])
    evidence_entries.add(lead, drawn, item("5.2"), piece)
    for kind in ("file", "shared file"):
        brought = replace(piece, title=kind, note="", may_be_shared=kind == "shared file")
        upload = Upload("sample.txt", WORDS[kind].encode())
        evidence_entries.add(lead, drawn, item("5.2"), brought, upload)
    promised = Promised(WORDS["action"], statements=(item("5.1"),))
    number = action_entries.add(lead, TRUST, promised)
    action_entries.tell(lead, TRUST, number, WORDS["action's note"], begins=True, read_revision=1)
    answer = drawn.line(item("5.3")).answer
    told = (WORDS["reason"], answer.answer_revision if answer else 0)
    assessments.save_answer(lead, drawn, item("5.3"), "not-applicable", *told)


def submit(running: Server) -> None:
    take(running, "l", Step.SUBMIT)


def send_back(running: Server) -> None:
    take(running, "a", Step.SEND_BACK, MoveNote(WORDS["return"], item("5.4")))


def approve(running: Server) -> None:
    submit(running)
    take(running, "a", Step.APPROVE)


def sign_off(running: Server) -> None:
    note = MoveNote(WORDS["response"], body="The board", met_on=visit(running, "b").today)
    take(running, "b", Step.SIGN_OFF, note)


def publish(running: Server) -> None:
    take(running, "l", Step.PUBLISH)


def release(running: Server) -> None:
    cycle = sheet(running).cycle.cycle_id
    with running.database.writing(AuditEntry(0, "release", "tests", utc_now())) as writing:
        hour_ago = utc_now() - timedelta(hours=1)
        writing.run("UPDATE cycle SET release_at = :at WHERE cycle_id = :c", at=hour_ago, c=cycle)


def reopen(running: Server) -> None:
    take(running, "a", Step.REOPEN, MoveNote(WORDS["why reopened"]))
    lead, drawn = visit(running, "l"), sheet(running)
    assessments.save_comment(lead, drawn, item("5.1"), WORDS["second thought"], 1)


LIFE: dict[str, Callable[[Server], None]] = {
    "in progress": write,
    "submitted": submit,
    "sent back": send_back,
    "approved": approve,
    "signed off": sign_off,
    "published": publish,
    "released": release,
    "reopened": reopen,
}


@pytest.mark.parametrize("kind", TABLE)
def test_what_is_said_is_met_by_exactly_the_readers_of_the_table(walk: Walk, kind: str) -> None:
    met = [walk.met.get((state, kind), set()) for state in STATES]
    written = [set(readers) - {"."} for readers in TABLE[kind].split()]
    assert dict(zip(STATES, met, strict=True)) == dict(zip(STATES, written, strict=True))
