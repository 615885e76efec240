"""Voices: how the survey and the file review of a trust stand."""

from benchmarking.access import Action
from benchmarking.ui import page, voices_view

visit = page.open_page("Voices", needs=Action.SEE_VOICES)
voices_view.show_page(visit)
