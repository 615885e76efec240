"""The survey as one person answers it here, who is known by the link alone.

Whoever has the link may answer, decline, or go on with what was begun; nobody else may, whatever
their role. Once sent, the reply and the invitation are apart: the invitation says that it was
answered, not when, and the reply says nothing of the invitation.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, time
from enum import Enum
from functools import cached_property

from benchmarking.access import Action, check_can
from benchmarking.answers import Cycle, Organisation
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.lifecycle import is_closed
from benchmarking.assessing.sheets import NotThere, trust_of
from benchmarking.moments import local
from benchmarking.replies import SKIPPED, Reply, Way, number_of
from benchmarking.standard import AnswerScale, EqualityQuestion, Library, Standard, SurveyItem
from benchmarking.store import (
    cycles,
    invitations,
    organisations,
    responses,
    survey_extras,
    survey_terms,
)
from benchmarking.store.database import AuditEntry, Database, Reading, Writing
from benchmarking.store.responses import Place
from benchmarking.survey.invitations import digest, replied
from benchmarking.survey_terms import Invitation, Stands, Terms
from benchmarking.texts import cleaned
from benchmarking.visit import Visit
from benchmarking.voices.instruments import survey_of, surveyed

LONGEST_COMMENT = 2_000
# Nobody here: who answers is not known.
_NOBODY = 0
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Closed(Enum):
    """Why a link leads to no question. An altered link is one that nobody was ever sent."""

    UNKNOWN = "unknown"
    ANSWERED = "answered"
    DECLINED = "declined"
    EXPIRED = "expired"
    REPLACED = "replaced"


class LinkClosed(Exception):
    """Nothing can be answered under this link, and nothing was stored."""

    def __init__(self, why: Closed):
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Asked:
    """Where somebody asks who brings nothing but a link, and when: UTC, without a zone."""

    database: Database
    library: Library
    now: datetime

    @property
    def today(self) -> date:
        """The day it is in London."""
        return local(self.now).date()


@dataclass(frozen=True)
class Draft:
    """What was answered so far: choices by item, options by question about the person."""

    answers: Mapping[str, str] = field(default_factory=dict)
    equality: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""


@dataclass(frozen=True)
class Hosted:
    """The survey as one person finds it under their link."""

    trust: Organisation
    cycle: Cycle
    standard: Standard
    scale: AnswerScale
    terms: Terms
    expires_on: date
    draft: Draft = Draft()

    @cached_property
    def items(self) -> tuple[SurveyItem, ...]:
        return survey_of(self.standard).items

    @property
    def equality(self) -> tuple[EqualityQuestion, ...]:
        """The questions about the person, none where the trust does not ask them."""
        return survey_of(self.standard).equality if self.terms.with_equality else ()

    @property
    def asks_more(self) -> bool:
        """Whether there is a page after the questions."""
        return bool(self.equality) or self.terms.with_comments

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(item.id in self.draft.answers for item in self.items)

    @property
    def has_begun(self) -> bool:
        return self.draft != Draft()

    @property
    def goes_on_at(self) -> int:
        """The number of the question after the last that was answered, at most the last one."""
        done = [n for n, item in enumerate(self.items, 1) if item.id in self.draft.answers]
        return min(max(done, default=0) + 1, len(self.items))

    def item(self, number: int) -> SurveyItem | None:
        """The question with this number, counted from 1."""
        return self.items[number - 1] if 1 <= number <= len(self.items) else None


def open_link(asked: Asked, token: str) -> Hosted:
    """The survey under a link.

    Raises:
        LinkClosed: with the reason.
    """
    with asked.database.reading() as reading:
        return _hosted(reading, asked, _open(reading, asked, token))


def answer(asked: Asked, token: str, choices: Mapping[str, str | None]) -> None:
    """Keeps answers under a link, by item; None takes one away. Others stay as they are.

    Raises:
        LinkClosed: nothing was kept.
        CannotSave: this survey has no such question or choice.
    """
    with _changing(asked, token) as (writing, hosted):
        _check(choices, {item.id: hosted.scale.by_id for item in hosted.items})
        kept = _merged(hosted.draft.answers, choices)
        _keep(writing, token, replace(hosted.draft, answers=kept))


def say_more(
    asked: Asked, token: str, equality: Mapping[str, str | None], comment: str | None
) -> None:
    """Keeps what somebody says about themselves, and in their own words.

    Raises:
        LinkClosed: nothing was kept.
        CannotSave: it is not asked here, or has no such choice.
        UnusableText: the comment is too long.
    """
    with _changing(asked, token) as (writing, hosted):
        _check(equality, {one.id: [o.id for o in one.options] for one in hosted.equality})
        if comment is not None and not hosted.terms.with_comments:
            raise CannotSave("There is no room for a comment here.")
        words = cleaned(comment or "", LONGEST_COMMENT, "What you wrote")
        kept = _merged(hosted.draft.equality, equality)
        _keep(writing, token, replace(hosted.draft, equality=kept, comment=words))


def send(asked: Asked, token: str) -> None:
    """Counts the reply in and ends the link, in one transaction; nothing links them afterwards.

    Raises:
        LinkClosed: it was sent before, or cannot be; nothing was stored.
        CannotSave: no question has an answer.
    """
    with _changing(asked, token) as (writing, hosted):
        if not hosted.answered:
            raise CannotSave("You have not answered any question yet. Answer at least one.")
        _count(writing, asked.library, hosted)
        if not invitations.close(writing, digest(token), Stands.ANSWERED):
            raise LinkClosed(Closed.ANSWERED)
    asked.database.checkpoint()


def decline(asked: Asked, token: str) -> None:
    """Notes that somebody does not want to answer, and removes what they had answered so far.

    Raises:
        LinkClosed: nothing was changed.
    """
    with _changing(asked, token) as (writing, _):
        invitations.close(writing, digest(token), Stands.DECLINED)


def preview(visit: Visit, trust_code: str, cycle_id: str) -> Hosted:
    """The survey as people will find it, for somebody of the trust.

    Raises:
        Refused: the person may not see how this trust brings its other voices.
        NotThere: there is no such trust or cycle, or it has no survey.
    """
    check_can(visit.person, Action.SEE_VOICES, trust_code)
    with visit.database.reading() as reading:
        trust = trust_of(reading, trust_code)
        terms = survey_terms.of_trust(reading, trust.organisation_id).terms
        cycle = cycles.find(reading, cycle_id) if cycle_id.isprintable() else None
    standard = surveyed(visit.library, cycle) if cycle else None
    if cycle is None or standard is None:
        raise NotThere("There is no survey to look at here.")
    scale = visit.library.scales[survey_of(standard).scale]
    return Hosted(trust, cycle, standard, scale, terms, local(cycle.deadline_at).date())


def forget_expired(database: Database, now: datetime) -> int:
    """Removes what was answered under links that are over and never sent; from how many."""
    today = local(now).date()
    with database.reading() as reading:
        if not invitations.drafts_over(reading, today):
            return 0
    entry = AuditEntry(_NOBODY, "forget survey drafts", "links that are over", now)
    with database.writing(entry) as writing:
        return invitations.forget_drafts_over(writing, today)


def _open(reading: Reading, asked: Asked, token: str) -> Invitation:
    """The invitation under a link that is open; it takes as long for one that nobody was sent."""
    sane = token if _TOKEN.fullmatch(token) else ""
    found = invitations.find(reading, digest(sane))
    if found is None:
        raise LinkClosed(Closed.UNKNOWN)
    if found.stands is not Stands.OPEN:
        raise LinkClosed(Closed(found.stands.value))
    if asked.today > found.expires_on:
        raise LinkClosed(Closed.EXPIRED)
    return found


def _hosted(reading: Reading, asked: Asked, found: Invitation) -> Hosted:
    trusts = {trust.organisation_id: trust for trust in organisations.every(reading)}
    trust = trusts.get(found.organisation_id)
    cycle = cycles.find(reading, found.cycle_id)
    standard = surveyed(asked.library, cycle) if cycle else None
    if trust is None or cycle is None or standard is None:
        raise LinkClosed(Closed.UNKNOWN)
    if is_closed(cycles.rule_of(reading, cycle.cycle_id).closed_at, asked.now):
        raise LinkClosed(Closed.EXPIRED)
    terms = survey_terms.of_trust(reading, found.organisation_id).terms
    scale = asked.library.scales[survey_of(standard).scale]
    return Hosted(trust, cycle, standard, scale, terms, found.expires_on, _read(found.draft))


@contextmanager
def _changing(asked: Asked, token: str) -> Iterator[tuple[Writing, Hosted]]:
    """A transaction on the survey under a link.

    Its audit entry has the day and no hour, names no trust, and is the same whatever was done:
    else who reads the audit could count how many have replied or declined.
    """
    before = open_link(asked, token)
    day = datetime.combine(asked.now.date(), time())
    entry = AuditEntry(_NOBODY, "use survey link", before.cycle.cycle_id, day)
    with asked.database.writing(entry) as writing:
        yield writing, _hosted(writing, asked, _open(writing, asked, token))


def _check(said: Mapping[str, str | None], offered: Mapping[str, Collection[str]]) -> None:
    for name, choice in said.items():
        if name not in offered or (choice is not None and choice not in offered[name]):
            raise CannotSave(
                "This answer does not belong to this survey. Choose one of those shown."
            )


def _merged(before: Mapping[str, str], said: Mapping[str, str | None]) -> Mapping[str, str]:
    whole = {**before, **said}
    return {name: choice for name, choice in whole.items() if choice is not None}


def _keep(writing: Writing, token: str, draft: Draft) -> None:
    written = json.dumps(asdict(draft), ensure_ascii=False)
    invitations.save_draft(writing, digest(token), written)


def _read(written: str) -> Draft:
    return Draft(**json.loads(written)) if written else Draft()


def _count(writing: Writing, library: Library, hosted: Hosted) -> None:
    """Adds the reply, the comment and the counts of people, each for itself.

    The data revision stays: it stands under every figure, and would count single replies.
    """
    at, cycle_id = hosted.trust.organisation_id, hosted.cycle.cycle_id
    items = responses.numbers_for(writing, hosted.standard, library)
    period = responses.period_for(writing, cycle_id)
    batch = responses.begin_batch(writing, Way.HERE, hosted.standard)
    before = replied(writing, at, period)
    reply = Reply("", _answers(hosted))
    responses.add_answers(writing, Place(at, period), batch, items, [reply])
    responses.count_in(writing, batch)
    if hosted.draft.comment and hosted.terms.with_comments:
        survey_extras.add_comment(writing, at, cycle_id, hosted.draft.comment)
    if replied(writing, at, period) > before:
        survey_extras.show_comments(writing, at, cycle_id)
    asked = {question.id for question in hosted.equality}
    said = {name: one for name, one in hosted.draft.equality.items() if name in asked}
    survey_extras.count_person(writing, at, cycle_id, said)


def _answers(hosted: Hosted) -> tuple[int, ...]:
    said = hosted.draft.answers
    return tuple(
        number_of(hosted.scale, said[item.id]) if item.id in said else SKIPPED
        for item in hosted.items
    )
