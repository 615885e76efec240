"""Audit: who did what, whether the ledger is whole, and what is kept about somebody."""

from benchmarking.access import Action
from benchmarking.ui import audit_view, page

visit = page.open_page("Audit", needs=Action.SEE_AUDIT)
audit_view.show_audit(visit)
