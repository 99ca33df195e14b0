"""JX5: what the names and targets of indicators say."""
