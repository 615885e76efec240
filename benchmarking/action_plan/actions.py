"""What a trust promised to do, as its people work on it and as its board reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from benchmarking import personal_details
from benchmarking.access import Action, can, check_can
from benchmarking.action_plan import action_words
from benchmarking.action_plan.action_words import StatementName
from benchmarking.answers import ItemKey, Organisation
from benchmarking.assessing.sheets import NotThere, trust_of
from benchmarking.keeping import Keep, afresh
from benchmarking.store import actions as store
from benchmarking.store import cycles, scopes
from benchmarking.store.database import Reading
from benchmarking.trust_actions import ActionNote, Closure, Due, Owner, TrustAction
from benchmarking.visit import Visit


@dataclass(frozen=True)
class ListedAction:
    """One action as somebody may read it.

    ``made_in`` is a cycle's title, ``part`` the site or directorate, empty for the whole trust.
    A board is given neither target, notes nor closure.
    """

    action: TrustAction
    due: Due
    statements: tuple[StatementName, ...]
    made_in: str
    part: str
    target: str = ""
    notes: tuple[ActionNote, ...] = ()
    closure: Closure | None = None

    @property
    def text(self) -> str:
        return self.action.promised.text

    @property
    def stands(self) -> str:
        """How it stands, in a word or two after a shape."""
        return action_words.stands(self.action.status, self.due)


@dataclass(frozen=True)
class ActionList:
    """All actions of a trust: what is late first, what is over last."""

    trust: Organisation
    listed: tuple[ListedAction, ...]
    for_board: bool

    @property
    def sentence(self) -> str:
        """How many there are and how they stand."""
        return action_words.summary((one.action.status, one.due) for one in self.listed)

    def of(self, *stands: Due) -> tuple[ListedAction, ...]:
        """Those that stand so to their day."""
        return tuple(one for one in self.listed if one.due in stands)

    def within(self, scope: str) -> "ActionList":
        """Those of one part of the trust, or of the whole."""
        return replace(self, listed=tuple(o for o in self.listed if o.action.scope == scope))

    def one(self, action_id: int) -> ListedAction:
        """The action with this number.

        Raises:
            NotThere: this trust has none.
        """
        for one in self.listed:
            if one.action.action_id == action_id:
                return one
        raise NotThere("This trust has no such action. Choose one from the list.")


def of_trust(visit: Visit, trust_code: str, keep: Keep = afresh) -> ActionList:
    """Every action of a trust: in full for who works on its assessment, else as for its board.

    For the board a text is withheld that may hold personal details.

    Raises:
        Refused: the person has no part in this trust.
        NotThere: no such trust.
    """
    check_can(visit.person, Action.SEE_ACTIONS, trust_code)
    for_board = not can(visit.person, Action.SEE_DRAFT, trust_code)
    return _kept(visit, trust_code, for_board, keep)


def as_the_board_reads(visit: Visit, trust_code: str, keep: Keep = afresh) -> ActionList:
    """Every action of a trust as its board is shown it, whoever asks; raises as ``of_trust``."""
    check_can(visit.person, Action.SEE_ACTIONS, trust_code)
    return _kept(visit, trust_code, True, keep)


def colleagues(visit: Visit, trust_code: str) -> tuple[Owner, ...]:
    """Who can be named as the owner of an action: everybody with a role in the trust.

    Raises:
        Refused: the person may not answer for this trust.
    """
    check_can(visit.person, Action.ANSWER, trust_code)
    with visit.database.reading() as reading:
        return store.colleagues(reading, trust_code, visit.now)


def evidence_for(visit: Visit, trust_code: str, action: TrustAction) -> Mapping[str, str]:
    """The evidence that can show that an action was done: title by number, the newest first.

    Raises:
        Refused: the person may not answer for this trust.
    """
    check_can(visit.person, Action.ANSWER, trust_code)
    with visit.database.reading() as reading:
        trust = trust_of(reading, trust_code)
        found = store.evidence_for(reading, trust.organisation_id, action.promised.statements)
    return dict(found)


def _kept(visit: Visit, trust_code: str, for_board: bool, keep: Keep) -> ActionList:
    key = ("actions", visit.stand.of_trust(trust_code), visit.today, trust_code, for_board)
    return keep(key, partial(_read, visit, trust_code, for_board))


def _read(visit: Visit, trust_code: str, for_board: bool) -> ActionList:
    with visit.database.reading() as reading:
        trust = trust_of(reading, trust_code)
        listed = _listed(visit, reading, trust.organisation_id)
    shown = [_for_board(one) for one in listed] if for_board else listed
    return ActionList(trust, tuple(sorted(shown, key=_order)), for_board)


def _listed(visit: Visit, reading: Reading, organisation_id: int) -> list[ListedAction]:
    names = action_words.statement_names(visit.library)
    titles = {cycle.cycle_id: cycle.title for cycle in cycles.every(reading)}
    parts = {scope.scope_id: scope.title for scope in scopes.of_trust(reading, organisation_id)}
    notes = store.notes_of(reading, organisation_id)
    closures = store.closures_of(reading, organisation_id)
    return [
        ListedAction(
            action,
            action.due(visit.today),
            tuple(_named(names, item) for item in action.promised.statements),
            titles[action.made_in],
            parts.get(action.scope, ""),
            _target(visit, action),
            notes.get(action.action_id, ()),
            closures.get(action.action_id),
        )
        for action in store.of_trust(reading, organisation_id)
    ]


def _named(names: Mapping[ItemKey, StatementName], item: ItemKey) -> StatementName:
    return names.get(item, StatementName(item, item.item_id, "", item.standard_id))


def _target(visit: Visit, action: TrustAction) -> str:
    promised, library = action.promised, visit.library
    served = {item.standard_id for item in promised.statements}
    standards = [standard for standard in library.standards if standard.id in served]
    levels = action_words.levels_of(library, standards)
    return action_words.target(levels, promised.target_level, promised.target_cycle)


def _for_board(one: ListedAction) -> ListedAction:
    """What was promised, by whom and by when. Nothing of how colleagues work on it."""
    promised = one.action.promised
    open_to_board = replace(
        promised,
        text=personal_details.for_others(promised.text),
        owner=replace(promised.owner, title=personal_details.for_others(promised.owner.title)),
        target_level=None,
        target_cycle="",
    )
    action = replace(one.action, promised=open_to_board, author="")
    return replace(one, action=action, target="", notes=(), closure=None)


_PLACES = {due: place for place, due in enumerate(Due)}


def _order(one: ListedAction) -> tuple[int, int, int]:
    """By how it stands, then by its day; of what is over, the newest first."""
    action = one.action
    day = action.promised.due_on.toordinal() if action.promised.due_on else 0
    over = one.due is Due.OVER
    return _PLACES[one.due], -day if over else day, -action.action_id if over else action.action_id
