"""Somebody at a browser: opens pages, waits until they stand still, works by keyboard."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    TimeoutError,
    expect,
)

# For the first page of a visit, Streamlit's own script asks for these beside the page's address
# before it asks for them at the root.
_PROBES = ("/_stcore/health", "/_stcore/host-config")
_AT_REST = """() => new Promise(done => {
    const size = () => JSON.stringify(
        [...document.querySelectorAll("[data-testid=stMain], .stPlotlyChart, .main-svg")]
            .map(one => [one.scrollWidth, one.scrollHeight]));
    let before = size(), calm = 0;
    const watch = () => {
        const now = size();
        calm = now === before ? calm + 1 : 0;
        before = now;
        calm < 4 ? setTimeout(watch, 60) : done(true);
    };
    watch();
})"""
# The sheet comes on its own, and may come after the last piece of the page.
_IS_LAID_OUT = """() => [...document.styleSheets].some(sheet =>
    sheet.ownerNode.closest("[data-testid=stApp]")
    && [...sheet.cssRules].some(rule => rule.styleSheet?.cssRules.length))"""
_TRIES = 5
STILL = '[data-testid="stApp"][data-test-script-state="notRunning"]'


@dataclass
class Reader:
    """One browser profile with one tab, on one served dashboard."""

    context: BrowserContext
    page: Page
    home: str
    asked: list[str] = field(default_factory=list)
    complained: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._note_request)
        self.page.on("console", self._note_complaint)
        self.page.on("pageerror", lambda error: self.complained.append(str(error)))

    def sign_in(self, subject: str) -> None:
        """As the form does it, without its page."""
        answer = self.context.request.post(
            f"{self.home}/sign-in", form={"subject": subject}, max_redirects=0
        )
        assert answer.status == 303, answer.text()

    def open(self, address: str) -> "Reader":
        """A page of the dashboard, waited for."""
        self.page.goto(self.home + address)
        return self.wait()

    def wait(self) -> "Reader":
        """Until the page has been drawn to its footer, with every chart on it."""
        self.page.locator(STILL).wait_for()
        fault = self.page.get_by_text("Something went wrong on our side")
        self.page.locator(".bm-footer").or_(fault).first.wait_for()
        assert fault.count() == 0, f"{self.page.url} failed; the server's log says why."
        self.page.wait_for_function(_IS_LAID_OUT)
        for chart in self.page.locator(".stPlotlyChart").all():
            chart.locator(".main-svg").first.wait_for()
        return self

    def stand_still(self) -> None:
        """Until nothing on the page changes its size any more."""
        self.page.evaluate(_AT_REST)

    @property
    def asked_elsewhere(self) -> list[str]:
        """Every request that went to another address than the server's own."""
        own = (self.home, self.home.replace("http", "ws", 1), "data:", "blob:")
        return [address for address in self.asked if not address.startswith(own)]

    @property
    def troubles(self) -> list[str]:
        """What the console reported as an error, but for those probes."""
        return [said for said in self.complained if not said.rstrip(")").endswith(_PROBES)]

    def leave(self) -> None:
        """Closes the tab and the profile at once, as a crash would."""
        self.context.close()

    @property
    def title(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    def question(self, number: str) -> Locator:
        """The part of the assessment page that holds one question."""
        return self.page.locator(f'[class*="st-key-question-sa-{number.replace(".", "-")}"]')

    def choice(self, number: str, start: str) -> Locator:
        """The answer to a question whose words begin so."""
        choices = self.question(number).locator('[data-testid="stRadio"]')
        return choices.get_by_role("radio", name=start)

    def choose(self, label: str, option: str) -> None:
        """Chooses an option of a drop-down; opens it again where a page drawn anew closed it."""
        wanted = self.page.get_by_role("option", name=option, exact=True)
        for _ in range(_TRIES):
            self.page.get_by_role("combobox", name=label).press("ArrowDown")
            try:
                wanted.click(timeout=3_000)
            except TimeoutError:
                continue
            self.wait()
            return
        raise AssertionError(f"{label} did not offer {option} in {_TRIES} tries")

    # By keyboard alone.

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, wanted: Locator, most: int = 60) -> Locator:
        """Presses Tab until the focus is there; fails where Tab does not get that far."""
        expect(wanted.first).to_be_attached()
        for _ in range(most):
            self.press("Tab")
            if any(self._is_in_focus(one) for one in wanted.all()):
                return wanted
        raise AssertionError(f"{most} presses of Tab did not reach {wanted}")

    def _is_in_focus(self, wanted: Locator) -> bool:
        return bool(wanted.evaluate("one => one === document.activeElement"))

    def _note_request(self, request: Request) -> None:
        self.asked.append(request.url)

    def _note_complaint(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        place: Any = message.location
        self.complained.append(f"{message.text} ({place.get('url', '')})")
