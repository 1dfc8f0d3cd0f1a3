"""From a captured government notice to checked, versioned tables; the modules stand in the order of the data's way."""
