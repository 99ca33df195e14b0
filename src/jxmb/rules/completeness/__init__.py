"""JX2: what must be there, and is not."""
