"""Models of what a paper reports, and the DuckDB store that keeps them."""
