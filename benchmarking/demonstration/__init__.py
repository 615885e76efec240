"""The demonstration: fictional trusts with three cycles, in a database of their own.

Everything in it follows from a fixed seed and one day. Nothing here reads or writes a figure
about a real trust; those are loaded beside it when the server starts.
"""

from benchmarking.demonstration.evidence_files import put as put_files
from benchmarking.demonstration.filling import create
from benchmarking.demonstration.placing import DemonstrationRefused, install

__all__ = ["DemonstrationRefused", "create", "install", "put_files"]
