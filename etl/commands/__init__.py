"""The commands of `python -m etl`, a module each."""
