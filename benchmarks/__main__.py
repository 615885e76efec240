"""Every measurement, as one JSON object: python -m benchmarks."""

import json

from benchmarks import pages

print(json.dumps({"pages": pages.measure()}, indent=2))
