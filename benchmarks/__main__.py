"""Every measurement, as one JSON object: python -m benchmarks."""

import json

from benchmarks import pages, statistics

found = {"statistics": statistics.measure(), "pages": pages.measure()}
print(json.dumps(found, indent=2, ensure_ascii=False))
