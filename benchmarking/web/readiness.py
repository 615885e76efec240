"""Telling when the server is ready, and making it so."""

import asyncio
import urllib.error
import urllib.request
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

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
    agrees_with_ledger: bool = True

    async def warm_up(self) -> None:
        """Has the script run once through Streamlit's own health check."""
        for _ in range(_TRIES):
            self.is_ready = await asyncio.to_thread(self._runs)
            if self.is_ready:
                return
            await asyncio.sleep(_PAUSE_SECONDS)

    def _runs(self) -> bool:
        address = f"http://127.0.0.1:{self.port}/_stcore/script-health-check"
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return False

    def answer(self, _request: Request) -> Response:
        """200 once people can be let in, 503 before; and whether the ledger needs a look.

        That does not make it 503: a balancer would then send nobody to any of the replicas.
        """
        status = 200 if self.is_ready else 503
        said: dict[str, object] = {"ready": self.is_ready}
        if not self.agrees_with_ledger:
            said["ledger"] = "differs from what is stored"
        return JSONResponse(said, status_code=status)
