"""How many people the fictional trusts asked in each cycle, and how many replied."""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarking.demonstration.chance import chance
from benchmarking.demonstration.newcomer import CURRENT, LAST, NEWCOMER, OLDEST
from benchmarking.demonstration.trusts import DemonstrationTrust
from benchmarking.replies import Way

INVITED = {
    "Acute": (150, 320),
    "Mental health": (70, 190),
    "Community": (20, 110),
    "Ambulance": (50, 150),
}
RATES = (0.17, 0.45)
# In the current cycle replies are still coming in.
SO_FAR = 0.8
ASKS_IN_A_CYCLE = 0.93
ASKS_HERE = 0.25
NEVER_ASKS = frozenset({"DEMO-20", "DEMO-22", "DEMO-36", "DEMO-44"})
ONE_BY_ONE, WITH_19, WITHOUT_REPLY = "DEMO-52", "DEMO-30", "DEMO-12"


@dataclass(frozen=True)
class Turnout:
    """How many were asked, and how many replied in each batch that came at once.

    ``singly`` more came one by one: they were given here, by people who were sent a link.
    """

    invited: int
    batches: tuple[int, ...] = ()
    singly: int = 0

    @property
    def replied(self) -> int:
        return sum(self.batches) + self.singly


BY_HAND: Mapping[tuple[str, int], Turnout] = {
    (NEWCOMER, OLDEST): Turnout(188, (26, 35)),
    (NEWCOMER, LAST): Turnout(212, (31, 38, 15)),
    (NEWCOMER, CURRENT): Turnout(240, (41, 35), singly=20),
    (ONE_BY_ONE, LAST): Turnout(46, singly=14),
    (ONE_BY_ONE, CURRENT): Turnout(38, singly=6),
    (WITH_19, CURRENT): Turnout(84, (12, 7)),
    (WITHOUT_REPLY, CURRENT): Turnout(64),
    ("DEMO-08", OLDEST): Turnout(24, (5,)),
    ("DEMO-26", OLDEST): Turnout(22, (3,)),
    ("DEMO-34", LAST): Turnout(31, (7,)),
}


def way_of(trust: DemonstrationTrust) -> Way:
    """Where most of a trust's replies come in."""
    if trust.code in (NEWCOMER, ONE_BY_ONE):
        return Way.ELSEWHERE if trust.code == NEWCOMER else Way.HERE
    here = chance("survey", trust.code, "way").random() < ASKS_HERE
    return Way.HERE if here else Way.ELSEWHERE


def draw_turnout(trust: DemonstrationTrust, cycle_place: int) -> Turnout | None:
    """How many a trust asked in a cycle (0 the oldest), and what came; None where nobody."""
    if by_hand := BY_HAND.get((trust.code, cycle_place)):
        return by_hand
    drawn = chance("survey", trust.code, cycle_place, "turnout")
    invited = int(drawn.integers(*INVITED[trust.organisation.trust_type]))
    rate = drawn.uniform(*RATES) * (SO_FAR if cycle_place == CURRENT else 1)
    replied = int(drawn.binomial(invited, rate))
    if trust.code in NEVER_ASKS or drawn.random() > ASKS_IN_A_CYCLE:
        return None
    many = 1 if replied < 20 else 2 if replied < 60 else 3
    parts = drawn.multinomial(replied, drawn.dirichlet([6] * many))
    return Turnout(invited, tuple(int(part) for part in parts if part))
