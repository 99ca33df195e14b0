"""The numbers in a value."""

from __future__ import annotations

from ... import deferred, policies
from ...values import Measure, fold, measures

NUMBER = deferred.re(r"[\d０-９][\d０-９,，.．]*")


def sole(text: str) -> Measure | None:
    """The measured number of a text that holds exactly one."""
    found = measures(text)
    return found[0] if len(found) == 1 else None


def number_end(text: str) -> int:
    """Where the last number of a text ends."""
    return max((match.end() for match in NUMBER.finditer(text)), default=len(text))


def whole(one: Measure, text: str) -> bool:
    """Whether a text holds a measured number, with its sign or words and its unit, and nothing else."""
    pieces = sorted(span for name, span in one.places.items() if name not in ("upper",))
    gaps = zip(
        [0, *(end for _, end in pieces)], [*(start for start, _ in pieces), len(text)], strict=True
    )
    return not any(text[end:start].strip() for end, start in gaps)


def is_name(one: Measure, text: str) -> bool:
    """Whether a text goes on behind its number to what is measured: 7岁以下儿童健康管理率 is a name, and no value."""
    return fold(text[one.end :]).endswith(policies.words("rate_endings"))
