"""What the tests of both JSON shapes share."""

import json
from importlib.resources import files


def schema(package: str, name: str) -> dict:
    """A published schema."""
    return json.loads(files(package).joinpath(name).read_text("utf-8"))


def strict(shape: object) -> object:
    """The schema with every key that it does not name forbidden: what is written is documented."""
    if isinstance(shape, list):
        return [strict(item) for item in shape]
    if not isinstance(shape, dict):
        return shape
    closed = {key: strict(value) for key, value in shape.items()}
    if "required" in closed and "properties" in closed:
        closed.setdefault("additionalProperties", False)
    return closed
