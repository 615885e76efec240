"""What is taken away once: a list for mail merge, a QR code for each link, words for a letter."""

import io
import zipfile

import pandas as pd
import segno

from benchmarking import exports
from benchmarking.moments import in_words
from benchmarking.survey.invitations import ADDRESS, Made
from benchmarking.survey_terms import Terms

OMBUDSMAN = "https://www.ombudsman.org.uk"
LIST, LETTER, READ_ME = "invitations.csv", "letter.txt", "read-me-first.txt"
SEEN_THEN = "Whoever takes down your answers then sees them, and enters them here for you."
_PIXELS_A_DOT = 8


def zipped(made: Made, home: str) -> bytes:
    """A ZIP with everything for the post.

    Args:
        made: the invitations, whose tokens are known for the last time.
        home: the address of this server, before the path.
    """
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(READ_ME, _read_me(made))
        packed.writestr(LETTER, _as_file(letter(made)))
        packed.writestr(LIST, exports.to_csv(merge_list(made, home)))
        for place, link in enumerate(made.links, start=1):
            packed.writestr(_picture_name(place), qr_code(f"{home}{ADDRESS}{link.token}"))
    return whole.getvalue()


def merge_list(made: Made, home: str) -> pd.DataFrame:
    """One row for each invitation, in the order of the references."""
    return pd.DataFrame(
        [
            {
                "Reference": link.reference,
                "Link": f"{home}{ADDRESS}{link.token}",
                "Works until": in_words(made.expires_on),
                "QR code": _picture_name(place),
            }
            for place, link in enumerate(made.links, start=1)
        ]
    )


def qr_code(link: str) -> bytes:
    """A picture (PNG) of a link that a phone can read, with the quiet border that it needs."""
    drawn = io.BytesIO()
    segno.make_qr(link, error="m").save(drawn, kind="png", scale=_PIXELS_A_DOT, border=4)
    return drawn.getvalue()


def letter(made: Made) -> str:
    """Words for a letter, with every sentence that people must be told."""
    terms, trust = made.terms, made.trust.name
    return "\n\n".join(
        [
            f"{trust} would like to know how it was for you to make a complaint.",
            "Your complaint is closed. We ask everybody whose complaint was closed in the same "
            "time, but for some whom we should not trouble now.",
            "To answer, open this link or point your phone at the picture:\n«Link»\n«QR code»",
            f"The link works until {in_words(made.expires_on)}. You need no password. You can stop "
            f"and go on later with the same link. Answers can be sent once, so please do not pass "
            f"it on.",
            "You choose whether to answer. Your care, and the care of those close to you, stays "
            "the same whatever you do.",
            *promises(trust, with_comments=terms.with_comments),
            in_other_ways(terms),
            "If you do not want to answer, you need do nothing. There is also a button for that on "
            "the first page.",
            *not_a_complaint(terms),
        ]
    )


def promises(trust: str, *, with_comments: bool = False) -> tuple[str, ...]:
    """Who sees answers, and how results are shown, in sentences."""
    read = (
        f"What you write in your own words is read by the people who lead on complaints at "
        f"{trust}, apart from your other answers.",
    )
    return (
        f"Your answers are confidential. They are stored without your name and apart from your "
        f"complaint. Nobody at {trust} can look at the answers of one person once they are sent, "
        f"and nobody there is told who has answered.",
        f"Keep your link to yourself. Whoever opens it sees what you have answered so far and, "
        f"once you have sent it, that the link was used. {trust} makes the links, and is asked to "
        f"delete its list of them once the letters are posted.",
        *(read if with_comments else ()),
        "Results are shown only once 10 people have answered, as numbers of all of them together. "
        "After that they move only when 10 more people have answered. Inspectors and other trusts "
        "may see these numbers, too.",
    )


def in_other_ways(terms: Terms) -> str:
    """How to answer by phone or on paper, in one sentence."""
    email = f" You can also write to {terms.email}." if terms.email else ""
    return (
        f"You can answer by phone instead: call {terms.phone}. Or ask there for the questions on "
        f"paper, and post your answers to: {', '.join(terms.post.splitlines())}.{email} "
        f"{SEEN_THEN}"
    )


def not_a_complaint(terms: Terms) -> tuple[str, ...]:
    """That this is no way to complain, where to do that, and who helps, in sentences."""
    link = f" {terms.complain_link}" if terms.complain_link else ""
    return (
        f"This survey is not a way to complain. Nobody replies to what you say in it. "
        f"{terms.complain_text}{link}",
        f"Free and independent help with complaints: {terms.advocacy_name}, "
        f"{terms.advocacy_contact}.",
        f"If you are not content with how the trust dealt with your complaint, you can ask the "
        f"Parliamentary and Health Service Ombudsman to look at it: {OMBUDSMAN}",
    )


def _read_me(made: Made) -> str:
    return _as_file(
        "\n\n".join(
            [
                f"{len(made.links):,} invitations of {made.trust.name}, {made.cycle.title}.",
                f"{LIST}: a row for each reference, with its link. Use it for mail merge.\n"
                f"{LETTER}: words for the letter. «Link» and «QR code» stand for the columns.\n"
                f"qr/: the pictures that the column QR code names.",
                "Whoever has a link can answer with it. Keep this file where your complaint files "
                "are, and delete it once the letters are posted. It cannot be had a second time.",
                "Before you post: has anybody's complaint been opened again, or has somebody died, "
                "since the list was made? Then do not post that letter.",
            ]
        )
    )


def _as_file(text: str) -> str:
    """Text that every editor shows as it is meant."""
    return "\ufeff" + text.replace("\n", "\r\n") + "\r\n"


def _picture_name(place: int) -> str:
    return f"qr/{place:05}.png"
