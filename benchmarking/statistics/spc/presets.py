"""The rule sets that NHS readers know."""

from benchmarking.statistics.spc.rules import Rules

# As the package NHSRplotthedots 0.2.2 applies them, but with the programme's 13 points.
MAKING_DATA_COUNT = Rules("Making Data Count")

# The programme's spreadsheet: no screening, and improvement shown where a point is both
# (NHSRplotthedots, issue 194). It offers 6 points instead of 7 (issue 202):
# ``replace(AS_THE_EXCEL_TOOL, shift=6, trend=6)``.
AS_THE_EXCEL_TOOL = Rules(
    "Making Data Count, as the Excel tool", screening=False, improvement_first=True
)
