"""Notifications: whether, where and how often somebody is told by e-mail what waits for them."""

from benchmarking.access import Action
from benchmarking.ui import notifications_view, page

visit = page.open_page("Notifications", needs=Action.CHOOSE_NOTIFICATIONS)
notifications_view.show_notifications(visit)
