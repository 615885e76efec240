"""Whom people can turn to about fictional surveys, and what came with links sent from here."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256

from benchmarking.answers import Cycle
from benchmarking.demonstration.newcomer import NEWCOMER
from benchmarking.demonstration.survey import Survey, draw_surveys, sendings_of
from benchmarking.demonstration.turnout import ONE_BY_ONE
from benchmarking.moments import local
from benchmarking.replies import Way
from benchmarking.standard import Library, Standard
from benchmarking.statistics.disclosure.waves import WAVE
from benchmarking.store import bulk_survey, invitations, survey_extras
from benchmarking.store.database import Writing
from benchmarking.store.invitations import SendingKey
from benchmarking.survey_terms import LeftOut, SavedTerms, Stands, Terms
from benchmarking.voices.instruments import survey_of, surveyed

# These numbers, and names that end in .example, are kept for stories: nobody has them.
PHONE, ADVOCACY_PHONE = "01632 960{:03}", "01632 960999"
DAYS, DAYS_ONE_BY_ONE = 56, 84
LEFT_OUT = {LeftOut.REOPENED: 2, LeftOut.OMBUDSMAN: 1, LeftOut.BEREAVEMENT: 3}
DECLINED = 2
COMMENTS = (
    "The letter answered what I had asked. It took longer than they first said.",
    "I had to ring twice to hear how far it had got.",
    "The person who rang me had read everything and did not rush me.",
    "I was afraid that my mother would be treated differently. Nobody told me that she would not.",
    "I would have liked to hear what they changed afterwards.",
)
SAYS_ABOUT_THEMSELVES = 0.8


def add(
    writing: Writing,
    library: Library,
    rounds: Sequence[Cycle],
    as_of: date,
    person_ids: Mapping[str, int],
) -> None:
    """Adds the terms of all trusts that ask, and the links from which single replies came."""
    standard = surveyed(library, rounds[-1])
    if standard is None:
        return
    surveys = list(draw_surveys(rounds, as_of))
    first = {one.trust_number: one for one in reversed(surveys)}
    terms = {number: _terms(one) for number, one in first.items()}
    bulk_survey.add_terms(writing, terms, person_ids)
    for one in surveys:
        if one.turnout.singly:
            _add_links(writing, one, terms[one.trust_number].terms.days)
            _add_words(writing, one, standard)


def _terms(first: Survey) -> SavedTerms:
    """What a trust filled in before its first survey."""
    trust, alone = first.trust.organisation, first.trust.code == ONE_BY_ONE
    from_here = first.trust.code in (NEWCOMER, ONE_BY_ONE)
    terms = Terms(
        phone=PHONE.format(trust.organisation_id),
        post=f"Complaints team, {trust.name}, Demonstration House, 1 Example Street",
        email=f"complaints@{trust.code.lower()}.example",
        complain_text="Ring or write to the complaints team, or speak to any member of staff.",
        advocacy_name="Demonstration advocacy service",
        advocacy_contact=ADVOCACY_PHONE,
        with_comments=from_here,
        with_equality=from_here,
        days=DAYS_ONE_BY_ONE if alone else DAYS,
    )
    return SavedTerms(terms, 1, first.lead, first.cycle.opens_at + timedelta(days=1))


def _add_links(writing: Writing, survey: Survey, days: int) -> None:
    """One link for everybody of the last sending; nobody knows the tokens."""
    number = invitations.newest_sending(writing, survey.trust_number, survey.cycle.cycle_id)
    key = SendingKey(survey.trust_number, survey.cycle.cycle_id, number)
    sending = [one.sending for one in sendings_of(survey) if one.sending.way is Way.HERE][-1]
    digests = [_digest(survey, place) for place in range(sending.invited)]
    sent_on = local(sending.sent_at or survey.cycle.opens_at).date()
    invitations.add(writing, key, digests, sent_on + timedelta(days=days), LEFT_OUT)
    order = [digests[place] for place in survey.chance("links").permutation(len(digests))]
    answered = survey.turnout.singly
    for digest in order[:answered]:
        invitations.close(writing, digest, Stands.ANSWERED)
    for digest in order[answered : answered + DECLINED]:
        invitations.close(writing, digest, Stands.DECLINED)


def _digest(survey: Survey, place: int) -> str:
    text = f"{survey.trust.code} {survey.cycle.cycle_id} link {place}"
    return sha256(text.encode()).hexdigest()


def _add_words(writing: Writing, survey: Survey, standard: Standard) -> None:
    """What came with the replies: comments, and what some people said about themselves."""
    at = (survey.trust_number, survey.cycle.cycle_id)
    many = len(COMMENTS) if survey.trust.code == NEWCOMER else 2
    for text in COMMENTS[:many]:
        survey_extras.add_comment(writing, *at, text)
    if survey.turnout.singly >= WAVE:
        survey_extras.show_comments(writing, *at)
    bulk_survey.add_people(writing, *at, _about_themselves(survey, standard))


def _about_themselves(survey: Survey, standard: Standard) -> Mapping[tuple[str, str], int]:
    """How many chose each option of each question about the person."""
    drawn, found = survey.chance("themselves"), {}
    for question in survey_of(standard).equality:
        said = drawn.binomial(survey.turnout.singly, SAYS_ABOUT_THEMSELVES)
        people = drawn.multinomial(said, [1 / len(question.options)] * len(question.options))
        for option, many in zip(question.options, people, strict=True):
            found[question.id, option.id] = int(many)
    return found
