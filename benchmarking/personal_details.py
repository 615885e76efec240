"""What in a text may tell who somebody is: NHS numbers, dates of birth, postcodes and the like.

It is a warning to people, not a proof. Nothing here knows names, and a text without a finding may
still name somebody.

- **NHS number**: ten digits, together, in threes and four, or one by one, whose last digit is
  right (modulus 11). Ten digits of which that is not so are something else.
- **Date of birth**: a full date beside a word such as "born" or "DOB", written in whatever way.
- **Date that could be one**: a day written as 03/05/1961 that lies from 1905 to 2014, without such
  a word. What complaints are about nowadays is younger; a date of birth seldom is. Dates with the
  month as a word, or with the year in front, are left alone here: that is how papers are dated.
- **Postcode**: a whole one, of an area that exists. The first half alone names a district.
- **E-mail address**.
- **Phone number**: of a place or a mobile in the United Kingdom (01, 02, 07). Numbers that only
  organisations have (03, 08) are left alone.

Spaces of any width, digits of any script and characters that cannot be seen hide nothing.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

WITHHELD = "Withheld: it may hold personal details. Ask the trust lead."


class Kind(Enum):
    """What may tell who somebody is, as a sentence names it."""

    NHS_NUMBER = "an NHS number"
    DATE_OF_BIRTH = "a date of birth"
    DATE = "a date that could be a date of birth"
    POSTCODE = "a postcode"
    EMAIL = "an e-mail address"
    PHONE = "a phone number"


@dataclass(frozen=True)
class Finding:
    """What stands where: the first character and the one after the last. Never the text itself."""

    kind: Kind
    start: int
    end: int


def find(text: str) -> tuple[Finding, ...]:
    """Everything in a text that may tell who somebody is, in its order."""
    plain, places = _plain(text)
    found = [
        Finding(kind, places[start], places[end - 1] + 1) for kind, start, end in _findings(plain)
    ]
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.kind.value)))


def kinds(texts: Iterable[str]) -> tuple[Kind, ...]:
    """The kinds found in any of some texts, each once, in the order of ``Kind``."""
    seen = {finding.kind for text in texts for finding in find(text)}
    return tuple(kind for kind in Kind if kind in seen)


def in_words(found: Iterable[Kind]) -> str:
    """The kinds as a sentence lists them: "an NHS number and a postcode"."""
    *first, last = (kind.value for kind in found)
    return f"{', '.join(first)} and {last}" if first else last


def may_identify(*texts: str) -> bool:
    """Whether any of some texts holds something that may tell who somebody is."""
    return any(find(text) for text in texts)


def for_others(text: str) -> str:
    """The text as people outside the trust, or its board, may see it; else that it is withheld."""
    return WITHHELD if may_identify(text) else text


# What cannot be seen or only decorates: marks on letters and digits, joiners, directions.
_UNSEEN = frozenset({"Cf", "Mn", "Me", "Cc"})
_DASHES = frozenset("\u2212\u00ad")


def _plain(text: str) -> tuple[str, list[int] | range]:
    """The text in plain characters, and of each the place where it came from."""
    if text.isascii() and text.isprintable():
        return text, range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, typed in enumerate(text):
        for character in unicodedata.normalize("NFKC", typed):
            plain = _as_typed_plainly(character)
            letters.append(plain)
            places += [place] * len(plain)
    return "".join(letters), places


def _as_typed_plainly(character: str) -> str:
    if character.isascii() and character.isprintable():
        return character
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category == "Pd" or character in _DASHES:
        return "-"
    return "" if category in _UNSEEN else character


def _findings(plain: str) -> Iterator[tuple[Kind, int, int]]:
    yield from ((Kind.NHS_NUMBER, *span) for span in _nhs_numbers(plain))
    yield from _dates(plain)
    yield from ((Kind.POSTCODE, *span) for span in _postcodes(plain))
    yield from ((Kind.EMAIL, *match.span()) for match in _EMAIL.finditer(plain))
    yield from ((Kind.PHONE, *span) for span in _phones(plain))


_BETWEEN = r"[ ._/\u00b7-]{1,3}"
# Not within a longer number, a decimal fraction, or a code of letters and digits.
_NHS_NUMBER = re.compile(
    rf"(?<![0-9A-Za-z])(?<!\d\.)[A-Za-z]*"
    rf"(\d{{10}}|\d{{3}}{_BETWEEN}\d{{3}}{_BETWEEN}\d{{4}}|\d(?:[ -]\d){{9}})"
    rf"(?![A-Za-z]*\d)(?!\.\d)"
)
_WEIGHTS = range(10, 1, -1)


def _nhs_numbers(plain: str) -> Iterator[tuple[int, int]]:
    for match in _NHS_NUMBER.finditer(plain):
        if _is_nhs_number([int(c) for c in match[1] if c.isdigit()]):
            yield match.span(1)


def _is_nhs_number(digits: list[int]) -> bool:
    """Whether the last digit fits the others (NHS Data Dictionary, NHS NUMBER)."""
    check = 11 - sum(w * d for w, d in zip(_WEIGHTS, digits, strict=False)) % 11
    # Where the check comes to 10, no last digit is right.
    return digits[-1] == check % 11 and len(set(digits)) > 1


_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NUMBER_OF_MONTH = r"(?:0?[1-9]|1[0-2])"
_SLASH = r" ?[/.-] ?"
_ANY_DATE = re.compile(
    rf"(?<![\d/.-])(?:{_DAY}{_SLASH}{_NUMBER_OF_MONTH}{_SLASH}(?:\d{{4}}|\d\d)"
    rf"|\d{{4}}{_SLASH}{_NUMBER_OF_MONTH}{_SLASH}{_DAY}"
    rf"|{_DAY}(?:st|nd|rd|th)?(?: of)?[ -]*{_MONTH},?[ -]*(?:\d{{4}}|\d\d)"
    rf"|{_MONTH} *{_DAY}(?:st|nd|rd|th)?,? *\d{{4}})(?![\d/]|[.-]\d)",
    re.IGNORECASE,
)
_IN_FIGURES = re.compile(rf"{_DAY}{_SLASH}{_NUMBER_OF_MONTH}{_SLASH}(\d{{4}})")
_BIRTH = re.compile(r"\b(?:born|birth\w*|d\.? ?o\.? ?b\b\.?)", re.IGNORECASE)
_BEFORE, _AFTER = 40, 25
_OLDEST, _YOUNGEST = 1905, 2014


def _dates(plain: str) -> Iterator[tuple[Kind, int, int]]:
    for match in _ANY_DATE.finditer(plain):
        start, end = match.span()
        figures = _IN_FIGURES.fullmatch(match[0])
        if _BIRTH.search(plain, max(0, start - _BEFORE), start) or _BIRTH.search(
            plain, end, end + _AFTER
        ):
            yield Kind.DATE_OF_BIRTH, start, end
        elif figures and _OLDEST <= int(figures[1]) <= _YOUNGEST:
            yield Kind.DATE, start, end


_AREAS = frozenset(
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY "
    "E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE "
    "LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL "
    "SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE".split()
)
_POSTCODE = re.compile(
    r"(?<![0-9A-Za-z])([A-Za-z]{1,2})\d[0-9A-Za-z]? {0,2}(\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2})"
    r"(?![0-9A-Za-z])"
)
_ORDINAL = re.compile(r"1st|2nd|3rd|[04-9]th")


def _postcodes(plain: str) -> Iterator[tuple[int, int]]:
    for match in _POSTCODE.finditer(plain):
        if match[1].upper() in _AREAS and not _ORDINAL.fullmatch(match[2]):
            yield match.span()


_EMAIL = re.compile(r"[\w.+%'-]{1,64} ?@ ?[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PHONE = re.compile(
    r"(?<![\w.+])(?:(?:\+|00) ?44 ?(?:\(0\) ?)?|\(?0 ?)"
    r"(?:1(?:[ .()-]{0,2}\d){8,9}|[27](?:[ .()-]{0,2}\d){9})(?!\d)(?!\.\d)"
)
_BEGINS_AS_A_DATE = re.compile(rf"{_DAY}[ .-]{_NUMBER_OF_MONTH}[ .-](?:19|20)\d\d")


def _phones(plain: str) -> Iterator[tuple[int, int]]:
    for match in _PHONE.finditer(plain):
        if not _BEGINS_AS_A_DATE.match(match[0]):
            yield match.span()
