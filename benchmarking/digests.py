"""What waits for one person in all their trusts, as a mail may say it.

Worked out from what is stored at that moment and from what the person may see then. Counts, days
and links; no answer, no level, no result and nothing that somebody typed.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from benchmarking import home
from benchmarking.access import Action, can, check_can
from benchmarking.action_plan import actions
from benchmarking.answers import WHOLE_TRUST
from benchmarking.assessing import assignments
from benchmarking.assessing.lifecycle import Step
from benchmarking.assessing.sheets import NotThere, Sheet
from benchmarking.home import TrustHome
from benchmarking.keeping import Keep, afresh
from benchmarking.moments import in_words, local
from benchmarking.trust_actions import Due
from benchmarking.visit import Visit

# A deadline is told at these many days before it, and once it is over.
DEADLINE_STEPS = (3, 14)
ACTION_DUE_WITHIN = timedelta(days=7)
_WAITS = {
    Step.APPROVE: "The assessment waits for you to approve it, or to send it back.",
    Step.PUBLISH: "The assessment was signed off and waits for you to publish it.",
}
_ASSESSMENT, _OVERVIEW, _ACTIONS = "assessment", "overview", "actions"


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for somebody in one trust.

    ``page`` is the address where they deal with it. ``made_of`` is what it is made of, by which
    a change is known.
    """

    trust_code: str
    sentence: str
    page: str
    made_of: tuple[str, ...]


def waiting_for(visit: Visit, keep: Keep = afresh) -> tuple[Waiting, ...]:
    """Everything that waits for whoever asks, trust by trust.

    Raises:
        Refused: the person has no role in any trust at this moment.
    """
    check_can(visit.person, Action.CHOOSE_NOTIFICATIONS)
    try:
        return tuple(one for code in visit.person.trusts for one in _in(visit, code, keep))
    except NotThere:
        # Before the first cycle opens nothing waits for anybody.
        return ()


def fingerprint(waiting: Sequence[Waiting]) -> str:
    """The same for the same things waiting, and for nothing else."""
    said = json.dumps([(one.trust_code, one.page, one.made_of) for one in waiting])
    return hashlib.sha256(said.encode()).hexdigest()


def _in(visit: Visit, code: str, keep: Keep) -> Iterator[Waiting]:
    if can(visit.person, Action.SEE_DRAFT, code):
        yield from _on_the_assessment(visit, code, home.trust_home(visit, code, keep))
    if can(visit.person, Action.SIGN_OFF, code):
        found = home.board_home(visit, code)
        if found.waits_for_sign_off:
            said = "The assessment waits for you to sign it off for the board."
            yield Waiting(code, said, _OVERVIEW, (Step.SIGN_OFF, found.cycle.cycle_id))
    yield from _own_actions(visit, code, keep)


def _on_the_assessment(visit: Visit, code: str, found: TrustHome) -> Iterator[Waiting]:
    if can(visit.person, Action.ANSWER, code):
        for sheet in (found.sheet, *found.parts):
            if sheet.takes_changes:
                yield from _to_answer(visit, sheet)
    for offer in found.steps:
        if offer.step in _WAITS:
            made_of = (offer.step, found.sheet.cycle.cycle_id)
            yield Waiting(code, _WAITS[offer.step], _ASSESSMENT, made_of)


def _to_answer(visit: Visit, sheet: Sheet) -> Iterator[Waiting]:
    code, about = sheet.trust.code, (sheet.cycle.cycle_id, sheet.scope)
    mine = assignments.still_mine(sheet, visit.person, visit.today)
    if mine:
        late = {line.key for line in mine if assignments.is_overdue(line, visit.today)}
        made_of = tuple(f"{line.key} {line.key in late}" for line in mine)
        said = f"{_many(len(mine), 'is', 'are')} assigned to you"
        said += f", {len(late)} overdue." if late else "."
        yield Waiting(code, said, _ASSESSMENT, ("assigned", *about, *sorted(made_of)))
    back = [line for line in sheet.lines if line.sent_back is not None]
    if back:
        made_of = tuple(f"{line.key} {line.sent_back and line.sent_back.at}" for line in back)
        said = f"{_many(len(back), 'was', 'were')} sent back with a reason."
        yield Waiting(code, said, _ASSESSMENT, ("sent back", *about, *made_of))
    if sheet.scope == WHOLE_TRUST:
        yield from _deadline(visit, sheet)


def _deadline(visit: Visit, sheet: Sheet) -> Iterator[Waiting]:
    day = local(sheet.cycle.deadline_at).date()
    left = (day - visit.today).days
    step = next((step for step in DEADLINE_STEPS if left <= step), None)
    if visit.now > sheet.cycle.deadline_at:
        said, near = f"The assessment was due on {in_words(day)} and is not submitted.", "over"
    elif step is None:
        return
    else:
        said, near = f"The assessment is due on {in_words(day)}.", str(step)
    made_of = ("deadline", sheet.cycle.cycle_id, in_words(day), near)
    yield Waiting(sheet.trust.code, said, _ASSESSMENT, made_of)


def _own_actions(visit: Visit, code: str, keep: Keep) -> Iterator[Waiting]:
    own = [
        one.action
        for one in actions.of_trust(visit, code, keep).listed
        if one.action.promised.owner.person_id == visit.person.person_id
    ]
    late = [one for one in own if one.due(visit.today) is Due.LATE]
    until = visit.today + ACTION_DUE_WITHIN
    soon = [
        one
        for one in own
        if one.due(visit.today) is Due.SOON and (one.promised.due_on or until) <= until
    ]
    parts = [(late, "late"), (soon, "due within a week")]
    said = " and ".join(f"{len(found)} {word}" for found, word in parts if found)
    if said:
        made_of = tuple(f"{one.action_id} {word}" for found, word in parts for one in found)
        yield Waiting(code, f"Of your actions, {said}.", _ACTIONS, ("actions", *sorted(made_of)))


def _many(count: int, one: str, several: str) -> str:
    return f"1 statement {one}" if count == 1 else f"{count} statements {several}"
