"""Writes the software bill of materials of what runs here: CycloneDX 1.6 as JSON, from the lock.

    python -m tests.supply.bill

The same lock gives the same bytes: no time, no serial number, no address of an index. Hashes of
the files stand in the lock itself. What is written was held against CycloneDX's own schema; do so
again when its form changes.
"""

import json
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any

import click

from tests.supply.lock import ROOT, Locked, read
from tests.supply.rules import rules

LOCK = "requirements.txt"
BILL = ROOT / "docs" / "security" / "sbom.cdx.json"
_OURS = "my-expectations-benchmark"


def written() -> str:
    """The bill as it must lie in docs/security."""
    packages = [one for one in read(LOCK) if one.can_run_here]
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": _OURS,
                "name": _OURS,
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": [_component(one) for one in packages],
        "dependencies": _dependencies(packages),
    }
    return json.dumps(bill, indent=1, ensure_ascii=False) + "\n"


def licence(name: str) -> str:
    """The licence of a package as an SPDX expression.

    Raises:
        LookupError: the package does not say, and nobody has looked.
    """
    by_hand = rules().licences.read_by_hand.get(name)
    if by_hand:
        return by_hand
    try:
        said = metadata(name).json.get("license_expression")
    except PackageNotFoundError:
        said = None
    if said is None:
        raise LookupError(
            f"{name} does not say its licence in one expression. Read it in the package's own "
            "files, and add it to read_by_hand in docs/security/dependencies.yaml."
        )
    return str(said)


def _purl(one: Locked) -> str:
    return f"pkg:pypi/{one.name}@{one.version}"


def _component(one: Locked) -> dict[str, Any]:
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": _purl(one),
        "name": one.name,
        "version": one.version,
        "licenses": [{"expression": licence(one.name)}],
        "purl": _purl(one),
    }
    if one.marker:
        component["properties"] = [{"name": "python:marker", "value": one.marker}]
    return component


def _dependencies(packages: list[Locked]) -> list[dict[str, Any]]:
    refs = {one.name: _purl(one) for one in packages}
    needs: dict[str, list[str]] = {_OURS: [], **{ref: [] for ref in refs.values()}}
    for one in packages:
        for wanting in one.wanted_by:
            needs[refs.get(wanting, _OURS)].append(_purl(one))
    return [{"ref": ref, "dependsOn": sorted(set(found))} for ref, found in needs.items()]


@click.command(help=__doc__)
def main() -> None:
    """Writes the bill."""
    try:
        said = written()
    except LookupError as lacking:
        raise click.ClickException(str(lacking)) from None
    BILL.write_text(said, encoding="utf-8", newline="\n")
    click.echo(f"Wrote {BILL.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
