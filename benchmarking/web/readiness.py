"""Telling when the server is ready, and making it so."""

import asyncio
import itertools
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException

from benchmarking import events
from benchmarking.web import inner_addresses

_TRIES = 120
_PAUSE_SECONDS = 0.25
_LONGER_PAUSE_SECONDS = 5.0


@dataclass
class Readiness:
    """Whether the dashboard has run once.

    Until it has, Streamlit shows the first deep link under a message that the page does not
    exist: it still believes in the files of ``pages/`` instead of the list in ``dashboard.py``.
    """

    port: int
    address: str = "127.0.0.1"
    is_ready: bool = False

    async def warm_up(self) -> None:
        """Has the script run once through Streamlit's own health check, whenever that will be."""
        for tried in itertools.count(1):
            self.is_ready = await asyncio.to_thread(self._runs)
            if self.is_ready:
                return
            if tried == _TRIES:
                events.alarm("not ready", address=self.address, do=_DO)
            await asyncio.sleep(_PAUSE_SECONDS if tried < _TRIES else _LONGER_PAUSE_SECONDS)

    def _runs(self) -> bool:
        address = f"http://{self.address}:{self.port}/_stcore/script-health-check"
        asked = urllib.request.Request(
            address, headers={inner_addresses.OWN_ASKING: inner_addresses.own_word}
        )
        try:
            with _direct.open(asked, timeout=30) as answer:
                return bool(answer.status == 200)
        except (OSError, HTTPException):
            return False


# A proxy in the environment is for what lies outside.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_DO = (
    "The dashboard does not run yet, so nobody is let in; it is tried again every few seconds. "
    "See that the database answers, and look for faults in the log."
)
