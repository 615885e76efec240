"""Notifications on the page: what was chosen, a form for it, and a code to confirm an address."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from markupsafe import Markup

from benchmarking import digests, mailing, notifications, server
from benchmarking.assessing.drafts import CannotSave
from benchmarking.mail_server import MailServer
from benchmarking.notifications import Standing
from benchmarking.store.notifications import HowOften
from benchmarking.ui import caches, confirming, entry_form, html, saving, show
from benchmarking.ui.confirming import Asked
from benchmarking.ui.entry_form import Done, Form, Told
from benchmarking.visit import Visit

_ABOUT = "notifications"
_OFTEN = {
    HowOften.DAILY: "Once a day at most",
    HowOften.WEEKLY: "Once a week at most",
    HowOften.OFF: "Never",
}
_SAYS = (
    "A mail says how many statements are assigned to you or were sent back, that a deadline is "
    "near, what waits for your approval or sign-off, and which of your actions are due. It holds "
    "no answers, no results and nothing that anybody wrote. It is sent only if something is new."
)
_NO_SERVER = (
    "This copy sends no e-mail: no mail server is set. What waits for you stands below and on "
    "the page Home."
)


def show_notifications(visit: Visit) -> None:
    """How somebody is told now, how they can be, and what they would be told."""
    found = notifications.standing(visit)
    told = entry_form.told("notifications")
    entry_form.show_told(told, _ABOUT)
    if server.current().settings.mail_server is None:
        show.lead(_NO_SERVER)
    else:
        show.lead(_how(found))
        show.note(_SAYS)
        if found.waits_for_code:
            _code(told)
        _choosing(found, told)
    if found.choice is not None:
        _stopping(visit)
    _now(visit)


def _how(found: Standing) -> str:
    choice = found.choice
    if choice is None:
        return "You are told nothing by e-mail. Enter an address if you want to be."
    if choice.how_often is HowOften.OFF:
        return f"You are told nothing by e-mail. {choice.address} is kept until you remove it."
    if choice.confirmed_at is None:
        return f"{choice.address} is not confirmed yet, so nothing is sent there."
    often = _OFTEN[choice.how_often].lower()
    return f"What waits for you is sent to {choice.address}, {often}."


def _code(told: Told) -> None:
    form = entry_form.form("notifications.code", told)
    st.header("Confirm your address", anchor=False)
    show.note("A code was sent there. It holds for an hour.")
    entry_form.show_problems(form)
    with st.form("notifications.code.fields", border=False):
        st.text_input(
            "The code from the mail",
            max_chars=20,
            autocomplete="one-time-code",
            key=form.key_of("code"),
        )
        st.form_submit_button("Confirm", type="primary", on_click=_confirm, args=(form, form.sent))


def _confirm(form: Form, pressed: int) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        notifications.confirm(visit, str(entered["code"] or ""), _secret())
        return Done("Your address is confirmed.", _ABOUT)

    entry_form.send(form, pressed, do)


def _choosing(found: Standing, told: Told) -> None:
    form = entry_form.form("notifications.choose", told)
    choice = found.choice
    often = choice.how_often if choice else HowOften.DAILY
    st.header("How to be told", anchor=False)
    entry_form.show_problems(form)
    with st.form("notifications.choose.fields", border=False):
        st.text_input(
            "E-mail address",
            value=choice.address if choice else "",
            max_chars=254,
            autocomplete="email",
            key=entry_form.beside(form, "address"),
        )
        st.radio(
            "How often",
            list(_OFTEN),
            index=list(_OFTEN).index(often),
            format_func=_OFTEN.__getitem__,
            key=form.key_of("often"),
        )
        st.form_submit_button("Save", on_click=_choose, args=(form, form.sent))


def _choose(form: Form, pressed: int) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        address, often = str(entered["address"] or ""), HowOften(entered["often"])
        post = mailing.post_to(_mail_server())
        if notifications.choose(visit, address, often, _secret(), post):
            return Done("A code was sent to your address. Enter it here to confirm.", _ABOUT)
        return Done("Your choice is kept.", _ABOUT)

    entry_form.send(form, pressed, do)


def _stopping(visit: Visit) -> None:
    place = saving.place(f"notifications.stop.{visit.person.person_id}")
    confirming.show_trouble(place)
    asked = Asked(
        "stop",
        "Remove my address",
        "Your address is removed, and nothing is sent to you any more.",
        "Remove it",
    )
    confirming.offer(place, asked, notifications.stop, primary=False)


def _now(visit: Visit) -> None:
    st.header("What waits for you now", anchor=False)
    waiting = digests.waiting_for(visit, caches.kept)
    if not waiting:
        show.note("Nothing is waiting for you.")
        return
    lines = [
        Markup('<li>{}: <a href="{}?trust={}" target="_self">{}</a></li>').format(
            one.trust_code, one.page, one.trust_code, one.sentence
        )
        for one in waiting
    ]
    html.put(Markup('<ul class="bm-list">{}</ul>').format(html.joined(lines)))


def _mail_server() -> MailServer:
    found = server.current().settings.mail_server
    if found is None:
        raise CannotSave(_NO_SERVER)
    return found


def _secret() -> str:
    return server.current().settings.secret_for("codes that confirm an address")
