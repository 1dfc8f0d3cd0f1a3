"""All that can't be made again, in one file: the portal's database, keys, waiting messages, what is held back."""
