"""Counterproof reads clinical papers and recomputes the statistics that they print."""

__version__ = "0.1.0"
