"""Rules over forms: the engine, a run under its settings, fixes.

Nothing is imported here, so that a module of this package costs only what it needs itself.
"""
