"""What people type is kept as typed, without what nobody can type."""

import pytest

from benchmarking.texts import UnusableText, cleaned, visible, web_address


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("  Ŵy O'Brien & co 😀 ", "Ŵy O'Brien & co 😀"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("nul\0and escape\x1b[31m", "nuland escape[31m"),
        ("half a pair \ud83d.", "half a pair ."),
        ("Cafe\u0301", "Café"),
        ("   ", ""),
    ],
)
def test_text_keeps_its_meaning(typed: str, kept: str) -> None:
    assert cleaned(typed, 100, "The text") == kept


def test_a_text_that_is_too_long_is_refused_not_cut() -> None:
    with pytest.raises(UnusableText, match="The note is 11 characters long. Shorten it to 10"):
        cleaned("x" * 11, 10, "The note")
    assert cleaned("x" * 10 + " ", 10, "The note") == "x" * 10


@pytest.mark.parametrize("address", ["https://www.example.org/a?b=1#c", "http://localhost/x", ""])
def test_web_addresses_are_kept(address: str) -> None:
    assert web_address(address) == address


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "//example.org", "www.example.org", "data:text/html,x", "https://",
     "https://exa mple.org", "file:///etc/passwd", "https://[broken"],
)  # fmt: skip
def test_everything_else_is_not_a_link(address: str) -> None:
    with pytest.raises(UnusableText, match="not a web address"):
        web_address(address)


@pytest.mark.parametrize(
    "text, shown",
    [
        ("DEMO-07 2026-27 Ŵ 😀 é", "DEMO-07 2026-27 Ŵ 😀 é"),
        ("a\nb\r\tc", r"a\nb\r\tc"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("left\u202eright\u200b", r"left\u202eright\u200b"),
        ("two\u2028lines", r"two\u2028lines"),
    ],
)
def test_what_cannot_be_seen_is_written_as_its_code(text: str, shown: str) -> None:
    assert visible(text) == shown
