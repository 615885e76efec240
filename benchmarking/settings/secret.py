"""The secret that signs cookies: good enough for production, or made at first use."""

import math
import secrets
import tempfile
from collections import Counter
from pathlib import Path

from benchmarking.settings import model

SHORTEST = 32
# uuid4 in hexadecimal has about 110 bits by this measure, 32 random bytes in base64 about 230.
_BITS = 96
# Parts of secrets that stand in manuals, templates and tests. Chance does not make them.
_WELL_KNOWN = (
    *("changeme", "change-me", "change_me", "secret", "password", "default", "example"),
    *("placeholder", "benchmark", "0123456789", "abcdefgh", "qwerty"),
)
MAKE_ONE = 'Make one with: python -c "import secrets; print(secrets.token_hex(32))"'


def problems(said: str) -> list[str]:
    """What lets others guess a secret that is long enough. Never repeats it."""
    if len(said) < SHORTEST:
        return []
    if any(word in said.lower() for word in _WELL_KNOWN):
        why = "holds a word that stands in manuals and examples"
    elif _bits(said) < _BITS or said in (said + said)[1:-1]:
        why = "repeats itself"
    else:
        return []
    return [f"BENCHMARK_SECRET: this one {why}, so others can guess it. {MAKE_ONE}"]


def own() -> str:
    """A secret of this copy's own, made at first use and kept out of git.

    An empty file is none: a power cut can leave one.
    """
    model.LOCAL.mkdir(parents=True, exist_ok=True)
    kept = model.LOCAL / "secret"
    if not kept.exists() or not kept.stat().st_size:
        # Only its owner may read what tempfile makes.
        with tempfile.NamedTemporaryFile("w", dir=model.LOCAL, delete=False) as begun:
            begun.write(secrets.token_hex(32))
        Path(begun.name).replace(kept)
    return kept.read_text(encoding="ascii")


def _bits(said: str) -> float:
    """How much chance its characters show, by how often each comes (Shannon 1948)."""
    counts = Counter(said).values()
    return -sum(count * math.log2(count / len(said)) for count in counts)
