"""The trust, complainants and complaint files, side by side on every statement."""
