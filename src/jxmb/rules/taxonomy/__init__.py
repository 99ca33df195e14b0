"""JX4: levels and the tree that they belong to."""
