"""``python -m jxmb`` and the ``jxmb`` command."""

import gc

OBJECTS = 50_000  # made between two looks for cycles: a run makes many objects and hardly a cycle


def main() -> None:
    """Run the command line."""
    gc.set_threshold(OBJECTS)
    from .cli import main as run

    run()


if __name__ == "__main__":
    main()
