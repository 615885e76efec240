"""The dashboard: the list of its pages, and the server around it.

Streamlit runs this file for every click; run by a server, it is the ASGI application.
"""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from benchmarking.access import Action
from benchmarking.ui import shell
from benchmarking.ui.shell import ListedPage
from benchmarking.web.application import surround

PAGES = (
    ListedPage("pages/everyone/home.py", "Home", "", Action.SEE_HOME),
    ListedPage("pages/trusts/assessment.py", "Assessment", "assessment", Action.SEE_DRAFT),
    ListedPage("pages/trusts/our_results.py", "Our results", "our-results", Action.SEE_OWN_RESULTS),
    ListedPage("pages/trusts/voices.py", "Voices", "voices", Action.SEE_VOICES),
    ListedPage("pages/inspectors/compare.py", "Compare", "compare", Action.COMPARE),
    ListedPage("pages/boards/overview.py", "Overview", "overview", Action.SEE_OVERVIEW),
    ListedPage("pages/trusts/actions.py", "Actions", "actions", Action.SEE_ACTIONS),
    ListedPage(
        "pages/everyone/trends.py",
        "Trends",
        "trends",
        Action.OPEN_TRENDS,
        gives_way_to=Action.SEE_VOICES,
    ),
    ListedPage("pages/admin/people.py", "People", "people", Action.MANAGE_PEOPLE),
    ListedPage("pages/admin/cycles.py", "Cycles", "cycles", Action.MANAGE_CYCLES),
    ListedPage("pages/admin/audit.py", "Audit", "audit", Action.SEE_AUDIT),
    ListedPage(
        "pages/everyone/published_complaints.py",
        "Published complaints",
        "published-complaints",
        Action.SEE_PUBLISHED_COMPLAINTS,
    ),
    ListedPage("pages/trusts/survey.py", "Survey", "survey", Action.BRING_SURVEY, False),
    ListedPage(
        "pages/trusts/file_review.py", "File review", "file-review", Action.REVIEW_FILES, False
    ),
    ListedPage(
        "pages/trusts/scopes.py", "Sites and directorates", "scopes", Action.MANAGE_SCOPES, False
    ),
    ListedPage(
        "pages/trusts/good_practice.py",
        "Good practice",
        "good-practice",
        Action.SEE_PRACTICE,
        False,
    ),
    ListedPage(
        "pages/everyone/notifications.py",
        "Notifications",
        "notifications",
        Action.CHOOSE_NOTIFICATIONS,
        False,
    ),
    ListedPage(
        "pages/everyone/standards.py", "Standards", "standards", Action.SEE_PUBLIC_PAGES, False
    ),
    ListedPage("pages/everyone/methods.py", "Methods", "methods", Action.SEE_PUBLIC_PAGES, False),
    ListedPage(
        "pages/everyone/accessibility.py",
        "Accessibility",
        "accessibility",
        Action.SEE_PUBLIC_PAGES,
        False,
    ),
)

if get_script_run_ctx(suppress_warning=True) is None:
    around = surround(st.get_option)
    app = st.App(
        "dashboard.py",
        routes=around.routes(),
        middleware=around.middleware(),
        lifespan=around.lifespan,
        secrets=around.secrets(),
        exception_handlers=around.exception_handlers(),
        on_script_error=shell.explain_fault,
    )
else:
    shell.run(PAGES)
