"""Who may do what. Everything asks for actions; only this file knows roles."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """Something a person does. Named from the person's side."""

    SEE_PUBLIC_PAGES = "see public pages"
    SEE_HOME = "see the home page"
    SEE_PUBLISHED_COMPLAINTS = "see published complaints"
    SEE_DRAFT = "see an assessment in progress"
    ANSWER = "answer an assessment"
    ASSIGN = "hand out the questions of an assessment"
    SUBMIT = "submit an assessment"
    APPROVE = "approve an assessment, or send it back"
    SIGN_OFF = "sign off an assessment for the board"
    PUBLISH = "publish an assessment"
    REOPEN = "reopen a published assessment"
    SEE_OWN_RESULTS = "see the results of the own trust"
    SEE_VOICES = "see how a trust brings its other voices"
    BRING_SURVEY = "bring survey answers of a trust's complainants"
    INVITE = "invite a trust's complainants to answer a survey"
    READ_SURVEY_COMMENTS = "read what complainants wrote in their own words"
    REVIEW_FILES = "read complaint files of a trust for a review"
    DRAW_FILES = "draw complaint files of a trust, and close a review"
    SEE_OVERVIEW = "see the board's overview"
    SEE_ACTIONS = "see what a trust promised to do"
    OPEN_TRENDS = "open the page of monthly trends"
    SEE_TRENDS = "see the monthly trends of a trust"
    RECORD_FIGURES = "record the monthly figures of a trust"
    SEE_SCOPES = "see the sites and directorates of a trust"
    MANAGE_SCOPES = "name the sites and directorates of a trust"
    CHOOSE_NOTIFICATIONS = "choose how to be told by e-mail what waits"
    SEE_PRACTICE = "find good practice that trusts offer"
    OFFER_PRACTICE = "offer a trust's good practice to others"
    COMPARE = "compare trusts"
    ADMINISTER = "administer the installation"
    MANAGE_PEOPLE = "manage people and their roles"
    MANAGE_CYCLES = "open and close cycles"
    SEE_AUDIT = "see the audit"
    WRITE_STANDARDS = "write standards"


class Role(StrEnum):
    """What a person is, in one trust or everywhere."""

    CONTRIBUTOR = "contributor"
    TRUST_LEAD = "trust lead"
    APPROVER = "approver"
    BOARD_MEMBER = "board member"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"
    STANDARDS_AUTHOR = "standards author"


_SIGNED_IN = frozenset({Action.SEE_HOME, Action.SEE_PUBLISHED_COMPLAINTS})
_OF_A_TRUST = _SIGNED_IN | {
    Action.SEE_ACTIONS,
    Action.OPEN_TRENDS,
    Action.SEE_TRENDS,
    Action.SEE_SCOPES,
    Action.SEE_PRACTICE,
    Action.CHOOSE_NOTIFICATIONS,
}
_ON_THE_ASSESSMENT = _OF_A_TRUST | {Action.SEE_DRAFT, Action.SEE_OWN_RESULTS, Action.SEE_VOICES}
_WRITES_FOR_IT = _ON_THE_ASSESSMENT | {
    Action.ANSWER,
    Action.RECORD_FIGURES,
    Action.BRING_SURVEY,
    Action.REVIEW_FILES,
}

ROLES: Mapping[Role, frozenset[Action]] = {
    Role.CONTRIBUTOR: _WRITES_FOR_IT,
    Role.TRUST_LEAD: _WRITES_FOR_IT
    | {Action.ASSIGN, Action.SUBMIT, Action.PUBLISH, Action.MANAGE_SCOPES, Action.SEE_OVERVIEW}
    | {Action.OFFER_PRACTICE, Action.INVITE, Action.READ_SURVEY_COMMENTS, Action.DRAW_FILES},
    Role.APPROVER: _ON_THE_ASSESSMENT | {Action.APPROVE, Action.REOPEN, Action.SEE_OVERVIEW},
    Role.BOARD_MEMBER: _OF_A_TRUST | {Action.SIGN_OFF, Action.SEE_OVERVIEW},
    Role.INSPECTOR: _SIGNED_IN | {Action.COMPARE, Action.OPEN_TRENDS, Action.SEE_PRACTICE},
    Role.ADMINISTRATOR: _SIGNED_IN
    | {Action.ADMINISTER, Action.MANAGE_PEOPLE, Action.MANAGE_CYCLES, Action.SEE_AUDIT},
    Role.STANDARDS_AUTHOR: _SIGNED_IN | {Action.WRITE_STANDARDS},
}

# Actions that concern one trust; a role held in another trust does not give them.
_IN_ONE_TRUST = frozenset(
    {
        Action.SEE_DRAFT,
        Action.ANSWER,
        Action.ASSIGN,
        Action.SUBMIT,
        Action.APPROVE,
        Action.SIGN_OFF,
        Action.PUBLISH,
        Action.REOPEN,
        Action.SEE_OWN_RESULTS,
        Action.SEE_VOICES,
        Action.BRING_SURVEY,
        Action.INVITE,
        Action.READ_SURVEY_COMMENTS,
        Action.REVIEW_FILES,
        Action.DRAW_FILES,
        Action.SEE_OVERVIEW,
        Action.SEE_ACTIONS,
        Action.SEE_TRENDS,
        Action.RECORD_FIGURES,
        Action.SEE_SCOPES,
        Action.MANAGE_SCOPES,
        Action.OFFER_PRACTICE,
    }
)


def is_of_a_trust(role: Role) -> bool:
    """Whether a role is held in one trust; else it is held everywhere."""
    return bool(ROLES[role] & _IN_ONE_TRUST)


class Refused(Exception):
    """A person may not do this. Says no more than a stranger may know.

    ``action`` and ``trust`` are for the audit: what was refused, where, as far as that is known.
    """

    def __init__(self, said: str, action: Action | None = None, trust: str | None = None):
        super().__init__(said)
        self.action = action
        self.trust = trust


@dataclass(frozen=True)
class Grant:
    """One role of one person; ``organisation`` is a trust's code, or None for everywhere."""

    role: Role
    organisation: str | None


@dataclass(frozen=True)
class Person:
    """Somebody who asks, with the roles that hold at this moment."""

    person_id: int
    title: str
    grants: tuple[Grant, ...] = ()

    @property
    def is_stranger(self) -> bool:
        return self.person_id == 0

    @property
    def trusts(self) -> tuple[str, ...]:
        """Codes of the trusts this person has a role in, without repeats."""
        codes = (g.organisation for g in self.grants if g.organisation is not None)
        return tuple(dict.fromkeys(codes))


STRANGER = Person(0, "Somebody who has not signed in")

# The reason is the same whether a thing is forbidden or absent, so that asking tells nothing.
_SAME_FOR_ALL = "There is nothing here that you can see. Ask your trust lead if you should."


def can(person: Person, action: Action, trust: str | None = None) -> bool:
    """Whether a person may do this, in a trust where the action concerns one.

    Args:
        person: who asks.
        action: what they want to do.
        trust: the trust's code; leave out to ask "in any trust at all" (for menus).
    """
    if action is Action.SEE_PUBLIC_PAGES:
        return True
    return any(
        action in ROLES[grant.role] and _covers(grant, action, trust) for grant in person.grants
    )


def check_can(person: Person, action: Action, trust: str | None = None) -> None:
    """Passes silently, or says in a sentence why not.

    Raises:
        Refused: the person may not do this, or nobody has signed in.
    """
    if can(person, action, trust):
        return
    if person.is_stranger:
        raise Refused("Sign in to see this page.", action, trust)
    raise Refused(_SAME_FOR_ALL, action, trust)


def _covers(grant: Grant, action: Action, trust: str | None) -> bool:
    if action not in _IN_ONE_TRUST or trust is None:
        return True
    return grant.organisation == trust
