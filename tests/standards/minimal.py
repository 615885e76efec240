"""The smallest standards folder there is, for tests that break it in one place."""

from pathlib import Path

SCALES = """\
answer_scales:
  - id: yes-no
    title: Yes or no
    choices:
      - {id: "no", label: "No", value: 0.0}
      - {id: "yes", label: "Yes", value: 1.0}
      - {id: dont-know, label: Don't know, missing: dont_know}
      - {id: not-applicable, label: Not applicable, missing: not_applicable}
"""

SCHEME = """\
id: plain
title: Plain
rule: lower-median@1
scale: yes-no
label: Self-assessed; not a CQC rating
note: Nothing to add.
source: {document: Ours, url: "https://example.org", licence: MIT}
minimum_answered: 0.75
bands:
  - {id: low, word: Low, from_percent: 0}
  - {id: high, word: High, from_percent: 50}
limiters:
  - {within: high, any_at_or_below: "no", limits_to: low}
"""

EDITION = """\
id: demo
edition: "1"
title: Demonstration standard
short_title: Demonstration
about: One statement.
publisher: Nobody
published: "2026"
source: {document: Ours, url: "https://example.org", licence: MIT}
words: {stage: stage, statement: statement}
rating_schemes: [plain]
stages:
  - id: d-1
    number: "1"
    title: First
    wording: {status: own, source: Ours}
    headline: {id: d-1.0, text: It works, wording: {status: own, source: Ours}}
    statements:
      - id: d-1.1
        number: "1.1"
        text: I was heard
        wording: {status: unconfirmed, source: Recalled}
        voices: {trust: direct, complainants: direct, files: proxy}
evidence:
  kinds:
    - {id: records, label: Records, hint: Some, asks: [records_drawn, period]}
  checkers:
    - {id: audit, label: Audit, outside: true}
  caps:
    - {choice: "no", says: Nothing shown.}
    - choice: "yes"
      says: Records show it.
      any_of:
        - {kind: records, minimum: 20, at_random: true}
self_assessment:
  scale: yes-no
  items:
    - id: sa-1
      statement: d-1.1
      question: Are people heard?
      guidance: Ask them.
      look_for: [Replies]
      descriptions: {"no": They are not., "yes": They are.}
      improve: {"no": Listen., "yes": Keep listening.}
      not_applicable: {allowed: true, when: Nobody spoke.}
"""

# What may follow: the survey and the file review.
INSTRUMENTS = """\
complainant_survey:
  scale: yes-no
  agrees_from: "yes"
  cuts: {status: proposed, second: 0.4, third: 0.7, why: Policy.}
  items:
    - {id: cs-1.1, prompt: They heard me., measures: {d-1.1: direct}}
    - {id: cs-1.0, prompt: It worked for me., measures: {d-1.0: direct}}
  equality:
    - id: eq-age
      prompt: How old are you?
      options: [{id: under-50, label: Under 50}, {id: 50-or-over, label: 50 or over}]
file_review:
  scale: yes-no
  shown_from: "yes"
  cuts: {status: proposed, second: 0.6, third: 0.9, why: Policy.}
  agreement: {status: proposed, share: 0.75, why: Policy.}
  statements:
    - id: fr-1.1
      title: Heard
      prompt: Was the person heard?
      guidance: Look for a note.
      measures: {d-1.1: proxy}
  criteria:
    - {id: fc-1, title: Complete, prompt: Is it all there?, guidance: Look for gaps.}
  apology:
    - {id: fa-regret, title: Regret, prompt: Is anybody sorry?, guidance: Look for the word.}
"""


def write_folder(
    parent: Path, edition: str = EDITION, scales: str = SCALES, scheme: str = SCHEME
) -> Path:
    """A folder ``standards`` with one edition, one scheme and one scale."""
    folder = parent / "standards"
    for path, text in (
        ("answer_scales.yaml", scales),
        ("rating_schemes/plain.yaml", scheme),
        ("demo/1.yaml", edition),
    ):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode("utf-8"))
    return folder


def line_of(text: str, part: str) -> int:
    """The number of the first line that holds this part."""
    return text[: text.index(part)].count("\n") + 1
