"""JX3: how a value is written."""
