"""Text that people type: made safe to keep, never changed in meaning."""

import unicodedata
from urllib.parse import urlsplit


class UnusableText(ValueError):
    """A text cannot be kept. Says why and what to do."""


def cleaned(text: str, longest: int, name: str) -> str:
    """The text without surrounding space and without characters that nobody typed.

    Keeps every letter of every script, line breaks and emoji. Drops control characters and
    halves of surrogate pairs, and puts accents in one form (NFC), so that the same words are
    the same text.

    Args:
        text: what was typed.
        longest: the most characters that are kept.
        name: what it is called in the message ("The comment").

    Raises:
        UnusableText: it is longer than that.
    """
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    kept = unicodedata.normalize("NFC", kept).strip()
    if len(kept) > longest:
        raise UnusableText(
            f"{name} is {len(kept):,} characters long. Shorten it to {longest:,} or fewer."
        )
    return kept


def web_address(text: str) -> str:
    """The address, if it is one that can be opened safely; empty stays empty.

    Raises:
        UnusableText: it is not an absolute http or https address.
    """
    kept = cleaned(text, 2000, "The link")
    if not kept:
        return ""
    try:
        parts = urlsplit(kept)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web or any(c.isspace() for c in kept):
        raise UnusableText(
            "The link is not a web address. Copy it from the browser, with https:// in front."
        )
    return kept


def visible(text: str) -> str:
    """The text on one line, with each character that cannot be seen written as its code.

    For lists and logs, where a line end, an escape or a change of direction could pass for
    something that it is not. What is stored stays as it is.
    """
    return "".join(c if c.isprintable() else _code(c) for c in text)


def _code(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
