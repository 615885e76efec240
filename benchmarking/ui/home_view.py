"""The home page, for each reader."""

from collections.abc import Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from benchmarking import home
from benchmarking.access import Action, can
from benchmarking.action_plan import action_words
from benchmarking.answers import State
from benchmarking.assessing.lifecycle import Step
from benchmarking.assessing.sheets import Part, Sheet
from benchmarking.home import BoardHome, TrustHome
from benchmarking.moments import in_words, local
from benchmarking.ui import action_links, action_reminders, caches, html, pick, show, work_links
from benchmarking.ui.progress import due
from benchmarking.visit import Visit

_WAITS = {
    Step.APPROVE: "The assessment waits for you to approve it, or to send it back.",
    Step.PUBLISH: "The assessment was signed off and waits for you to publish it.",
}
_ASSESSMENT = "pages/trusts/assessment.py"
_RESULTS = "pages/trusts/our_results.py"
_OVERVIEW = "pages/boards/overview.py"
_COMPARE = "pages/inspectors/compare.py"
_NOTIFICATIONS = "pages/everyone/notifications.py"
_TRENDS = "pages/everyone/trends.py"
_COMPLAINTS = "pages/everyone/published_complaints.py"


def show_home(visit: Visit) -> None:
    """What is due and where to go, for everything that this person is."""
    person = visit.person
    if person.trusts:
        _in_a_trust(visit, pick.own_trust(visit))
    if can(person, Action.COMPARE):
        _inspector(visit)
    if can(person, Action.ADMINISTER):
        _administrator(visit)
    if can(person, Action.CHOOSE_NOTIFICATIONS):
        st.page_link(_NOTIFICATIONS, label="Be told by e-mail what waits", icon=":material/mail:")
    st.header("Published complaints", anchor=False)
    st.markdown("Real figures that NHS trusts published, each trust among trusts like it.")
    st.page_link(_COMPLAINTS, label="Look up a trust’s complaints", icon=":material/search:")
    if can(person, Action.SEE_VOICES):
        st.page_link(_TRENDS, label="Follow your months on Trends", icon=":material/show_chart:")


def _in_a_trust(visit: Visit, code: str) -> None:
    if home.sees_draft(visit, code):
        _trust(visit, home.trust_home(visit, code, caches.kept))
    else:
        _board(visit, code)


def _trust(visit: Visit, found: TrustHome) -> None:
    sheet = found.sheet
    if sheet.state.is_open:
        show.lead(
            f"{sheet.trust.name}: {sheet.done} of {len(sheet.lines)} questions of the "
            f"{sheet.cycle.title} assessment are answered. {due(visit, sheet)}"
        )
    else:
        show.lead(
            f"{sheet.trust.name}: the {sheet.cycle.title} assessment is {_said(sheet.state)}."
        )
    _tiles(sheet.parts)
    _continue(found)
    _parts_of_trust(found.parts)
    left, right = st.columns(2, gap="large")
    with left:
        st.header("Waiting for you", anchor=False)
        _bullets(_waiting(visit, found))
    with right:
        st.header("Good to know", anchor=False)
        release = in_words(local(sheet.cycle.release_at).date())
        _bullets(
            [
                f"Other trusts’ results of {sheet.cycle.title} appear on {release}. Until then "
                f"you are compared with the last released cycle.",
                "Nothing you answer here is seen by other trusts before you publish it.",
            ]
        )
        st.page_link(_RESULTS, label="See our results", icon=":material/bar_chart:")


def _parts_of_trust(sheets: Sequence[Sheet]) -> None:
    """How far the sites and directorates are, each with the way to its assessment."""
    for sheet in sheets:
        title = sheet.part_of_trust.title if sheet.part_of_trust else ""
        if sheet.state.is_open:
            said = f"{sheet.done} of {len(sheet.lines)} questions answered"
        else:
            said = _said(sheet.state)
        place = {"scope": f"{sheet.trust.code}.{sheet.scope}"}
        label, icon = f"{title}: {said}", ":material/account_tree:"
        st.page_link(_ASSESSMENT, label=label, icon=icon, query_params=place)


def _continue(found: TrustHome) -> None:
    if not found.sheet.takes_changes:
        if any(offer.step in _WAITS for offer in found.steps):
            _go(_ASSESSMENT, "Go to the assessment")
        return
    line = found.sent_back[0] if found.sent_back else found.sheet.next_open
    if line is None:
        _go(_ASSESSMENT, "Everything is answered: check and submit")
        return
    part = next(part for part in found.sheet.parts if line in part.lines)
    place = {"standard": part.standard.id, "stage": part.stage.id}
    _go(_ASSESSMENT, f"Continue: “{line.statement.text}”", place)


def _go(page: str, label: str, place: Mapping[str, str] | None = None) -> None:
    """The one link that most people will want next, as large as a button."""
    with st.container(key="go-on"):
        st.page_link(page, label=f"{label} ›", query_params=place)


def _tiles(parts: Sequence[Part]) -> None:
    html.put(
        Markup('<ul class="bm-tiles">{}</ul>').format(
            html.joined([_tile(part) for part in parts if part.standard == parts[0].standard])
        )
    )


def _tile(part: Part) -> Markup:
    done = part.done == len(part.lines)
    return Markup(
        '<li class="bm-tile{}"><span class="name">{}</span>'
        '<span class="figure">{} of {}{}</span></li>'
    ).format(
        " done" if done else "",
        part.stage.title,
        part.done,
        len(part.lines),
        " ✓" if done else "",
    )


def _waiting(visit: Visit, found: TrustHome) -> list[str]:
    waiting = [_WAITS[offer.step] for offer in found.steps if offer.step in _WAITS]
    for sheet, mine in found.mine:
        waiting += work_links.lines(sheet, mine, visit.today)
    if found.review:
        link = Markup('<a href="file-review?trust={}" target="_self">{}</a>')
        waiting.append(link.format(found.sheet.trust.code, found.review))
    if found.sent_back:
        numbers = ", ".join(line.statement.number for line in found.sent_back)
        waiting.append(f"Sent back with a reason: {numbers}.")
    if found.capped:
        numbers = ", ".join(line.statement.number for line in found.capped)
        waiting.append(f"{numbers}: the level you claim is not evidenced yet.")
    waiting += action_reminders.lines(found.sheet.trust.code, found.late, found.soon)
    return waiting or ["Nothing is waiting for you."]


def _board(visit: Visit, code: str) -> None:
    found = home.board_home(visit, code)
    show.lead(f"{found.trust_name}: how well do we handle complaints, and how do we know?")
    match found.state:
        case None | State.IN_PROGRESS | State.SENT_BACK:
            said = f"The {found.cycle.title} assessment is still being prepared."
        case state:
            said = f"The {found.cycle.title} assessment is {_said(state)}."
    if found.waits_for_sign_off:
        said += " It waits for you to sign it off for the board, with its response."
    st.markdown(said)
    _late(code, found)
    _go(_OVERVIEW, "Read the overview")


def _late(code: str, found: BoardHome) -> None:
    """How many actions are late, for the board, with the way to them."""
    if not found.late:
        return
    number = action_words.many(len(found.late))
    verb = "is" if len(found.late) == 1 else "are"
    words = f"{number} {verb} late"
    html.put(Markup("<p>{}</p>").format(action_links.to_all(code, words)))


def _inspector(visit: Visit) -> None:
    found = home.inspector_home(visit)
    show.lead(
        f"{found.published} of {found.trusts} trusts published their assessment of "
        f"{found.cycle.title}, the newest cycle that can be compared."
    )
    _go(_COMPARE, "Compare trusts")
    show.note("Differences between trusts are questions to ask, not judgements.")


def _administrator(visit: Visit) -> None:
    found = home.administrator_home(visit)
    show.lead("What this copy holds.")
    _bullets(
        [
            f"Cycle {cycle.title}: due {in_words(local(cycle.deadline_at).date())}, results "
            f"released {in_words(local(cycle.release_at).date())}."
            for cycle in found.cycles
        ]
    )
    _bullets(
        [
            f"{release.file_name} ({release.dataset}, {release.period}), loaded "
            f"{in_words(local(release.loaded_at).date())}."
            for release in found.releases
        ]
    )


def _bullets(lines: Sequence[str]) -> None:
    items = html.joined([Markup("<li>{}</li>").format(line) for line in lines])
    html.put(Markup('<ul class="bm-list">{}</ul>').format(items))


def _said(state: State) -> str:
    return state.label.lower()
