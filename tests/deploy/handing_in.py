"""Trust leads who hand in their assessments in open pages, again and again, whatever breaks.

An approver sends back what was handed in, so that the same people can hand it in once more.
"""

import re
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import WebSocketException

from benchmarking.answers import ItemKey, MoveNote, State
from benchmarking.assessing import assessments, moves
from benchmarking.assessing.lifecycle import Step
from benchmarking.assessing.moves import Proposal
from benchmarking.moments import utc_now
from benchmarking.people.vouching import DEMONSTRATION_ISSUER
from benchmarking.standard import Library
from benchmarking.store import people
from benchmarking.store.database import Database
from benchmarking.visit import Visit
from tests.deploy.proxy import Proxy
from tests.deploy.visiting import Visitor
from tests.web.tabs import Tab

_RECEIPT = re.compile(r"Submitted on [^\x00-\x1f]*? Receipt (\S+)\. Next:")
_REASON = MoveNote("The sample is of last year.", ItemKey("my-expectations", "sa-1.1"))
_PATIENCE = 60


class Glance(Tab):
    """An open page of which the texts are read as they came: a tenth of the work of all of it."""

    def _text(self, frame: bytes, message: ForwardMsg) -> str:
        return frame.decode("utf-8", "replace")


@dataclass
class Lead:
    """Somebody who hands in for one trust. ``acknowledged`` are receipts that a click brought."""

    trust: str
    visitor: Visitor
    acknowledged: list[str] = field(default_factory=list)
    seen_later: list[str] = field(default_factory=list)
    reloads: int = 0
    _open: ExitStack = field(default_factory=ExitStack)
    _tab: Tab | None = None

    def hand_in(self) -> None:
        """Hands in once. Where the connection breaks, reloads the page and looks first."""
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                return self._click()
            except (WebSocketException, OSError):
                assert time.monotonic() < until, f"{self.trust} is served again"
                self.close()
                self.reloads += 1
                time.sleep(0.1)

    def close(self) -> None:
        self._open.close()
        self._tab = None

    def _click(self) -> None:
        shown = self._page().run("assessment")
        assert "Nobody is signed in" not in shown, "whoever reloads is still signed in"
        if found := _RECEIPT.search(shown):
            # It was kept, though the click that did it was never answered.
            self.seen_later.append(found[1])
            return
        done = _RECEIPT.search(self._press("submit.yes", self._press("submit", shown)))
        assert done is not None, "a click on yes brings a receipt"
        self.acknowledged.append(done[1])

    def _page(self) -> Tab:
        if self._tab is None:
            self._tab = self._open.enter_context(self.visitor.tab(Glance))
        return self._tab

    def _press(self, name: str, shown: str) -> str:
        named = rf"\$\$ID-[0-9a-f]+-step\.{self.trust}\.[\w.-]+?\.{name}(?![\w.])"
        button = re.search(named, shown)
        assert button is not None, f"{name} can be pressed"
        return self._page().run("assessment", WidgetState(id=button[0], trigger_value=True))


@dataclass
class Office:
    """All leads, with the approver who sends back what they handed in."""

    proxy: Proxy
    database: Database
    library: Library
    cycle: str
    allowed: int = 0
    begun: int = 0
    _changed: threading.Condition = field(default_factory=threading.Condition)

    @cached_property
    def leads(self) -> list[Lead]:
        """Of ten trusts whose assessment was handed in and can be sent back."""
        with self.database.reading() as reading:
            rows = reading.rows(
                """
                SELECT o.code
                FROM assessment a JOIN organisation o ON o.organisation_id = a.organisation_id
                WHERE a.cycle_id = :cycle AND a.scope = 'trust' AND a.state IN (:one, :two)
                ORDER BY o.code
                LIMIT 10
                """,
                cycle=self.cycle,
                one=State.SUBMITTED.value,
                two=State.APPROVED.value,
            )
        codes = [row["code"] for row in rows]
        return [Lead(one, Visitor(self.proxy).sign_in(f"trust-lead.{one}")) for one in codes]

    @property
    def done(self) -> int:
        return sum(len(lead.acknowledged) + len(lead.seen_later) for lead in self.leads)

    def allow(self, number: int) -> None:
        """Lets so many be begun in all."""
        with self._changed:
            self.allowed = number
            self._changed.notify_all()

    def until_done(self, number: int) -> None:
        until = time.monotonic() + 2 * _PATIENCE
        while self.done < number:
            assert time.monotonic() < until, f"{self.done} of {number} were handed in"
            time.sleep(0.005)

    def work(self, lead: Lead, times: int) -> None:
        """Hands in so many times; each is sent back first."""
        for _ in range(times):
            with self._changed:
                assert self._changed.wait_for(lambda: self.begun < self.allowed, 4 * _PATIENCE)
                self.begun += 1
            self._send_back(lead.trust)
            lead.hand_in()
        lead.close()

    def begin(self, pool: ThreadPoolExecutor, times: int) -> "list[Future[None]]":
        """Sets all to work; each future ends when one lead is done."""
        return [pool.submit(self.work, lead, times) for lead in self.leads]

    def _send_back(self, trust: str) -> None:
        visit = self._visit(f"approver.{trust}")
        sheet = assessments.open_sheet(visit, trust)
        moves.take(
            visit, Proposal(Step.SEND_BACK, trust, sheet.cycle, sheet.assessment, (_REASON,))
        )

    def _visit(self, subject: str) -> Visit:
        now = utc_now()
        with self.database.reading() as reading:
            person = people.find(reading, DEMONSTRATION_ISSUER, subject, now)
        assert person is not None
        return Visit(person, self.database, self.library, now)
