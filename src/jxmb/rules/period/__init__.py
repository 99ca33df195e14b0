"""JX62, JX63: dates, and the years that a form speaks of."""
