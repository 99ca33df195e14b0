"""JX7: the goal, the indicators, and each other."""
