"""What a form of the public survey sends: read within limits, and never more than that."""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.requests import Request

from benchmarking.survey.invitations import digest

# The longest comment, each character written as %F0%9F%98%80, and everything else.
LARGEST_BYTES = 64_000
MOST_FIELDS = 120
_FORM = "application/x-www-form-urlencoded"

# One person is slower than this. Links beyond the last so many are forgotten, the oldest first.
MOST_A_MINUTE = 90
_MOST_LINKS = 5_000


class UnusableForm(Exception):
    """A form is not one of ours. ``status`` is the answer's."""

    def __init__(self, status: int):
        super().__init__(f"A form that is answered with {status}.")
        self.status = status


async def form_of(request: Request) -> Mapping[str, str]:
    """The fields of a form; of a field that comes twice, the last.

    Raises:
        UnusableForm: it is of another kind, too large, has too many fields, or comes from a
            foreign page.
    """
    if not _is_own(request):
        raise UnusableForm(403)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise UnusableForm(415)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BYTES:
            raise UnusableForm(413)
    try:
        text = body.decode("ascii", "replace")
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise UnusableForm(413) from None


def _is_own(request: Request) -> bool:
    """Whether no other page is said to have sent the form.

    Unlike on the dashboard, where a cookie goes with every form, nothing can be sent here but by
    somebody who has the link. So an origin that a browser keeps to itself ("null") passes.
    """
    origin = request.headers.get("origin")
    if origin in (None, "null"):
        return True
    return origin.partition("://")[2] == request.headers.get("host")


@dataclass
class Pace:
    """How often forms came under each link in the last minute."""

    clock: Callable[[], float] = time.monotonic
    _seen: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def check(self, token: str) -> None:
        """Passes a person's pace.

        Raises:
            UnusableForm: too many came under this link.
        """
        now, key = self.clock(), digest(token)
        with self._turn:
            times = self._seen.setdefault(key, deque())
            self._seen.move_to_end(key)
            while times and times[0] < now - 60:
                times.popleft()
            if len(times) >= MOST_A_MINUTE:
                raise UnusableForm(429)
            times.append(now)
            while len(self._seen) > _MOST_LINKS:
                self._seen.popitem(last=False)
