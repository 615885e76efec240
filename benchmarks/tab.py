"""One browser tab without a browser, for a crowd of them in one process: fields and all."""

import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

PATIENCE = 60
# What shell.explain_fault and identity say; a run that shows one of them has failed.
_FAULT = "Something went wrong on our side"
_STRANGER = "Nobody is signed in"
_CHOICES = frozenset({"radio", "selectbox", "button_group"})
_FIELDS = _CHOICES | {"checkbox", "number_input", "text_input", "text_area"}
_DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class RunFailed(Exception):
    """A run of a page ended with an exception, or with a page for strangers."""


@dataclass(frozen=True)
class Ran:
    """One run of a page: milliseconds from asking to its end, and bytes that came."""

    ms: float
    received: int


@dataclass(frozen=True)
class Field:
    """A choice on the page that can be made: its number, key, kind, options and what stands."""

    number: str
    key: str
    kind: str
    options: tuple[str, ...]
    standing: tuple[str, ...]

    def others(self) -> list[str]:
        """The options that do not stand there now."""
        return [option for option in self.options if option not in self.standing]


class Tab:
    """An open page; ``async with`` connects it and closes it."""

    def __init__(self, port: int, page: str, cookie: str, query: str = ""):
        self._port, self._cookie = port, cookie
        self.page, self._query = page, query
        self._socket: ClientConnection | None = None
        self._fields: list[Field] = []
        self._states: dict[str, WidgetState] = {}

    async def __aenter__(self) -> Self:
        self._socket = await connect(
            f"ws://localhost:{self._port}/_stcore/stream",
            origin=Origin(f"http://localhost:{self._port}"),
            subprotocols=[Subprotocol("streamlit")],
            additional_headers={"Cookie": self._cookie} if self._cookie else {},
            compression=None,
            max_size=None,
            open_timeout=PATIENCE,
            ping_interval=None,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        assert self._socket is not None
        await self._socket.close()

    async def run(self) -> Ran:
        """Runs the page as it stands.

        Raises:
            RunFailed: the page showed a fault in place of what it is for.
        """
        assert self._socket is not None
        began = time.perf_counter()
        await self._socket.send(self._asking())
        shown: list[tuple[str, Any]] = []
        received = 0
        while True:
            frame = await self._socket.recv(decode=False)
            received += len(frame)
            message = ForwardMsg.FromString(bytes(frame))
            kind = message.WhichOneof("type")
            if kind == "delta":
                _look(message, shown)
            elif kind == "page_info_changed":
                self._query = message.page_info_changed.query_string
            elif kind == "script_finished":
                if message.script_finished in _DONE:
                    break
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise RunFailed("The script does not compile.")
        ran = Ran((time.perf_counter() - began) * 1000, received)
        self._take_over(shown)
        return ran

    def _take_over(self, shown: list[tuple[str, Any]]) -> None:
        """Fills the fields as a browser does: as the server says, or as they stood before."""
        before, self._states = self._states, {}
        for kind, element in shown:
            kept = None if element.set_value else before.get(element.id)
            self._states[element.id] = kept or _state(kind, element)
        self._fields = [
            _field(kind, element, self._states[element.id])
            for kind, element in shown
            if kind in _CHOICES and not element.disabled
        ]

    async def turn_to(self, page: str) -> Ran:
        """Opens another page, as a click in the menu does; raises as ``run``."""
        self.page, self._query = page, ""
        self._states.clear()
        return await self.run()

    async def choose(self, field: Field, option: str) -> Ran:
        """Makes a choice, which runs the page; raises as ``run``."""
        chosen = WidgetState(id=field.number)
        _put(chosen, field.kind, [option])
        self._states[field.number] = chosen
        return await self.run()

    def fields(self, beginning: str) -> list[Field]:
        """What can be chosen on the page as it stands, of keys with this beginning."""
        return [field for field in self._fields if field.key.startswith(beginning)]

    def _asking(self) -> bytes:
        asked = BackMsg()
        asked.rerun_script.query_string = self._query
        asked.rerun_script.page_name = self.page
        asked.rerun_script.widget_states.widgets.extend(self._states.values())
        return asked.SerializeToString()


def _look(message: ForwardMsg, shown: list[tuple[str, Any]]) -> None:
    """Notes a field; raises for what only a failed run shows."""
    element = message.delta.new_element
    kind = element.WhichOneof("type")
    if kind == "exception":
        raise RunFailed(element.exception.message)
    if kind == "alert" and _FAULT in element.alert.body:
        raise RunFailed(element.alert.body)
    if kind == "html" and _STRANGER in element.html.body:
        raise RunFailed(_STRANGER)
    if kind in _FIELDS:
        shown.append((kind, getattr(element, kind)))


def _state(kind: str, element: Any) -> WidgetState:
    """What stands in a field that this tab has not seen before."""
    state = WidgetState(id=element.id)
    if kind in _CHOICES:
        _put(state, kind, _chosen(kind, element))
    elif kind == "checkbox":
        state.bool_value = element.value if element.set_value else element.default
    elif kind == "number_input":
        state.double_value = element.value if element.set_value else element.default
    else:
        state.string_value = element.value if element.set_value else element.default
    return state


def _chosen(kind: str, element: Any) -> list[str]:
    if kind == "button_group":
        if element.set_value:
            return list(element.raw_values)
        return [element.options[number].content for number in element.default]
    if element.set_value:
        return [element.raw_value] if element.HasField("raw_value") else []
    return [element.options[element.default]] if element.HasField("default") else []


def _put(state: WidgetState, kind: str, chosen: list[str]) -> None:
    if kind == "button_group":
        state.string_array_value.data.extend(chosen)
    elif chosen:
        state.string_value = chosen[0]


def _field(kind: str, element: Any, state: WidgetState) -> Field:
    options = tuple(getattr(option, "content", option) for option in element.options)
    stands = state.string_array_value.data if kind == "button_group" else [state.string_value]
    # "$$ID-", 32 digits, "-", and the key that the page gave.
    return Field(element.id, element.id.split("-", 2)[-1], kind, options, tuple(stands))
