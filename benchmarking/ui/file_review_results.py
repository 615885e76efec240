"""What a closed file review found: shares item by item, and how far the readers agreed."""

import streamlit as st
from markupsafe import Markup

from benchmarking.charts import file_findings as chart
from benchmarking.file_review import file_findings
from benchmarking.file_review.file_findings import FileFindings, FoundGroup, ItemFinding
from benchmarking.file_review.reviews import Standing
from benchmarking.ui import beside, caches, html, show
from benchmarking.ui.beside import Beside
from benchmarking.visit import Visit


def offer(visit: Visit, seen: Standing, title: str) -> None:
    """What the newest closed review found, folded under a title; nothing where there is none."""
    found = file_findings.found(visit, seen.trust.code, seen.cycle, caches.kept)
    if found is None:
        return
    with st.expander(title, key=f"{_key(seen)}.earlier", on_change="rerun") as opened:
        if opened.open:
            show.note(found.sentence)
            show_findings(found, seen)


def show_findings(found: FileFindings, seen: Standing) -> None:
    """Charts, the table, where readers differed most, and the small print."""
    key = ("file findings drawn", seen.trust.code, found.review.review_id, found.review.state_since)
    drawn = caches.kept(key, lambda: [_draw(group) for group in found.groups])
    whose = f"{seen.trust.code}-{seen.cycle.cycle_id}-files"
    html.put(_legend())
    beside.charts(drawn, key=whose, notes=found.small_print)
    _apart(found, seen)
    show.small_print(found.small_print)


def _draw(group: FoundGroup) -> Beside:
    said = [Markup("<p>{}</p>").format(_ranked(group))]
    if unsettled := [one for one in group.not_ranked if not one.is_settled]:
        said.append(_listed("Not ranked, because the two readers agreed too seldom:", unsettled))
    hidden = [one for one in group.not_ranked if one.share is None]
    if hidden:
        said.append(_listed("Not enough files to say:", hidden))
    return Beside(
        group.title,
        Markup('<div class="bm-say">{}</div>').format(html.joined(said)),
        chart.draw(group),
    )


def _ranked(group: FoundGroup) -> str:
    ranked, many = len(group.ranked), len(group.findings)
    if not ranked:
        return f"None of {many} items can be ranked."
    return f"{ranked} of {many} items ranked by the share of files that show them."


def _listed(heading: str, findings: list[ItemFinding]) -> Markup:
    items = [Markup("<li>{}</li>").format(one.item.title) for one in findings]
    return Markup('<p>{}</p><ul class="bm-list">{}</ul>').format(heading, html.joined(items))


def _legend() -> Markup:
    return Markup(
        '<p class="bm-note">Diamond: share of files that show it, “yes”. Bar: its 95% interval. '
        "A diamond without a bar: too few files for one. Grey: not ranked. “Partly” is never "
        "counted as yes; the table has it.</p>"
    )


def _apart(found: FileFindings, seen: Standing) -> None:
    """How far the two readers agreed, to talk about before the next review."""
    if not found.apart:
        return
    least = found.apart[0]
    key = f"{_key(seen)}.apart"
    with st.expander("Where the readers differed most", key=key, on_change="rerun") as opened:
        if not opened.open:
            return
        show.note(
            "Talk these through before the next review, with a file at hand: what would each of "
            "you need to see to say yes?"
        )
        show.table(
            chart.agreement_table(found),
            key=f"{seen.trust.code}-{seen.cycle.cycle_id}-agreement",
            alt=f"Items by how far two readers agreed at first, from “{least.item.title}” on.",
            notes=found.small_print,
        )


def _key(seen: Standing) -> str:
    return f"file-review.{seen.trust.code}.{seen.cycle.cycle_id}.results"
