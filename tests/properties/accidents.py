"""What an accident makes of a text: pieces lost, doubled, swapped, marks put in."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

MARKS = "》《〉>=＝≥ 　.,;，。：:*0１%万、\t\n|"
KINDS = ["delete", "double", "swap", "insert"]
One = tuple[str, int, int, str]


def _happens(text: str, kind: str, at: int, size: int, marks: str) -> str:
    at %= len(text) + 1
    if kind == "delete":
        return text[:at] + text[at + size :]
    if kind == "double":
        return text[: at + size] + text[at:]
    if kind == "insert":
        return text[:at] + marks + text[at:]
    lines = text.split("\n")
    one, other = at % len(lines), size % len(lines)
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def accidents() -> st.SearchStrategy[Callable[[str], str]]:
    """Up to three accidents, one after another."""
    one: st.SearchStrategy[One] = st.tuples(
        st.sampled_from(KINDS),
        st.integers(0, 9_999),
        st.integers(1, 30),
        st.text(MARKS, min_size=1, max_size=3),
    )

    def all_of(happen: list[One]) -> Callable[[str], str]:
        def apply(text: str) -> str:
            for single in happen:
                text = _happens(text, *single)
            return text

        return apply

    return st.lists(one, max_size=3).map(all_of)
