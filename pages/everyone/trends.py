"""Trends: what a trust did in time, month by month, and whether that is unusual."""

from benchmarking.access import Action
from benchmarking.ui import page, trends_view

visit = page.open_page("Trends", needs=Action.OPEN_TRENDS)
trends_view.show_trends(visit)
