"""Who uses a database at this moment, so that it is given back once nobody does."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class Stopping(Exception):
    """Nobody is let in any more."""


class Users:
    """The threads that read or write. Who is inside may come in again; a stranger may not."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside: Counter[int] = Counter()
        self._lets_in = True

    @contextmanager
    def one(self) -> Iterator[None]:
        """One use.

        Raises:
            Stopping: nobody is let in any more, and this thread was not inside.
        """
        me = threading.get_ident()
        with self._changed:
            # What is half done is allowed to end: its next read would otherwise undo its write.
            if not self._lets_in and me not in self._inside:
                raise Stopping
            self._inside[me] += 1
        try:
            yield
        finally:
            self._leave(me)

    def turn_away(self, patience: float) -> bool:
        """Lets nobody in from now on, and waits for those inside; whether all have left.

        Args:
            patience: the longest wait, in seconds. The thread that asks does not wait for itself.
        """
        me = threading.get_ident()
        with self._changed:
            self._lets_in = False
            return self._changed.wait_for(lambda: set(self._inside) <= {me}, patience)

    def _leave(self, who: int) -> None:
        with self._changed:
            self._inside[who] -= 1
            if not self._inside[who]:
                del self._inside[who]
            self._changed.notify_all()
