"""Good practice on the page: which statements have examples, and the examples for one."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from benchmarking import good_practice
from benchmarking.access import Action, can
from benchmarking.answers import ItemKey
from benchmarking.good_practice import Evidenced, Shelf, Shown, ShownUse
from benchmarking.moments import in_words, local
from benchmarking.results import result_words
from benchmarking.standard import Statement
from benchmarking.store.good_practice import Stage
from benchmarking.ui import (
    address,
    caches,
    entry_form,
    html,
    pick,
    practice_forms,
    practice_links,
    rows,
    show,
)
from benchmarking.ui.entry_form import Told
from benchmarking.visit import Visit

_HELPED = {True: "It helped.", False: "It did not help.", None: ""}
_PARTS = {
    "What we do": "what_we_do",
    "What it took": "what_it_took",
    "What changed": "what_changed",
    "Ask for": "contact_role",
}


@dataclass(frozen=True)
class Reader:
    """Who reads: for which trust, and for what this trust can offer an example."""

    visit: Visit
    trust: str | None
    offerable: Mapping[ItemKey, Evidenced]

    def may(self, action: Action) -> bool:
        """Whether they may do something for their trust."""
        return self.trust is not None and can(self.visit.person, action, self.trust)


def show_practice(visit: Visit) -> None:
    """All statements with how many examples each has; or the examples for one."""
    trust = pick.own_trust(visit) if visit.person.trusts else None
    found = good_practice.shelf(visit, trust, caches.kept)
    reader = Reader(visit, trust, _offerable(visit, trust))
    told = entry_form.told("practice")
    chosen = _statement(found)
    entry_form.show_told(told, chosen.id if chosen else None)
    if chosen is None:
        _every_statement(reader, found)
    else:
        _one_statement(reader, found, chosen, told)


def _offerable(visit: Visit, trust: str | None) -> Mapping[ItemKey, Evidenced]:
    if trust is None or not can(visit.person, Action.OFFER_PRACTICE, trust):
        return {}
    return good_practice.offerable(visit, trust, caches.kept)


def _statement(found: Shelf) -> Statement | None:
    known = found.standard.statement_by_id
    chosen = address.one_or_none(
        found.standard.words.statement.capitalize(),
        list(known),
        key=practice_links.STATEMENT,
        shown_as=lambda name: f"{known[name].number} {known[name].text}",
        first=None,
        placeholder=f"Choose a {found.standard.words.statement}",
    )
    return None if chosen is None else known[chosen]


def _every_statement(reader: Reader, found: Shelf) -> None:
    show.lead(_how_much(found))
    show.note(_what_counts(found))
    if reader.offerable:
        many = result_words.number(len(reader.offerable))
        show.note(
            f"Your trust’s published evidence carries an example for {many} of them, marked "
            f"“You can offer”. Others learn from what you do.",
            alert=True,
        )
    mine = ("Your trust",) if reader.may(Action.OFFER_PRACTICE) else ()
    rows.table(
        "How many examples there are for each statement",
        ("Statement", "Examples", *mine),
        [
            (
                _link(reader, one),
                _counts(found.of(one)),
                *(_mine(reader, found, one) for _ in mine),
            )
            for one in found.standard.statements
        ],
    )


def _how_much(found: Shelf) -> str:
    offered = [one for one in found.examples if not one.is_withdrawn]
    statements = len({one.example.item for one in offered})
    if not offered:
        return "Nobody has offered an example of good practice yet."
    examples = "1 example" if len(offered) == 1 else f"{len(offered)} examples"
    trusts = len({one.trust.code for one in offered})
    by = "1 trust" if trusts == 1 else f"{trusts} trusts"
    return (
        f"{examples} of what {by} do well, for {statements} of "
        f"{len(found.standard.statements)} {found.standard.words.statement}s. Choose one to read."
    )


def _what_counts(found: Shelf) -> str:
    least = found.scale.valued[len(found.scale.valued) // 2]
    return (
        f"A trust offers an example only where its own published evidence reaches "
        f"{result_words.level(least)}. Self-assessed; not a CQC rating."
    )


def _link(reader: Reader, one: Statement) -> Markup:
    return Markup("{} {}").format(one.number, practice_links.to(one, reader.trust, f"“{one.text}”"))


def _counts(examples: tuple[Shown, ...]) -> str:
    offered = [one for one in examples if not one.is_withdrawn]
    trusts = {use.trust.code for one in offered for use in one.uses}
    if not trusts:
        return str(len(offered)) if offered else "None yet"
    used = "1 trust" if len(trusts) == 1 else f"{len(trusts)} trusts"
    return f"{len(offered)}, tried by {used}"


def _mine(reader: Reader, found: Shelf, one: Statement) -> str:
    own = [e for e in found.of(one) if e.trust.code == reader.trust and not e.is_withdrawn]
    evidenced = reader.offerable.get(found.key_of(one))
    if own:
        return "Offers an example" if len(own) == 1 else f"Offers {len(own)} examples"
    return f"You can offer: {result_words.level(evidenced.choice)}" if evidenced else "–"


def _one_statement(reader: Reader, found: Shelf, statement: Statement, told: Told) -> None:
    html.put(
        Markup(
            '<p><a href="?{}" target="_self">‹ All statements</a></p>'
            '<div class="bm-statement"><span class="number">{}</span><q>{}</q></div>'
        ).format(f"trust={reader.trust}" if reader.trust else "", statement.number, statement.text)
    )
    examples = found.of(statement)
    evidenced = reader.offerable.get(found.key_of(statement))
    show.lead(_what_there_is(statement, examples) + _what_to_do(reader, examples, evidenced))
    for one in examples:
        _example(reader, one, told)
    if evidenced is None or reader.trust is None:
        return
    key = found.key_of(statement)
    own = any(one.trust.code == reader.trust for one in examples)
    practice_forms.offer(reader.trust, key, statement, evidenced, told, again=own)


def _what_there_is(statement: Statement, examples: tuple[Shown, ...]) -> str:
    offered = sum(not one.is_withdrawn for one in examples)
    if not offered:
        return f"Nobody offers an example for {statement.number} yet."
    many = "1 example" if offered == 1 else f"{offered} examples"
    used = len({use.trust.code for one in examples for use in one.uses})
    by = "1 trust" if used == 1 else f"{used} trusts"
    return f"{many} for {statement.number}" + (f", tried by {by}." if used else ".")


def _what_to_do(reader: Reader, examples: tuple[Shown, ...], evidenced: Evidenced | None) -> str:
    if any(one.trust.code == reader.trust and not one.is_withdrawn for one in examples):
        return ""
    if evidenced is not None:
        return (
            f" Your trust’s evidence reaches {result_words.level(evidenced.choice)} in "
            f"{evidenced.cycle.title}: offer yours below."
        )
    if examples:
        return ""
    if reader.may(Action.OFFER_PRACTICE):
        return " Your trust can once its published evidence reaches that far."
    return " A trust lead can, once the trust’s published evidence reaches that far."


def _example(reader: Reader, one: Shown, told: Told) -> None:
    with st.container(border=True, key=f"example-{one.example.example_id}"):
        html.put(_markup(one))
        if reader.trust is None:
            return
        if one.trust.code == reader.trust:
            if reader.may(Action.OFFER_PRACTICE) and not one.is_withdrawn:
                practice_forms.own(reader.trust, one, told)
        elif reader.may(Action.ANSWER):
            practice_forms.use(reader.trust, one, told)


def _markup(one: Shown) -> Markup:
    account = one.example.account
    facts = [
        Markup("<dt>{}</dt><dd>{}</dd>").format(word, _paragraphs(getattr(account, name)))
        for word, name in _PARTS.items()
    ]
    if account.link:
        link = Markup('<a href="{0}" target="_blank" rel="noopener noreferrer">{0}</a>')
        facts.append(Markup("<dt>More</dt><dd>{}</dd>").format(link.format(account.link)))
    return Markup(
        '<div class="bm-said bm-example"><h2>{}</h2>'
        '<p class="bm-context"><strong>{} {}</strong> · {}</p>{}'
        '<dl class="bm-levels bm-facts">{}</dl>{}</div>'
    ).format(
        account.title,
        one.trust.code,
        one.trust.name,
        _standing(one),
        _withdrawn(one),
        html.joined(facts),
        _uses(one),
    )


def _standing(one: Shown) -> str:
    level, cycle = result_words.level(one.evidenced.choice), one.evidenced.cycle.title
    if one.still:
        return f"evidenced at {level} in {cycle}"
    return f"was evidenced at {level} in {cycle}; what it published last no longer shows that"


def _withdrawn(one: Shown) -> Markup:
    at = one.example.withdrawn_at
    if at is None:
        return Markup("")
    return Markup('<p class="bm-note alert">Withdrawn by its trust on {}. {}</p>').format(
        in_words(local(at).date()), "Only trusts that use it still see it."
    )


def _paragraphs(text: str) -> Markup:
    lines = [Markup("<p>{}</p>").format(line) for line in text.splitlines() if line.strip()]
    return html.joined(lines)


def _uses(one: Shown) -> Markup:
    if not one.uses:
        return Markup('<p class="bm-note">No other trust has tried it yet.</p>')
    # Who has something to say comes first.
    told = sorted(one.uses, key=lambda shown: not shown.use.happened)
    listed = html.joined([_use(use) for use in told])
    return Markup('<h3>{}</h3><ul class="bm-list bm-happened">{}</ul>').format(_tried(one), listed)


def _tried(one: Shown) -> str:
    using, trying = one.at(Stage.USING), one.at(Stage.TRYING)
    said = [f"{using} {'uses' if using == 1 else 'use'} it"] if using else []
    said += [f"{trying} {'is' if trying == 1 else 'are'} trying it"] if trying else []
    return f"Other trusts: {', '.join(said)}"


def _use(told: ShownUse) -> Markup:
    use = told.use
    doing = "uses it" if use.stage is Stage.USING else "is trying it"
    since = in_words(local(use.began_at).date())
    said = Markup("<blockquote>{}</blockquote>").format(use.happened) if use.happened else ""
    return Markup("<li><strong>{} {}</strong> {}, since {}. {}{}</li>").format(
        told.trust.code, told.trust.name, doing, since, _HELPED[use.helpful], said
    )
