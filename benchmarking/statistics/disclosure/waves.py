"""Frozen waves: results move only when enough new replies have come, and never show a person's.

Replies are put into waves in the order in which they come. A wave is full at 10 more replies
than there were, and never changes again. A result is a snapshot: the sum of the full waves, or
of fewer, because two snapshots can be taken from each other. Where in the difference everybody
said the same, or everybody but one, it waits for the next wave and both are shown as one.

Everybody but one, because otherwise waiting would itself say that they all agree; and because
who knows that one reply, having given it, would know all others. The reader is taken to know
how many replied, though under 30 it is not shown: where the third snapshot holds 30, the first
must have held 10, and of 10 "over 90%" is everybody. Of 11 to 29 it is all or all but one at
least, so a first result may say so; it is then not told apart from the waves that follow.

A group of 30 is shown whatever they said: rule 9 shows such a group in full, and a result must
not stand still for ever. A reply that is corrected or withdrawn counts as it was in every
snapshot shown before, and as it is now from the next wave on.

Replies of a file are known to whoever brought it, and could be taken away from a wave that they
are in. So they fill waves of their own (``Pools``), and so do those that nobody there knows.
"""

from dataclasses import dataclass, field, replace

from benchmarking.statistics.disclosure.rules import IN_FULL_FROM, three_step
from benchmarking.statistics.disclosure.shown import Counts, Shown

WAVE = 10
ON_EACH_SIDE = 2
NOTHING = Counts(0, 0)


@dataclass(frozen=True)
class Snapshot:
    """The counts of the first ``waves`` waves. They stay on the server; ``shown`` leaves it."""

    counts: Counts
    waves: int

    @property
    def shown(self) -> Shown:
        """What may be shown now, by the three-step rule."""
        return three_step(self.counts.part, self.counts.out_of)


@dataclass(frozen=True)
class Waves:
    """The replies to one question: full waves, oldest first, and what waits to fill the next."""

    full: tuple[Counts, ...] = ()
    waiting: Counts = NOTHING

    def after(self, change: Counts) -> "Waves":
        """The waves after something came in; the full ones stay as they are.

        Args:
            change: by how much the counts changed at one moment. One reply is ``Counts(1, 1)``
                or ``Counts(0, 1)``, an imported file is all of its new replies at once, a
                corrected reply ``Counts(-1, 0)`` or ``Counts(1, 0)``, a withdrawn one
                ``Counts(-1, -1)`` or ``Counts(0, -1)``.
        """
        waiting = self.waiting + change
        if waiting.out_of < WAVE:
            return replace(self, waiting=waiting)
        return Waves((*self.full, waiting))

    def snapshot(self) -> Snapshot:
        """The newest that may be shown. It follows from the waves alone: rebuilt is the same."""
        return self._newest(by_its_end=True)

    def settled(self) -> Snapshot:
        """The newest whose counts a reader may know, be they shown or worked out."""
        return self._newest(by_its_end=False)

    def _newest(self, *, by_its_end: bool) -> Snapshot:
        shown, everybody, settled = Snapshot(NOTHING, 0), NOTHING, NOTHING
        for number, wave in enumerate(self.full, start=1):
            everybody += wave
            if _may_be_known(everybody - settled, everybody - shown.counts):
                shown, settled = Snapshot(everybody, number), everybody
            elif by_its_end and settled == NOTHING and _is_told_by_its_end(everybody):
                shown = Snapshot(everybody, number)
        return shown


@dataclass(frozen=True)
class Pools:
    """The replies to one question: ``brought`` by file, and given ``here``, each in its waves."""

    brought: Waves = field(default_factory=Waves)
    here: Waves = field(default_factory=Waves)

    @property
    def full(self) -> tuple[Counts, ...]:
        return (*self.brought.full, *self.here.full)

    @property
    def waiting(self) -> Counts:
        return self.brought.waiting + self.here.waiting

    def snapshot(self) -> Snapshot:
        """The newest that may be shown: of both together, as far as each may be known by itself.

        Where neither may, it is one of the two that is told by its end, and not their sum.
        """
        brought, here = self.brought.settled(), self.here.settled()
        if brought.waves or here.waves:
            both = brought.counts + here.counts
            return Snapshot(both, brought.waves + here.waves)
        told = self.brought.snapshot()
        return told if told.waves else self.here.snapshot()


def _may_be_known(apart: Counts, since: Counts) -> bool:
    """Whether it tells nobody's answer to know these counts.

    Args:
        apart: of those who came since a snapshot whose counts a reader may know.
        since: of those who came since the last snapshot. They are fewer where that one said
            no more than "under 10%" or "over 90%".
    """
    if _on_the_smaller_side(apart) < ON_EACH_SIDE:
        return apart.out_of >= IN_FULL_FROM
    return _on_the_smaller_side(since) > 0 or since.out_of >= IN_FULL_FROM


def _is_told_by_its_end(everybody: Counts) -> bool:
    """Whether a first result says no more than "under 10%" or "over 90%", of more than ten."""
    return _on_the_smaller_side(everybody) < ON_EACH_SIDE and everybody.out_of > WAVE


def _on_the_smaller_side(counts: Counts) -> int:
    return min(counts.part, counts.out_of - counts.part)
