"""Asking once more, in plain words, before something is done that concerns the whole."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from benchmarking.ui import html, saving
from benchmarking.ui.saving import Place
from benchmarking.visit import Visit


@dataclass
class Intent:
    """The name of what somebody is about to do, empty while there is nothing."""

    name: str = ""


@dataclass(frozen=True)
class Asked:
    """A button and what it asks: ``says`` tells what will happen, ``yes`` is the answer."""

    name: str
    label: str
    says: str
    yes: str


def offer(
    place: Place,
    asked: Asked,
    do: Callable[[Visit], object],
    *,
    ready: bool = True,
    primary: bool = True,
) -> None:
    """A button; pressed, it says what it will do, and does it only after "yes".

    Args:
        place: where on the page; trouble is remembered there.
        asked: the button, and the words of the question.
        do: given who asks at that moment.
        ready: whether it can be pressed.
        primary: whether it is what most people will want next.
    """
    intent = _intent(place)
    st.button(
        asked.label,
        key=f"{place.key}.{asked.name}",
        type="primary" if primary else "secondary",
        disabled=not ready,
        on_click=_ask,
        args=(intent, asked.name),
    )
    if intent.name == asked.name and ready:
        _question(place, asked, do, intent)


def show_trouble(place: Place) -> None:
    """What stood in the way of the last step, told once."""
    saving.show_trouble(place)
    place.problem = ""


def _intent(place: Place) -> Intent:
    kept = f"{place.key}.intent"
    if kept not in st.session_state:
        st.session_state[kept] = Intent()
    return st.session_state[kept]


def _question(place: Place, asked: Asked, do: Callable[[Visit], object], intent: Intent) -> None:
    with st.container(border=True, key=f"{place.key}.{asked.name}.asked".replace(".", "-")):
        html.put(Markup('<div role="alert"><p>{}</p></div>').format(asked.says))
        with st.container(horizontal=True, gap="small"):
            st.button(
                asked.yes,
                key=f"{place.key}.{asked.name}.yes",
                type="primary",
                on_click=_yes,
                args=(place, intent, do),
            )
            st.button(
                "Not yet", key=f"{place.key}.{asked.name}.no", on_click=_ask, args=(intent, "")
            )


def _ask(intent: Intent, name: str) -> None:
    intent.name = name


def _yes(place: Place, intent: Intent, do: Callable[[Visit], object]) -> None:
    saving.try_to(place, do)
    intent.name = ""
