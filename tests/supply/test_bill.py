"""The bill of materials is that of the lock, and says nothing of where it was made."""

import json
import re

from tests.supply.bill import BILL, written
from tests.supply.lock import read


def test_the_bill_that_lies_there_is_that_of_the_lock():
    assert BILL.read_text(encoding="utf-8") == written(), "The lock has changed. Run make sbom."


def test_it_has_every_package_that_runs_here_with_its_version_and_licence():
    bill = json.loads(written())
    found = {(one["name"], one["version"]) for one in bill["components"]}
    assert found == {(o.name, o.version) for o in read("requirements.txt") if o.can_run_here}
    assert [one["name"] for one in bill["components"] if not one["licenses"]] == []


def test_it_says_what_needs_what():
    needs = {one["ref"]: one["dependsOn"] for one in json.loads(written())["dependencies"]}
    starlette = next(ref for ref in needs if ref.startswith("pkg:pypi/starlette@"))
    streamlit = next(ref for ref in needs if ref.startswith("pkg:pypi/streamlit@"))
    assert starlette in needs[streamlit]
    assert streamlit in needs["my-expectations-benchmark"]
    assert all(ref in needs for found in needs.values() for ref in found)


def test_no_place_of_anybodys_stands_in_it():
    addresses = re.findall(r"[a-z+]+://[^\"]*", written())
    assert addresses == ["http://cyclonedx.org/schema/bom-1.6.schema.json"]
