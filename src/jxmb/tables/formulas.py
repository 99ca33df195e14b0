r"""What a formula of TeX shows: models that read pictures write `$\geq 90\%$` for ≥90%."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import deferred

if TYPE_CHECKING:
    import re

# Between dollars or in round brackets stands a formula, if it has a command or is a number; blanks show nothing there.
_NUMBER = r"[=<>≥≤~+-]?\s*\d[\d.,\s]*[%℃]?"
FORMULA = deferred.re(
    r"(?:(?<=[\u4e00-\u9fff])\s+)?"
    rf"(?:(?<!\\)\$(?=[^$\n]*[\\^]|{_NUMBER}\$)(?P<dollars>[^$\n]{{1,200}})\$"
    r"|\\\((?=[^()\n]*\\[A-Za-z%])(?P<brackets>[^()\n]{1,200})\\\))"
    r"(?:\s+(?=[\u4e00-\u9fff\d]))?"
)
# Without its dollars a command is known by what stands behind it.
BARE = deferred.re(r"\\(?:(ge|geq|geqslant|geqq|le|leq|leqslant|leqq|sim)\s*(?=[\d$])|(%))")
WORDS = deferred.re(r"\\(?:text|mathrm|mathbf|mathit|mathsf|operatorname)\s*\{([^{}]*)\}")
RAISED = deferred.re(r"\^\s*(?:\{\s*([^{}]*?)\s*\}|(\\?[A-Za-z]+|\d))")
COMMAND = deferred.re(r"\\(?:([A-Za-z]+)|([%_#&$,;!:{} ]))[ \t]*")
SHOWN = {
    **dict.fromkeys(("ge", "geq", "geqslant", "geqq"), "≥"),
    **dict.fromkeys(("le", "leq", "leqslant", "leqq"), "≤"),
    **dict.fromkeys(("gt",), ">"),
    **dict.fromkeys(("lt",), "<"),
    **dict.fromkeys(("sim", "thicksim"), "~"),
    **dict.fromkeys((",", ";", "!", ":", " ", "quad", "qquad", "left", "right"), ""),
    **{mark: mark for mark in "%_#&$"},
    **{"times": "×", "div": "÷", "pm": "±", "cdot": "·", "approx": "≈", "ne": "≠", "neq": "≠"},
    **{"circ": "°", "degree": "°", "permil": "‰", "to": "→", "rightarrow": "→"},
}
POWERS = {"2": "²", "3": "³", "circ": "°"}


def shown(text: str) -> str:
    """A text with its formulas as a person reads them; what is no formula stays."""
    return BARE.sub(_command, FORMULA.sub(_formula, text))


def _formula(match: re.Match[str]) -> str:
    inner = match["dollars"] or match["brackets"]
    inner = RAISED.sub(_raised, WORDS.sub(r"\1", inner))
    inner = COMMAND.sub(_command, inner)
    return "".join(inner.replace("{", "").replace("}", "").split())


def _raised(match: re.Match[str]) -> str:
    what = (match[1] or match[2] or "").removeprefix("\\")
    return POWERS.get(what, what)


def _command(match: re.Match[str]) -> str:
    """What a command shows; one that is not known stays as it is written."""
    return SHOWN.get(match[1] or match[2], match[0])
