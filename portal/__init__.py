"""Serves the published datasets: Flask for people, an API for machines, Datasette for SQL."""
