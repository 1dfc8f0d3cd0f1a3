"""What all pages share: language, menu, formats, error pages, headers."""
