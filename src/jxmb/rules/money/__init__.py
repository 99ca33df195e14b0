"""JX60, JX61: money that adds up and agrees with itself."""
