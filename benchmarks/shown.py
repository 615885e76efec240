"""What was measured, as the tables that docs/performance.md shows."""

from collections.abc import Callable, Mapping
from typing import Any

from benchmarks.tables import Cell, markdown

Found = Mapping[str, Any]


def pages(found: Found) -> str:
    rows = [
        (name, costs["cpu_ms"], costs["times_empty"], round(costs["bytes"] / 1000))
        for name, costs in found.items()
    ]
    return markdown(("Page", "CPU, ms", "times an empty app", "sent, kB"), rows)


def load(found: Found) -> str:
    """Two tables: all at once, and at their own pace."""
    once = [
        (
            name,
            one["errors"],
            one["start_ms"].get("p50"),
            one["start_ms"].get("p95"),
            one["cpu_ms"],
            one["times bare"],
            one["times bare, kept"],
        )
        for name, one in found["at once"].items()
    ]
    columns = (
        f"All {found['sessions']} at once",
        "errors",
        "start p50, ms",
        "start p95, ms",
        "CPU a start, ms",
        "p95 ÷ bare page",
        "p95 ÷ bare page, kept figures",
    )
    return f"{markdown(columns, once)}\n\n{_thinking(found)}"


def _thinking(found: Found) -> str:
    told, bare = found["thinking"], found["thinking, bare"]
    kinds = {
        "start": "first page",
        "later": "all later runs",
        "rerun": "of these, a choice on the page",
        "page": "of these, another page",
        "answer": "of these, an answer saved",
    }
    rows: list[tuple[Cell, ...]] = [
        (said, *(told[f"{kind}_ms"].get(name) for name in ("n", "p50", "p95", "max")))
        for kind, said in kinds.items()
    ]
    every = [
        (f"page: {page}", *(ms.get(name) for name in ("n", "p50", "p95", "max")))
        for page, ms in told["by page"].items()
    ]
    rows.append(
        (
            "later runs of a bare page, kept figures",
            *(bare["later_ms"].get(name) for name in ("n", "p50", "p95", "max")),
        )
    )
    columns = ("At their own pace", "runs", "p50, ms", "p95, ms", "largest, ms")
    sums = (
        ("errors", told["errors"]),
        ("CPU of the server for each run, ms", told["cpu_ms"]),
        ("the same of the bare page, ms", bare["cpu_ms"]),
        ("sent for each run, kB", told["kb_each"]),
        ("memory before anybody came, MB", told["mb"]["empty"]),
        ("memory once all had arrived, MB", told["mb"]["arrived"]),
        (f"memory after {found['minutes']:g} minutes, MB", told["mb"]["settled"]),
        (f"memory after {told['further']:,} more runs, MB", told["mb"]["last"]),
        ("growth over these, %", told["growth_percent"]),
    )
    return f"{markdown(columns, [*rows, *every])}\n\n{markdown(('In all', ''), sums)}"


def memory(found: Found) -> str:
    rows = (
        ("memory of one more open tab, kB", found["kb_each_tab"]),
        ("memory before so many reruns, MB", found["mb"]["settled"]),
        (f"memory after {found['reruns']:,} reruns, MB", found["mb"]["last"]),
        ("growth, %", found["growth_percent"]),
        ("errors", found["errors"]),
    )
    return markdown(("Memory of the server", ""), rows)


def replicas(found: Found) -> str:
    rows = [
        (name, one["errors"], one["cpu_ms"], one["reruns_a_second"], one["rerun_ms"].get("p95"))
        for name, one in found.items()
    ]
    columns = ("", "errors", "CPU a rerun, ms", "reruns a second", "rerun p95, ms")
    return markdown(columns, rows)


def imports(found: Found) -> str:
    rows = [
        (
            name,
            one["rows"],
            one["file_mb"],
            one["seconds"],
            one["rows_a_second"],
            one["peak_mb"],
            one["plain_seconds"],
            one["plain_peak_mb"],
            one["times_plain"],
        )
        for name, one in found.items()
    ]
    columns = (
        "File",
        "rows",
        "MB",
        "import, s",
        "rows a second",
        "memory, MB",
        "plain read, s",
        "its memory, MB",
        "times as long",
    )
    return markdown(columns, rows)


def exports(found: Found) -> str:
    rows = [(name, one["cpu_ms"], one["kb"]) for name, one in found.items()]
    return markdown(("File", "CPU, ms", "kB"), rows)


def hosted(found: Found) -> str:
    rows = [(name, one["rows"], one["ms"]) for name, one in found.items()]
    return markdown(("Engine", "answers stored", "one reply, ms"), rows)


def statistics(found: Found) -> str:
    rows = [
        (name, round(one["cpu_ms"], 2), one["slow"], one["pandas"]) for name, one in found.items()
    ]
    return markdown(("Statistic", "CPU, ms", "slow ÷ ours", "pandas ÷ ours"), rows)


def responses(found: Found) -> str:
    rows = [(size, *one.values()) for size, one in found["rows"].items()]
    columns = ("Rows", "adding up, ms", "bincount, ms", "ratio", "one page, ms", "file, MB")
    return markdown(columns, rows)


TABLES: Mapping[str, Callable[[Any], str]] = {
    one.__name__: one
    for one in (
        pages,
        load,
        memory,
        replicas,
        imports,
        exports,
        hosted,
        statistics,
        responses,
    )
}
