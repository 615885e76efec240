"""Speed and size, measured as ratios within one run. These machines are noisy: no timed tests."""
