"""The words and plain values that the files in ``standards/`` are made of."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Strict

# A quoted "0.5" or "true" is text: without Strict it would silently become a number or a flag.
Flag = Annotated[bool, Strict()]
Whole = Annotated[int, Strict()]
Number = Annotated[float, Strict()]
Day = Annotated[date, Strict()]


class WordingStatus(StrEnum):
    """How sure we are that a text is the publisher's own."""

    VERBATIM = "verbatim"
    UNCONFIRMED = "unconfirmed"
    PARAPHRASE = "paraphrase"
    OWN = "own"


class Voice(StrEnum):
    """Who can say something about a statement."""

    TRUST = "trust"
    COMPLAINANTS = "complainants"
    FILES = "files"


class Closeness(StrEnum):
    """How closely a voice can measure a statement."""

    DIRECT = "direct"
    PROXY = "proxy"
    NOT_MEASURABLE = "not_measurable"


class Missing(StrEnum):
    """Why an answer carries no value. Never mixed up with zero."""

    DONT_KNOW = "dont_know"
    NOT_APPLICABLE = "not_applicable"
    NOT_RECORDED = "not_recorded"


class EvidenceDetail(StrEnum):
    """What can be asked about a piece of evidence."""

    RECORDS_AVAILABLE = "records_available"
    RECORDS_DRAWN = "records_drawn"
    AT_RANDOM = "at_random"
    PERIOD = "period"
    REPLIES = "replies"
    CHECKED_BY = "checked_by"
    CHECKED_ON = "checked_on"
    COMPLAINANTS_INVOLVED = "complainants_involved"


class CutStatus(StrEnum):
    """Whether cut points are our proposal, or agreed by those who use the standard."""

    PROPOSED = "proposed"
    AGREED = "agreed"
