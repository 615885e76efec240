"""What a fictional trust says to one question: answer, comment, promise and evidence."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property

import numpy as np

from benchmarking.access import Role
from benchmarking.answers import Answer, Comment, ItemKey
from benchmarking.demonstration import newcomer, people
from benchmarking.demonstration.claims import (
    DONT_KNOW,
    NOT_APPLICABLE,
    Claims,
    choice_at,
)
from benchmarking.demonstration.evidence import Occasion, make_evidence
from benchmarking.demonstration.words import Words, promise, read_words
from benchmarking.evidence import Evidence
from benchmarking.standard import AnswerScale, Item, Standard

BY_CONTRIBUTOR = 0.4
SAVED_TWICE = 0.12
COMMENT_RATE = 0.2
PROMISE_RATE = 0.8
DUE_AFTER_DAYS = (60, 260)
# How often a promise is kept: before its day, in the months after it, and after that.
DONE_BEFORE_DUE = 0.1
DONE_WHEN_DUE = 0.75
DONE_IN_THE_END = 0.96
LONG_OVERDUE = timedelta(days=180)


@dataclass(frozen=True)
class Asked:
    """One standard as all trusts answer it."""

    standard: Standard
    scale: AnswerScale
    content_hash: str
    claims: Claims


@dataclass(frozen=True)
class Question:
    """One question to one trust in one cycle (0 the oldest).

    ``claimed`` and ``shown`` are places in the scale, as in ``Claims``.
    """

    trust_code: str
    cycle_place: int
    asked: Asked
    item: Item
    claimed: int
    shown: int

    @property
    def key(self) -> ItemKey:
        return ItemKey(self.asked.standard.id, self.item.id)

    @property
    def number(self) -> str:
        return self.asked.standard.statement_by_id[self.item.statement].number

    @property
    def choice(self) -> str:
        return choice_at(self.asked.scale, self.claimed)

    @property
    def is_weak(self) -> bool:
        """Whether something should be promised: the lower half of the scale."""
        return 0 <= self.claimed < len(self.asked.scale.valued) / 2

    @property
    def has_level(self) -> bool:
        return self.asked.scale.by_id[self.choice].level is not None

    @property
    def set_promise(self) -> newcomer.Promise | None:
        """What became of the newcomer's promise, or None where chance decides."""
        return newcomer.promise_of(
            self.trust_code, self.cycle_place, self.asked.standard, self.number
        )


@dataclass(frozen=True)
class DrawnPromise:
    """What a trust promised about one question, and whether it was kept by now."""

    # Whole arrays of claims hang on a question, and arrays are not equal or unequal as a whole.
    question: Question = field(compare=False)
    text: str
    owner_role: str
    due_on: date
    done: bool
    author: str
    made_at: datetime


@dataclass(frozen=True)
class Reply:
    """Everything said to one question on one occasion."""

    question: Question
    saved_at: datetime
    judged_on: date
    as_of: date
    drawn: np.random.Generator

    @cached_property
    def author(self) -> str:
        """The title of one of the two people who answer for the trust."""
        by_contributor = self.drawn.random() < BY_CONTRIBUTOR
        role = Role.CONTRIBUTOR if by_contributor else Role.TRUST_LEAD
        return people.title(role, self.question.trust_code)

    @property
    def words(self) -> Words:
        return read_words()

    def answer(self) -> Answer:
        """The answer, with a reason where the question does not apply."""
        question = self.question
        excused = question.claimed == NOT_APPLICABLE
        return Answer(
            item=question.key,
            edition=question.asked.standard.edition,
            content_hash=question.asked.content_hash,
            choice=question.choice,
            reason=self.words.reason(question.item) if excused else "",
            answer_revision=2 if self.drawn.random() < SAVED_TWICE else 1,
            author=self.author,
            saved_at=self.saved_at,
        )

    def comment(self) -> Comment | None:
        """Always one on "don't know", saying why; now and then one on a level."""
        question = self.question
        wanted = question.claimed == DONT_KNOW or (
            question.has_level and self.drawn.random() < COMMENT_RATE
        )
        if not wanted:
            return None
        choices = len(question.asked.scale.valued)
        text = self.words.comment(question.claimed, choices, self.drawn)
        return Comment(question.key, text, 1, self.author, self.saved_at + timedelta(minutes=2))

    def promise(self) -> DrawnPromise | None:
        """A promise about most weak answers, in the words of the standard's advice."""
        question = self.question
        if not question.is_weak:
            return None
        if question.trust_code != newcomer.NEWCOMER and self.drawn.random() > PROMISE_RATE:
            return None
        due_on = self.judged_on + timedelta(days=int(self.drawn.integers(*DUE_AFTER_DAYS)))
        done = self.drawn.random() < self._chance_of_done(due_on)
        owner = self.words.owner(question.asked.standard, question.item, self.drawn)
        made = DrawnPromise(
            question=question,
            text=promise(question.item, question.choice, self.drawn),
            owner_role=owner,
            due_on=due_on,
            done=done,
            author=self.author,
            made_at=self.saved_at + timedelta(minutes=4),
        )
        return self._as_set(made)

    def _chance_of_done(self, due_on: date) -> float:
        if due_on >= self.as_of:
            return DONE_BEFORE_DUE
        return DONE_IN_THE_END if self.as_of - due_on > LONG_OVERDUE else DONE_WHEN_DUE

    def _as_set(self, made: DrawnPromise) -> DrawnPromise:
        given = self.question.set_promise
        if given is None:
            return made
        due_on = self.as_of + given.due
        return replace(made, owner_role=given.owner_role, due_on=due_on, done=given.done)

    def evidence(self, stem: str) -> tuple[Evidence, ...]:
        """The evidence beside the answer; none where there is nothing to prove."""
        question = self.question
        if question.claimed < 0:
            return ()
        asked = question.asked
        occasion = Occasion(
            asked.standard,
            asked.scale,
            question.item,
            f"{stem}-{asked.standard.id}-{question.item.id}",
            self.judged_on,
            self.words,
            self.drawn,
        )
        pieces = make_evidence(occasion, question.claimed, question.shown)
        at = self.saved_at + timedelta(minutes=6)
        return tuple(replace(piece, author=self.author, saved_at=at) for piece in pieces)
