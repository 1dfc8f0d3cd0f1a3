"""The machines' door: the only producer of JSON, CSV and JSON-LD; a small Starlette app."""
