"""Why these trusts are called similar: each with its reason and distance, weights and source."""

import streamlit as st
from markupsafe import Markup

from benchmarking import exports
from benchmarking.indicators.likeness import LikenessFeature
from benchmarking.results import similar_peers
from benchmarking.results.similar_trusts import SimilarTrust, SimilarTrusts
from benchmarking.ui import html, show

_TITLE = "Why these trusts"


def why(found: SimilarTrusts) -> None:
    """The reasons, folded; nothing where no trust could be proposed: the group says why."""
    if not found.nearest:
        return
    name = f"{found.trust.code}-similar-trusts-{found.year.period}"
    with st.expander(_TITLE, key=f"{name}-folded", on_change="rerun") as folded:
        if folded.open:
            _reasons(found, name)


def _reasons(found: SimilarTrusts, name: str) -> None:
    rules, source = similar_peers.rules(found), found.likeness.source
    said = " ".join(filter(None, [found.says, similar_peers.left_out(found)]))
    method = f"Method: {source.document}. {source.url}"
    notes = [said, similar_peers.weights(found), *rules, method]
    show.note(said)
    html.put(_table(found))
    st.download_button(
        "Download as CSV",
        lambda: exports.to_csv(similar_peers.table(found), notes),
        file_name=f"{name}.csv",
        mime="text/csv",
        key=f"{name}-csv",
        on_click="ignore",
    )
    html.put(_weights(found.likeness.features))
    html.put(_rules(found, rules))


def _table(found: SimilarTrusts) -> Markup:
    """A table that a phone can show: the reason stands under the name."""
    return Markup(
        '<table class="bm-similar" aria-label="{}"><thead><tr><th scope="col">Trust, and why</th>'
        '<th scope="col" class="number">Distance</th><th scope="col" class="number">Compared</th>'
        "</tr></thead><tbody>{}</tbody></table>"
    ).format(_TITLE, html.joined([_row(similar) for similar in found.nearest]))


def _row(similar: SimilarTrust) -> Markup:
    return Markup(
        '<tr><th scope="row">{} ({})<small>{}</small></th><td class="number">{:.3f}</td>'
        '<td class="number">{:.0%}</td></tr>'
    ).format(
        similar.trust.name,
        similar.trust.code,
        similar.why,
        similar.distance,
        similar.share_compared,
    )


def _weights(features: tuple[LikenessFeature, ...]) -> Markup:
    items = [
        Markup("<li><strong>{}, weight {:g}.</strong> {}</li>").format(
            feature.label.capitalize(), feature.weight, feature.why
        )
        for feature in features
    ]
    return Markup(
        '<p class="bm-note"><strong>What is compared, and what it counts</strong></p>'
        '<ul class="bm-list bm-note">{}</ul>'
    ).format(html.joined(items))


def _rules(found: SimilarTrusts, rules: tuple[str, ...]) -> Markup:
    source = found.likeness.source
    return Markup(
        '<p class="bm-small">{} Method: <a href="{}" target="_blank" rel="noopener">{}</a>.</p>'
    ).format(" ".join(rules), source.url, source.document)
