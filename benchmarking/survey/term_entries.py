"""What a trust fills in before it invites people to its survey: contacts, and what is asked."""

from benchmarking import free_text
from benchmarking.access import Action, check_can
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.sheets import trust_of
from benchmarking.entry_faults import refuse, text_or_fault
from benchmarking.store import survey_terms as store
from benchmarking.survey_terms import FEWEST_DAYS, MOST_DAYS, SavedTerms, Terms
from benchmarking.texts import UnusableText, cleaned, web_address
from benchmarking.visit import Visit

LONGEST_LINE, LONGEST_TEXT = 200, 600
_NEEDED = {
    "phone": ("The phone number", "Enter a phone number on which people can answer the survey."),
    "post": ("The address", "Enter the address to which answers on paper are sent."),
    "complain_text": ("Where to complain", "Say how people complain, or go on with a complaint."),
    "advocacy_name": ("The advocacy service", "Enter the name of your local advocacy service."),
    "advocacy_contact": ("How to reach it", "Say how people reach the advocacy service."),
}
_LONGEST = {"post": LONGEST_TEXT, "complain_text": LONGEST_TEXT}


def of_trust(visit: Visit, trust_code: str) -> SavedTerms:
    """The terms that hold for a trust.

    Raises:
        Refused: the person may not invite people for this trust.
        NotThere: there is no such trust.
    """
    check_can(visit.person, Action.INVITE, trust_code)
    with visit.database.reading() as reading:
        return store.of_trust(reading, trust_of(reading, trust_code).organisation_id)


def save(visit: Visit, trust_code: str, terms: Terms, seen: int) -> None:
    """Saves the terms over the version that was seen. They hold for links that are out, too.

    Raises:
        Refused: the person may not invite people for this trust.
        NotThere: there is no such trust.
        EntryFaults: something that people must be told is missing, or cannot be.
        CannotSave: a colleague saved in between.
        NeedsConfirmation: a text may hold an NHS number or a date of birth.
    """
    check_can(visit.person, Action.INVITE, trust_code)
    kept = _checked(terms)
    confirmed = free_text.confirmed(visit, kept.complain_text, kept.advocacy_name)
    entry = visit.audit("change survey contacts", trust_code, *confirmed)
    with visit.database.writing(entry) as writing:
        organisation_id = trust_of(writing, trust_code).organisation_id
        if not store.save(writing, organisation_id, kept, seen):
            raise CannotSave(
                "A colleague saved other contacts in the meantime. Nothing of yours was saved. "
                "Reload the page and look at them."
            )


def _checked(terms: Terms) -> Terms:
    said, faults = {}, {}
    for field, (name, missing) in _NEEDED.items():
        longest = _LONGEST.get(field, LONGEST_LINE)
        said[field], faults[field] = text_or_fault(getattr(terms, field), longest, name, missing)
    said["email"], faults["email"] = _email(terms.email)
    said["complain_link"], faults["complain_link"] = _link(terms.complain_link)
    faults["days"] = _fault_of_days(terms.days)
    refuse(faults)
    return Terms(
        **said,
        with_comments=terms.with_comments,
        with_equality=terms.with_equality,
        days=terms.days,
    )


def _email(text: str) -> tuple[str, str]:
    try:
        kept = cleaned(text, LONGEST_LINE, "The e-mail address")
    except UnusableText as problem:
        return "", str(problem)
    is_one = not kept or (kept.count("@") == 1 and not any(c.isspace() for c in kept))
    return kept, "" if is_one else "This is not an e-mail address. Correct it or leave it out."


def _link(text: str) -> tuple[str, str]:
    try:
        return web_address(text), ""
    except UnusableText as problem:
        return "", str(problem)


def _fault_of_days(days: int) -> str:
    if FEWEST_DAYS <= days <= MOST_DAYS:
        return ""
    return f"A link works for {FEWEST_DAYS} to {MOST_DAYS} days. Choose a number between them."
