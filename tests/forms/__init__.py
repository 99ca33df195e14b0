"""Made forms: golden records, the layouts they are printed in, damage done to them, mistakes planted in them.

Everything is deterministic and everything is invented. A test takes a record, prints it in a layout, reads the
text back and compares with what the record says.
"""
