"""Inviting people who complained to answer the survey on this server.

A link is a random token, of which only a digest is stored. Whose it is, the trust alone knows,
from the list that it takes away once; references are not stored here. Whether a person has
answered is told to nobody.
"""

import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from benchmarking.access import Action, check_can
from benchmarking.answers import Cycle, Organisation
from benchmarking.assessing import lifecycle
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.sheets import NotThere, trust_of
from benchmarking.moments import in_words, local
from benchmarking.replies import Sending, Way
from benchmarking.settings import Settings
from benchmarking.statistics.disclosure import base_in_words
from benchmarking.store import cycles, responses, surveys
from benchmarking.store import invitations as store
from benchmarking.store import survey_terms as stored_terms
from benchmarking.store.database import Reading, Writing
from benchmarking.store.invitations import SendingKey
from benchmarking.store.responses import Place
from benchmarking.survey.invitation_lists import Complaint, ComplaintList
from benchmarking.survey_terms import Invited, LeftOut, Terms
from benchmarking.visit import Visit
from benchmarking.voices.instruments import surveyed

ADDRESS = "/reply/"
# 128 bits: nobody guesses one, and a person can still type it from a letter.
_TOKEN_BYTES = 16


@dataclass(frozen=True)
class Plan:
    """What is to be made of a list.

    ``left_out`` are reasons by reference. ``all_checked`` says that somebody looked at every
    reference for the five reasons. ``replaces`` is the number of a sending whose links were lost.
    """

    complaints: ComplaintList
    left_out: Mapping[str, LeftOut]
    all_checked: bool
    replaces: int | None = None


@dataclass(frozen=True)
class Link:
    """One invitation for the trust to post. The token is known here for the last time."""

    reference: str
    token: str


@dataclass(frozen=True)
class Made:
    """Invitations that were just made, with all that goes into the file to take away."""

    trust: Organisation
    cycle: Cycle
    terms: Terms
    links: tuple[Link, ...]
    expires_on: date


@dataclass(frozen=True)
class Standing:
    """How far a trust's survey is in a cycle.

    ``replied`` is in words, of full waves. ``why_not`` says why nobody can be invited now, empty
    where people can. A link made today would work until ``expires_on``.
    """

    sent: tuple[Invited, ...]
    replied: str
    why_not: str
    expires_on: date
    has_survey: bool


def digest(token: str) -> str:
    """What is stored of a token."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def home(settings: Settings) -> str:
    """The address at which people reach this server, before the path."""
    return settings.public_url or f"http://localhost:{settings.port}"


def standing(visit: Visit, trust_code: str, cycle: Cycle) -> Standing:
    """How far a trust's survey is in a cycle.

    Raises:
        Refused: the person may not invite people for this trust.
        NotThere: there is no such trust.
    """
    check_can(visit.person, Action.INVITE, trust_code)
    with visit.database.reading() as reading:
        trust = trust_of(reading, trust_code)
        terms = stored_terms.of_trust(reading, trust.organisation_id).terms
        return Standing(
            store.sent(reading, trust.organisation_id, cycle.cycle_id),
            replied_in_words(reading, trust.organisation_id, cycle),
            _why_not(reading, visit, cycle, terms),
            _expires_on(visit, cycle, terms),
            surveyed(visit.library, cycle) is not None,
        )


def make(visit: Visit, trust_code: str, cycle: Cycle, plan: Plan) -> Made:
    """Makes an invitation for everybody on the list who is not left out.

    Raises:
        Refused: the person may not invite people for this trust.
        NotThere: there is no such trust, or no such sending to replace.
        CannotSave: not everything was checked, nobody would be invited, the contacts are not
            filled in, the cycle is over, or a list to replace links is not the one before.
    """
    check_can(visit.person, Action.INVITE, trust_code)
    invited = _invited(plan)
    links = tuple(Link(one.reference, secrets.token_urlsafe(_TOKEN_BYTES)) for one in invited)
    what = "make survey invitations" if plan.replaces is None else "replace survey invitations"
    entry = visit.audit(what, f"{trust_code} {cycle.cycle_id}", f"{len(links)}")
    with visit.database.writing(entry) as writing:
        trust = trust_of(writing, trust_code)
        terms = stored_terms.of_trust(writing, trust.organisation_id).terms
        why_not = _why_not(writing, visit, cycle, terms)
        if why_not:
            raise CannotSave(why_not)
        expires_on = _expires_on(visit, cycle, terms)
        digests = [digest(link.token) for link in links]
        if plan.replaces is None:
            _add(writing, trust, cycle, invited, plan, digests, expires_on)
        else:
            _replace(writing, visit, trust, cycle, invited, plan.replaces, digests, expires_on)
    return Made(trust, cycle, terms, links, expires_on)


def replied_in_words(reading: Reading, organisation_id: int, cycle: Cycle) -> str:
    """How many replied, of full waves and never exactly while they are few."""
    period = responses.period_of(reading, cycle.cycle_id)
    if period is None:
        return base_in_words(0)
    return base_in_words(replied(reading, organisation_id, period))


def replied(reading: Reading, organisation_id: int, period: int) -> int:
    """How many replies are in full waves. Not to be shown as it is."""
    waves = responses.waves_of(reading, Place(organisation_id, period)).get(responses.REPLY)
    return sum(wave.out_of for wave in waves.full) if waves else 0


def _invited(plan: Plan) -> tuple[Complaint, ...]:
    if not plan.all_checked:
        raise CannotSave(
            "Nobody was invited. Check every reference for the five reasons, then tick that you "
            "have done so."
        )
    invited = tuple(c for c in plan.complaints.complaints if c.reference not in plan.left_out)
    if not invited:
        raise CannotSave("Everybody on the list is left out, so nobody was invited.")
    return invited


def _why_not(reading: Reading, visit: Visit, cycle: Cycle, terms: Terms) -> str:
    rule = cycles.rule_of(reading, cycle.cycle_id)
    if surveyed(visit.library, cycle) is None:
        return f"{cycle.title} has no survey, so nobody can be invited."
    if visit.now < cycle.opens_at:
        return f"{cycle.title} has not opened yet."
    if lifecycle.is_closed(rule.closed_at, visit.now) or visit.now > cycle.deadline_at:
        return f"{cycle.title} is over, so nobody can be invited any more."
    if not terms.are_complete:
        return (
            "Fill in the contacts first. Everybody who is asked must be told whom they can turn to."
        )
    return ""


def _expires_on(visit: Visit, cycle: Cycle, terms: Terms) -> date:
    """A link works for so many days, but not beyond the cycle in which its reply counts."""
    last = local(cycle.deadline_at).date()
    return max(visit.today, min(visit.today + timedelta(days=terms.days), last))


def _add(
    writing: Writing,
    trust: Organisation,
    cycle: Cycle,
    invited: tuple[Complaint, ...],
    plan: Plan,
    digests: list[str],
    expires_on: date,
) -> None:
    days = [complaint.closed_on for complaint in invited]
    sending = Sending(Way.HERE, min(days), max(days), len(invited))
    surveys.add_sending(writing, trust.organisation_id, cycle.cycle_id, sending)
    number = store.newest_sending(writing, trust.organisation_id, cycle.cycle_id)
    listed = {complaint.reference for complaint in plan.complaints.complaints}
    reasons = Counter(why for reference, why in plan.left_out.items() if reference in listed)
    key = SendingKey(trust.organisation_id, cycle.cycle_id, number)
    store.add(writing, key, digests, expires_on, reasons)


def _replace(
    writing: Writing,
    visit: Visit,
    trust: Organisation,
    cycle: Cycle,
    invited: tuple[Complaint, ...],
    sending_id: int,
    digests: list[str],
    expires_on: date,
) -> None:
    known = {
        one.sending_id: one for one in store.sent(writing, trust.organisation_id, cycle.cycle_id)
    }
    before = known.get(sending_id)
    if before is None:
        raise NotThere("There is no such sending. Choose one of those shown.")
    days = [complaint.closed_on for complaint in invited]
    is_same = (min(days), max(days)) == (before.closed_from, before.closed_to)
    key = SendingKey(trust.organisation_id, cycle.cycle_id, sending_id)
    if not is_same or not store.replace(writing, key, digests, expires_on, visit.today):
        raise CannotSave(
            f"This is not the list of that sending. It had {before.invited:,} complaints, closed "
            f"from {in_words(before.closed_from)} to {in_words(before.closed_to)}, after those "
            f"left out. Bring the same list, and leave out the same. Nothing was changed."
        )
