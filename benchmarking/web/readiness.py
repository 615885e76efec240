"""Telling when the server is ready, and making it so."""

import asyncio
import urllib.error
import urllib.request
from dataclasses import dataclass

from benchmarking.web import inner_addresses

_TRIES = 120
_PAUSE_SECONDS = 0.25


@dataclass
class Readiness:
    """Whether the dashboard has run once.

    Until it has, Streamlit shows the first deep link under a message that the page does not
    exist: it still believes in the files of ``pages/`` instead of the list in ``dashboard.py``.
    """

    port: int
    is_ready: bool = False

    async def warm_up(self) -> None:
        """Has the script run once through Streamlit's own health check."""
        for _ in range(_TRIES):
            self.is_ready = await asyncio.to_thread(self._runs)
            if self.is_ready:
                return
            await asyncio.sleep(_PAUSE_SECONDS)

    def _runs(self) -> bool:
        address = f"http://127.0.0.1:{self.port}/_stcore/script-health-check"
        asked = urllib.request.Request(
            address, headers={inner_addresses.OWN_ASKING: inner_addresses.own_word}
        )
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return False
