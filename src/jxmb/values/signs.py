"""Comparison signs: symbols in any script, what OCR makes of them, and words before and behind a number."""

from __future__ import annotations

from functools import lru_cache

from .. import deferred
from .text import squeeze

# Symbols by what they say. Those of GARBLED are no signs, but stand where OCR or an input method lost one.
MEANT = {
    "≥": "≥", "≧": "≥", "⩾": "≥", "≮": "≥", "≤": "≤", "≦": "≤", "⩽": "≤", "≯": "≤",
    ">": ">", "<": "<", "=": "=", "═": "=", "﹥": ">", "﹤": "<", "﹦": "=",
}  # fmt: skip
GARBLED = {"》": "≥", "〉": "≥", "»": "≥", "《": "≤", "〈": "≤", "«": "≤"}
SYMBOLS = frozenset(MEANT) | frozenset(GARBLED)

# Several symbols together: >= and =>, but also ≥≥ and 》=.
JOINED = {
    frozenset(">="): "≥",
    frozenset("≥="): "≥",
    frozenset("≥>"): "≥",
    frozenset("<="): "≤",
    frozenset("≤="): "≤",
    frozenset("≤<"): "≤",
}
DOUBLED = {">": "≥", "<": "≤"}

# Below and above; what denies one of them includes its limit.
LESS = ("低于", "少于", "小于", "短于", "早于")
MORE = ("高于", "超过", "多于", "大于", "超出", "突破", "长于", "晚于", "迟于", "超")
NEGATIONS = ("不", "不得", "不能", "不应", "不可", "不会", "不宜", "最多不", "最高不", "最低不", "最少不", "原则上不")  # fmt: skip
PLAIN = {
    "大于等于": "≥", "大于或等于": "≥", "大于且等于": "≥", "高于等于": "≥", "高于或等于": "≥", "大于=": "≥", "不小于等于": "≥",
    "小于等于": "≤", "小于或等于": "≤", "小于且等于": "≤", "低于等于": "≤", "低于或等于": "≤", "小于=": "≤",
    "至少": "≥", "最少": "≥", "最低": "≥", "起码": "≥", "至多": "≤", "最多": "≤", "最高": "≤", "等于": "=", "不足": "<", "不到": "<", "未达": "<",
}  # fmt: skip
SYMBOL = 3  # code points of symbols that are one sign
LONGEST = 16  # code points of a cell that is nothing but a sign or its words


def _before() -> dict[str, str]:
    words = dict.fromkeys(LESS, "<") | dict.fromkeys(MORE, ">") | PLAIN
    for negation in NEGATIONS:
        words |= {negation + word: "≥" for word in LESS} | {negation + word: "≤" for word in MORE}
    return words


BEFORE = _before()
AFTER = {"以上": "≥", "以下": "≤", "以内": "≤", "之内": "≤", "内": "≤"}
WORD_AFTER = deferred.re(
    r"(?:\(含(?:本数)?\))?(?:及|或|及其|\(含\)|含)?(?P<word>以上|以下|以内|之内)(?:\(含[^()]{0,8}\)|\(及以上\))?"
)
WITHIN = deferred.re("(?P<word>内)(?![部容外在])")
HOLD = deferred.re("(?:控制|限制|限定|保持|维持|稳定)[在到于]?$")
SIZES = range(max(map(len, BEFORE)), 0, -1)

# What a column of signs may hold besides them: the kind of target, or which way is better.
KINDS = frozenset(
    "定性 定性指标 文字描述 定量 定量指标 正向 反向 正向指标 反向指标 逆向 负向 中性 是/否 是否".split()  # noqa: SIM905
)


def word_before(line: str, end: int, floor: int = 0) -> int:
    """Where the longest sign in words that ends at `end` starts; `end` itself where none does."""
    return next(
        (end - size for size in SIZES if floor <= end - size and line[end - size : end] in BEFORE),
        end,
    )


def word_at(line: str) -> int:
    """Where the longest sign in words that a line begins with ends; 0 where it begins with none."""
    return next((size for size in SIZES if line[:size] in BEFORE), 0)


def symbol(symbols: str) -> tuple[str, bool] | None:
    """What one to three symbols say together, and whether that is a guess; None for ≥≤. In print >> is what is left of ≥."""
    plain = frozenset(GARBLED.get(char) or MEANT[char] for char in symbols)
    meant = next(iter(plain)) if len(plain) == 1 else JOINED.get(plain)
    if len(symbols) > 1 and meant in DOUBLED:
        return DOUBLED[meant], True
    return (meant, not GARBLED.keys().isdisjoint(symbols)) if meant else None


def sign(text: str) -> str | None:
    """The sign that a cell holds and nothing else: ≥ for `>=`, 》 or 大于等于; None for anything else."""
    written = squeeze(text) if len(text) <= LONGEST else ""
    if not written:
        return None
    if len(written) <= SYMBOL and SYMBOLS.issuperset(written):
        meant = symbol(written)
        return meant[0] if meant else None
    return BEFORE.get(written) or AFTER.get(written)


@lru_cache(maxsize=1024)
def looks_like_sign(text: str) -> bool:
    """Whether a cell holds only a sign, a sign in words, or the kind of target: 定性, 正向."""
    return sign(text) is not None or (len(text) <= LONGEST and squeeze(text) in KINDS)
