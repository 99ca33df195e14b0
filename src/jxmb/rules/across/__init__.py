"""JX9: the forms of one run beside each other."""
