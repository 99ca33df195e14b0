"""JX1: what reading and typing did to a form."""
