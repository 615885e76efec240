"""The arithmetic that every row of KO41a must satisfy.

Rules: KO41a guidelines and definitions of NHS England; they hold for all 279 rows of 2024-25.
One outcome per complaint, so outcomes add up. Age and status are told once per new complaint.
A complaint counts under each service, subject and profession it is about, so those totals may
exceed the number of new complaints but never fall below it.
"""

from collections.abc import Iterator, Mapping

from benchmarking.indicators import Collection, Part, Section

Counts = Mapping[str, int]

BROUGHT_FORWARD, NEW = "complaints_total_brought_forward", "complaints_total_new"
RESOLVED, CARRIED_FORWARD = "complaints_total_resolved", "complaints_total_carried_forward"

_ONCE = ("age_total", "status_total")
_ONCE_OR_MORE = ("service_total", "subject_area_total", "profession_total")
_SUBJECT_TOTAL = "subject_area_total"
_SUBJECT_SUBTOTALS = ("clinical_treatment_sub_total", "subject_area_sub_total")


def broken(counts: Counts, collection: Collection) -> Iterator[str]:
    """A sentence without its stop for each rule that a row breaks, with both numbers.

    Args:
        counts: the row's figure for each measure id of the collection.
        collection: the KO41a measures by section.
    """
    yield from _caseload(counts)
    labels = {measure.id: measure.column for measure in collection.measures}
    for section in collection.sections:
        yield from _sum(counts, section)
    yield from _compare(
        counts[_SUBJECT_TOTAL],
        sum(counts[part] for part in _SUBJECT_SUBTOTALS),
        f"{labels[_SUBJECT_TOTAL]} and its two subtotals",
    )
    for total in _ONCE:
        yield from _compare(counts[total], counts[NEW], f"{labels[total]} and {labels[NEW]}")
    for total in _ONCE_OR_MORE:
        if counts[total] < counts[NEW]:
            yield (
                f"{labels[total]} is {counts[total]:,}, less than the {counts[NEW]:,} new "
                "complaints"
            )


def _caseload(counts: Counts) -> Iterator[str]:
    open_in_all = counts[BROUGHT_FORWARD] + counts[NEW]
    if counts[RESOLVED] > open_in_all:
        yield f"{counts[RESOLVED]:,} were resolved, but only {open_in_all:,} were open in all"
        return
    left = open_in_all - counts[RESOLVED]
    if counts[CARRIED_FORWARD] != left:
        yield (
            f"Complaints_Total_Carried_Forward is {counts[CARRIED_FORWARD]:,}, but brought forward "
            f"and new less resolved is {left:,}"
        )


def _sum(counts: Counts, section: Section) -> Iterator[str]:
    parts = sum(counts[m.id] for m in section.measures if m.part is Part.PART)
    # Where a section has a subtotal, its parts make that; the total holds other sections too.
    sums = [m for m in section.measures if m.part is Part.SUBTOTAL]
    sums = sums or [m for m in section.measures if m.part is Part.TOTAL]
    for total in sums:
        yield from _compare(counts[total.id], parts, f"{total.column} and the sum of its parts")


def _compare(one: int, other: int, what: str) -> Iterator[str]:
    if one != other:
        yield f"{what} differ: {one:,} and {other:,}"
