"""What people do that must be done as a whole or not at all, each ready to be done.

A ``Deed`` is prepared in a new database; ``begin`` looks at it as the person's page did, and gives
what their click does.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from benchmarking import indicators, published_imports, reference, retention
from benchmarking.access import Grant, Role
from benchmarking.answers import MoveNote, State
from benchmarking.assessing import moves
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.lifecycle import Step
from benchmarking.assessing.sheets import current_cycle
from benchmarking.file_review import file_reconciling
from benchmarking.indicators.likeness import load_likeness
from benchmarking.people import enrolment
from benchmarking.people.enrolment import CannotEnrol, Newcomer
from benchmarking.replies import Sending, Way
from benchmarking.results.history import Cycles
from benchmarking.server import Server
from benchmarking.settings import ROOT, Mode, Settings, read
from benchmarking.standard import load_library
from benchmarking.store.database import Database
from benchmarking.store.migrate import migrate
from benchmarking.survey import file_imports, hosted_survey, loads
from benchmarking.survey.file_imports import Upload
from benchmarking.survey.hosted_survey import Asked, LinkClosed
from tests import invited
from tests.imports.ko41a_files import changed, csv_of
from tests.imports.survey_files import csv, first_items
from tests.use_cases import reviewing
from tests.use_cases.conftest import NOW, World, answered_in_full, proposal, set_the_scene
from tests.use_cases.test_moves import APPROVER, BOARD, COLLEAGUE, LEAD, RESPONSE, WHY, come_to

DATA = ROOT / "data"
SETTINGS: Settings = replace(read({"BENCHMARK_SECRET": "s" * 40}), mode=Mode.DEMONSTRATION)
LIBRARY = load_library(SETTINGS.standards)
RULES = retention.load(DATA)
ONE, TWO = first_items(2)

Act = Callable[[], object]


@dataclass(frozen=True, eq=False)
class Deed:
    """Something that somebody does. ``name`` is how the audit's name for it begins.

    ``told`` are the refusals that a second go may meet once it was done; ``waits`` says how long
    after the scene it is done.
    """

    name: str
    furnish: Callable[[World], object]
    begin: Callable[[World], Act]
    told: tuple[type[Exception], ...] = ()
    waits: Mapping[str, int] = field(default_factory=dict)

    def prepare(self, database: Database) -> None:
        """Brings a new database to the moment before."""
        migrate(database, NOW)
        set_the_scene(database, LIBRARY)
        self.furnish(World(SETTINGS, database, LIBRARY))

    def later(self, world: World) -> World:
        """The world at the moment of the deed."""
        return world.later(**self.waits)

    def __str__(self) -> str:
        return self.name


def _step(step: Step, subject: str, *notes: MoveNote) -> Callable[[World], Act]:
    def begin(world: World) -> Act:
        return partial(moves.take, world.visit(subject), proposal(world, step, *notes))

    return begin


def _published(world: World) -> None:
    come_to(world, State.PUBLISHED)


def _signed_off(world: World) -> None:
    come_to(world, State.SIGNED_OFF)


def replies_file(many: int) -> bytes:
    """A trust's file with so many replies."""
    return csv(*(f"R{number},{1 + number % 5},{1 + number % 3}" for number in range(many)))


def _bring_survey(world: World) -> Act:
    visit = world.visit(COLLEAGUE)
    cycle = Cycles(visit, lambda _key, make: make()).opened[0]
    look = file_imports.look_at(visit, "DEMO-07", cycle, Upload("replies.csv", replies_file(40)))
    sending = Sending(Way.ELSEWHERE, date(2026, 4, 1), date(2026, 9, 30), 240)
    return partial(file_imports.store, visit, look, sending=sending)


def _load_survey(world: World) -> Act:
    file = in_folder("many.csv", survey_of_two_trusts(60))
    return partial(loads.load, world.database, LIBRARY, file, "2026-27")


def survey_of_two_trusts(many: int) -> bytes:
    """A file for the command, with so many replies of two trusts."""
    rows = [f"R{n},DEMO-0{7 + n % 2},{1 + n % 5},{1 + n % 3}" for n in range(many)]
    return csv(*rows, header=f"response_id,trust,{ONE},{TWO}")


def in_folder(name: str, content: bytes) -> Path:
    """A file of this run's own."""
    file = Path(os.environ["BENCHMARK_DATABASE"]).with_name(name)
    file.write_bytes(content)
    return file


def _invite(world: World) -> None:
    visit = world.visit(LEAD)
    invited.fill_in(visit, with_equality=True, with_comments=True)


def _reply(world: World) -> Act:
    visit = world.visit(LEAD)
    (link,) = invited.invite(visit, current_cycle(visit), 1).links
    asked = Asked(world.database, LIBRARY, world.now)
    items = hosted_survey.open_link(asked, link.token).items
    hosted_survey.answer(asked, link.token, {item.id: "agree" for item in items})
    hosted_survey.say_more(asked, link.token, {"eq-who": "own-care"}, "They listened.")
    return partial(hosted_survey.send, asked, link.token)


def _reviewed(world: World) -> None:
    reviewing.with_reviews(world)
    reviewing.reconciling(world, {(1, "fr-1.2"): "no"}, files=1)
    reviewing.settle_all(world, "yes")


def _close_review(world: World) -> Act:
    return partial(file_reconciling.close, world.visit(LEAD), reviewing.standing(world))


def _add_person(world: World) -> Act:
    grant = Grant(Role.CONTRIBUTOR, "DEMO-07")
    newcomer = Newcomer("https://id.example", "new", "Complaints manager", grant)
    return partial(enrolment.enrol, world.database, DATA, newcomer, world.now)


def running(world: World) -> Server:
    """A server on the world's database, for what asks for one."""
    catalogue = indicators.load(DATA)
    return Server(SETTINGS, world.database, LIBRARY, catalogue, load_likeness(DATA, catalogue))


def revised_return(moved: int = 3) -> bytes:
    """The published complaints with some outcomes of one trust moved; all sums stay."""
    cells = {"Complaints_Number_Upheld": -moved, "Complaints_Number_Not_Upheld": moved}
    return csv_of(changed("R0A", **cells))


def load_reference(world: World) -> None:
    """What is published and ships with the program."""
    reference.load(world.database, indicators.load(DATA), DATA, NOW)


def _import_ko41a(world: World) -> Act:
    file = in_folder("revised.csv", revised_return())
    return partial(published_imports.import_ko41a, running(world), file)


def _nothing(_: World) -> None: ...


SUBMIT = Deed("submit", answered_in_full, _step(Step.SUBMIT, LEAD))
PUBLISH = Deed("publish", _signed_off, _step(Step.PUBLISH, LEAD), waits={"minutes": 9})
REOPEN = Deed("reopen", _published, _step(Step.REOPEN, APPROVER, WHY), waits={"minutes": 9})
BRING = Deed("bring survey replies", _nothing, _bring_survey, (CannotSave,))
LOAD = Deed("import survey replies", _nothing, _load_survey)
REPLY = Deed("use survey link", _invite, _reply, (LinkClosed,))
CLOSE = Deed("close file review", _reviewed, _close_review, (CannotSave,))
PERSON = Deed("give role", _nothing, _add_person, (CannotEnrol,))
KO41A = Deed("import ko41a", load_reference, _import_ko41a)

DEEDS = (SUBMIT, PUBLISH, REOPEN, BRING, LOAD, REPLY, CLOSE, PERSON, KO41A)

# A whole life: what the child that is killed does for ever.
LIFE = (
    (Step.SUBMIT, LEAD, ()),
    (Step.APPROVE, APPROVER, ()),
    (Step.SIGN_OFF, BOARD, (RESPONSE,)),
    (Step.PUBLISH, LEAD, ()),
    (Step.REOPEN, APPROVER, (WHY,)),
)


def live(world: World, number: int) -> str:
    """Takes the step of this number in the life of DEMO-07's assessment; its receipt."""
    step, subject, notes = LIFE[number % len(LIFE)]
    here = world.later(minutes=number)
    return moves.take(here.visit(subject), proposal(here, step, *notes)).number
