"""Pages that members keep at hand; what guests keep stays in their browsers."""
