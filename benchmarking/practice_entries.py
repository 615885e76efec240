"""Offering an example of good practice, marking another trust's as used, saying what happened."""

from dataclasses import replace

from benchmarking import personal_details
from benchmarking.access import Action, check_can
from benchmarking.answers import ItemKey, Organisation
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.sheets import trust_of
from benchmarking.entry_faults import refuse, text_or_fault
from benchmarking.good_practice import offerable
from benchmarking.store import good_practice as store
from benchmarking.store.database import Reading
from benchmarking.store.good_practice import Account, Example, Level, Said, Stage, Use
from benchmarking.texts import UnusableText, cleaned, web_address
from benchmarking.visit import Visit

LONGEST_TITLE = LONGEST_ROLE = 100
LONGEST_TEXT = 2000

_TEXTS = {
    "title": (LONGEST_TITLE, "The title", "Say in a few words what others can copy."),
    "what_we_do": (LONGEST_TEXT, "“What we do”", "Say what you do, so that others can copy it."),
    "what_it_took": (LONGEST_TEXT, "“What it took”", "Say what it took: time, people, money."),
    "what_changed": (LONGEST_TEXT, "“What changed”", "Say what changed, and how you know."),
    "contact_role": (LONGEST_ROLE, "The role to ask for", "Say which role others can ask for."),
}


class ChangedMeanwhile(CannotSave):
    """A colleague saved the same thing in between; ``revision`` is the newest."""

    def __init__(self, revision: int):
        super().__init__(
            "A colleague changed this in the meantime, and nothing of yours was saved. What is "
            "stored stands above. Press again to put yours in its place."
        )
        self.revision = revision


def offer(visit: Visit, trust_code: str, item: ItemKey, account: Account) -> int:
    """Offers an example to all other trusts; its number.

    Raises:
        Refused: the person may not offer examples for this trust.
        NotThere: no such trust.
        CannotSave: nothing that the trust published shows that it does this well.
        EntryFaults: a text is missing, too long or cannot be shown to others.
    """
    check_can(visit.person, Action.OFFER_PRACTICE, trust_code)
    kept = checked(account)
    entry = visit.audit("offer good practice", f"{trust_code} {item.standard_id} {item.item_id}")
    with visit.database.writing(entry) as writing:
        trust = trust_of(writing, trust_code)
        level = _level(visit, trust, item)
        if level is None:
            raise CannotSave(
                "Nothing that your trust has published, in a cycle whose results are released, "
                "shows that it does this well. Offer an example for another statement."
            )
        return store.offer(writing, trust.organisation_id, item, level, kept)


def correct(
    visit: Visit, trust_code: str, example_id: int, account: Account, read_revision: int
) -> None:
    """Tells an example anew. Its level becomes what the trust's evidence carries now, if that
    is still good.

    Raises:
        Refused: the person may not offer examples for this trust.
        CannotSave: the trust offers no such example.
        ChangedMeanwhile: a colleague saved it in between.
        EntryFaults: a text is missing, too long or cannot be shown to others.
    """
    check_can(visit.person, Action.OFFER_PRACTICE, trust_code)
    kept = checked(account)
    entry = visit.audit("correct good practice", _subject(trust_code, example_id))
    with visit.database.writing(entry) as writing:
        trust = trust_of(writing, trust_code)
        found = _own(writing, trust, example_id)
        level = _level(visit, trust, found.item) or found.level
        if not store.correct(writing, example_id, level, kept, read_revision):
            raise ChangedMeanwhile(found.example_revision)


def withdraw(visit: Visit, trust_code: str, example_id: int) -> None:
    """Withdraws an example: only trusts that use it go on seeing it.

    Raises:
        Refused: the person may not offer examples for this trust.
        CannotSave: the trust offers no such example.
    """
    check_can(visit.person, Action.OFFER_PRACTICE, trust_code)
    entry = visit.audit("withdraw good practice", _subject(trust_code, example_id))
    with visit.database.writing(entry) as writing:
        _own(writing, trust_of(writing, trust_code), example_id)
        store.withdraw(writing, example_id)


def use(visit: Visit, trust_code: str, example_id: int, stage: Stage) -> None:
    """Notes that a trust tries or uses another's example. The same click again changes nothing.

    Raises:
        Refused: the person may not answer for this trust.
        CannotSave: nobody offers this example, it is the trust's own, or a colleague has noted
            something else.
    """
    check_can(visit.person, Action.ANSWER, trust_code)
    entry = visit.audit("use good practice", _subject(trust_code, example_id), stage.value)
    with visit.database.writing(entry) as writing:
        trust = trust_of(writing, trust_code)
        found = _offered(writing, example_id)
        if found.organisation_id == trust.organisation_id:
            raise CannotSave("This is your own trust’s example. Others say whether they use it.")
        known = _use(writing, trust, example_id)
        if known is None:
            store.begin_use(writing, example_id, trust.organisation_id, stage)
            return
        writing.give_up()
        if known.stage is not stage:
            raise CannotSave("A colleague has marked this already. Look at it again.")


def tell(visit: Visit, trust_code: str, example_id: int, said: Said, read_revision: int) -> None:
    """Says how far a trust has come with an example and what happened, for all trusts to read.

    Raises:
        Refused: the person may not answer for this trust.
        CannotSave: the trust has not marked this example.
        ChangedMeanwhile: a colleague saved it in between.
        EntryFaults: the text is too long or cannot be shown to others.
    """
    check_can(visit.person, Action.ANSWER, trust_code)
    told = replace(said, happened=_happened(said.happened))
    subject = _subject(trust_code, example_id)
    entry = visit.audit("tell about good practice", subject, said.stage.value)
    with visit.database.writing(entry) as writing:
        known = _used(writing, trust_code, example_id)
        if not store.tell(writing, known.use_id, told, read_revision):
            raise ChangedMeanwhile(known.use_revision)


def stop_using(visit: Visit, trust_code: str, example_id: int) -> None:
    """Takes a trust's mark off an example, with what it said.

    Raises:
        Refused: the person may not answer for this trust.
        CannotSave: the trust has not marked this example.
    """
    check_can(visit.person, Action.ANSWER, trust_code)
    entry = visit.audit("stop using good practice", _subject(trust_code, example_id))
    with visit.database.writing(entry) as writing:
        store.end_use(writing, _used(writing, trust_code, example_id).use_id)


def checked(account: Account) -> Account:
    """The account as it is kept.

    Raises:
        EntryFaults: one sentence for each text that is missing, too long or no web address.
    """
    kept, faults = {}, {}
    for name, (longest, called, missing) in _TEXTS.items():
        kept[name], faults[name] = text_or_fault(getattr(account, name), longest, called, missing)
    # On one line, because headings and lists show them so.
    for name in ("title", "contact_role"):
        kept[name] = " ".join(kept[name].split())
    try:
        kept["link"] = web_address(account.link)
    except UnusableText as problem:
        faults["link"] = str(problem)
    called = {name: words for name, (_, words, _) in _TEXTS.items()} | {"link": "The link"}
    refuse({name: faults.get(name) or _personal(kept[name], called[name]) for name in called})
    return Account(**kept)


def _personal(text: str, called: str) -> str:
    """Why a text is never shown to other trusts; empty where nothing stands in the way."""
    found = personal_details.kinds([text])
    if not found:
        return ""
    said = personal_details.in_words(found)
    return f"{called} seems to hold {said}. Every trust would see it: take it out."


def _happened(text: str) -> str:
    try:
        kept = cleaned(text, LONGEST_TEXT, "What happened")
        fault = _personal(kept, "“What happened”")
    except UnusableText as problem:
        kept, fault = "", str(problem)
    refuse({"happened": fault})
    return kept


def _level(visit: Visit, trust: Organisation, item: ItemKey) -> Level | None:
    found = offerable(visit, trust.code).get(item)
    return None if found is None else Level(found.cycle.cycle_id, found.choice.id)


def _offered(reading: Reading, example_id: int) -> Example:
    for one in store.examples(reading):
        if one.example_id == example_id and one.withdrawn_at is None:
            return one
    raise CannotSave("This example is not offered any more. Look at the list again.")


def _own(reading: Reading, trust: Organisation, example_id: int) -> Example:
    found = _offered(reading, example_id)
    if found.organisation_id != trust.organisation_id:
        raise CannotSave("This example is not offered any more. Look at the list again.")
    return found


def _use(reading: Reading, trust: Organisation, example_id: int) -> Use | None:
    return next(
        (
            one
            for one in store.uses(reading)
            if one.example_id == example_id and one.organisation_id == trust.organisation_id
        ),
        None,
    )


def _used(reading: Reading, trust_code: str, example_id: int) -> Use:
    known = _use(reading, trust_of(reading, trust_code), example_id)
    if known is None:
        raise CannotSave("Your trust’s mark was taken off already. Look at the list again.")
    return known


def _subject(trust_code: str, example_id: int) -> str:
    return f"{trust_code} example {example_id}"
