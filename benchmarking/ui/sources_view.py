"""The published data behind the figures: source, period, licence, known defects."""

import streamlit as st
from markupsafe import Markup

from benchmarking import server
from benchmarking.indicators import Dataset, Licence, Source
from benchmarking.ui import html


def show_sources() -> None:
    """Every dataset that this copy holds."""
    catalogue = server.current().catalogue
    st.header("Sources", anchor=False)
    for dataset in catalogue.datasets:
        with st.expander(f"{dataset.title}, {dataset.period}", key=f"source-{dataset.key}"):
            for source in dataset.sources:
                _source(source, catalogue.licence(source.licence))
            _dataset(dataset)


def _source(source: Source, licence: Licence) -> None:
    html.put(
        Markup(
            '<p><a href="{}" target="_blank" rel="noopener">{}</a>, {}. '
            '<a href="{}" target="_blank" rel="noopener">{}</a>. {}</p>'
        ).format(
            source.url,
            source.document,
            source.publisher,
            licence.url,
            licence.name,
            source.attribution,
        )
    )


def _dataset(dataset: Dataset) -> None:
    defects = [Markup("<li>{}</li>").format(defect) for defect in dataset.known_defects]
    made = Markup("<p>How it was made: {}</p>").format(dataset.made_by) if dataset.made_by else ""
    html.put(
        Markup(
            "{}<p>Unit: {}. Rows: {}.</p><p><strong>Known defects</strong></p><ul>{}</ul>"
            '<p class="bm-small">File {}, SHA-256 {}</p>'
        ).format(
            made, dataset.unit, dataset.rows, html.joined(defects), dataset.file, dataset.sha256
        )
    )
