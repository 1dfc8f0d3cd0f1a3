"""Jobs that carry rows to readers: build, release, keep what was released, take down."""
