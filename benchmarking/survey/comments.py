"""What people who answered here wrote in their own words, for the few who read it.

Comments are apart from answers and come in an order that tells nothing. They are shown once ten
people have replied, and new ones only with a full wave of replies.
"""

from dataclasses import dataclass
from hashlib import sha256

from benchmarking import personal_details
from benchmarking.access import Action, check_can
from benchmarking.answers import Cycle
from benchmarking.assessing.sheets import trust_of
from benchmarking.statistics.disclosure.rules import SHARE_FROM
from benchmarking.store import responses, survey_extras
from benchmarking.survey.invitations import replied
from benchmarking.visit import Visit


@dataclass(frozen=True)
class Written:
    """One comment. ``may_identify`` marks what may tell who somebody is."""

    text: str
    may_identify: bool


def of_trust(visit: Visit, trust_code: str, cycle: Cycle) -> tuple[Written, ...] | None:
    """What people wrote in a cycle, in an order of no meaning; None while too few replied.

    Raises:
        Refused: the person may not read comments for this trust.
        NotThere: there is no such trust.
    """
    check_can(visit.person, Action.READ_SURVEY_COMMENTS, trust_code)
    with visit.database.reading() as reading:
        number = trust_of(reading, trust_code).organisation_id
        period = responses.period_of(reading, cycle.cycle_id)
        if period is None or replied(reading, number, period) < SHARE_FROM:
            return None
        texts = survey_extras.comments_of(reading, number, cycle.cycle_id)
    return tuple(
        Written(text, personal_details.may_identify(text)) for text in sorted(texts, key=_shuffled)
    )


def _shuffled(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
