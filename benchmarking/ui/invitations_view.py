"""Inviting people to answer here: whom they can turn to, the invitations, and what came back."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from benchmarking.access import Action, can
from benchmarking.answers import Cycle
from benchmarking.moments import in_words, local
from benchmarking.survey import comments, invitations, respondents, term_entries
from benchmarking.survey.comments import Written
from benchmarking.survey.invitations import Standing
from benchmarking.survey_terms import Invited
from benchmarking.ui import entry_form, html, invitation_making, invitation_terms, rows, show
from benchmarking.visit import Visit


def panel(visit: Visit, trust_code: str, cycle: Cycle) -> None:
    """All about one trust's survey on this server in one cycle."""
    about = f"{trust_code}.{cycle.cycle_id}"
    told = entry_form.told(f"invitations.{about}")
    entry_form.show_told(told, about)
    found = invitations.standing(visit, trust_code, cycle)
    terms = term_entries.of_trust(visit, trust_code)
    if not found.has_survey:
        show.note(found.why_not)
        return
    _sendings(found)
    _preview(trust_code, cycle)
    st.header("Whom people can turn to", anchor=False)
    invitation_terms.offer(trust_code, terms, told, about)
    st.header("Invite people", anchor=False)
    invitation_making.offer(trust_code, cycle, found, told, about)
    if can(visit.person, Action.READ_SURVEY_COMMENTS, trust_code) and terms.terms.with_comments:
        st.header("In people’s own words", anchor=False)
        _comments(comments.of_trust(visit, trust_code, cycle))
    if terms.terms.with_equality:
        st.header("Who replied", anchor=False)
        _respondents(visit, trust_code, cycle)


def _sendings(found: Standing) -> None:
    if not found.sent:
        show.note(
            "Nobody has been invited from here in this cycle yet. Fill in whom people can turn to, "
            "look at the preview, then bring a list of closed complaints."
        )
        return
    rows.table(
        "Invitations made here",
        ("Made on", "People", "Complaints closed", "Left out", "Links work until"),
        [_sending(one) for one in found.sent],
    )
    show.note(
        f"Replied in this cycle, here and in your own survey: {found.replied}. "
        f"The number moves only when ten more have replied, and never says who."
    )


def _sending(one: Invited) -> tuple[str, ...]:
    left_out = [f"{why.label}: {n}" for why, n in one.left_out.items()]
    return (
        in_words(local(one.sent_at).date()),
        f"{one.invited:,}",
        f"{in_words(one.closed_from)} to {in_words(one.closed_to)}",
        "; ".join(left_out) or "Nobody",
        in_words(one.expires_on),
    )


def _preview(trust_code: str, cycle: Cycle) -> None:
    html.put(
        Markup(
            '<p><a href="/reply/preview/{}/{}" target="_blank">Preview of the survey (opens in a '
            "new tab)</a>. Nothing is kept there. Print its page with all questions for people "
            "who answer on paper.</p>"
        ).format(trust_code, cycle.cycle_id)
    )


def _comments(found: Sequence[Written] | None) -> None:
    if found is None:
        show.note("Comments are shown once ten people have replied.")
        return
    if not found:
        show.note("Nothing has been written yet that may be shown.")
        return
    show.note(
        "In no order, and apart from all answers. New ones appear with ten more replies. If "
        "somebody can be told from their words, do not look for them, and pass nothing on."
    )
    quoted = html.joined([_comment(one) for one in found])
    html.put(Markup('<div class="bm-said">{}</div>').format(quoted))


def _comment(one: Written) -> Markup:
    mark = Markup(" <strong>May hold personal details.</strong>") if one.may_identify else ""
    return Markup("<blockquote>{}{}</blockquote>").format(one.text, mark)


def _respondents(visit: Visit, trust_code: str, cycle: Cycle) -> None:
    groups = respondents.of_trust(visit, trust_code, cycle)
    if groups is None:
        show.note(
            "Who replied is shown once no more replies can come, if 30 people or more have replied."
        )
        return
    if not groups:
        show.note("Too few people said something about themselves.")
        return
    rows.table(
        "Who replied here",
        ("Question", "Answer", "People"),
        [(one.question, one.option, one.people) for one in groups],
    )
