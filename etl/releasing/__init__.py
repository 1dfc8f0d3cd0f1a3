"""From checked rows to an immutable, versioned build: ids, files, manifest, switch; `current` is the reading side."""
