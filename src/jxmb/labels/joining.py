"""Which pieces, put together, make a label: the one place that knows.

A label is torn over the lines of a narrow cell, over two cells, or over two rows; where its pieces stand is known
where they were found. Here texts are asked about as they stand, in order: what they say together (`find`,
`completes`), which of many make a label (`stretch`, `tail_size`), and whether one may begin or end it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from .. import deferred, labels
from ..values import fold, seams, signs
from . import LEVELS, Label, money

TORN = (*LEVELS, "field", "money", "goal", "column")  # whose lines may stand side by side
COLON = deferred.re("[:：]")
POINTS = deferred.re(r"[\d%分权]")
UNSCORED = frozenset({"money", "field", "goal"})  # whose labels have no points in brackets


def find(*texts: str) -> tuple[Label, ...]:
    """All that these texts mean as one label; empty where they make none."""
    return labels.find("".join(texts))


def completes(text: str, more: str, *groups: str) -> tuple[Label, ...]:
    """What a text and a second one that is no label itself mean together, of these groups or any; may be empty."""
    if len(text) + len(more) > labels.LIMITS.text or labels.find(more):
        return ()
    return tuple(one for one in find(text, more) if not groups or one.group in groups)


def stretch(texts: Sequence[str]) -> range:
    """Which of these texts, not all of them, make the first and longest label; empty where none do."""
    for start in range(len(texts)):
        for end in range(len(texts), start, -1):
            if end - start < len(texts) and find(*texts[start:end]):
                return range(start, end)
    return range(0)


def tail_size(text: str, more: str, most: int) -> int:
    """How many characters at the head of `more`, which holds others too, end the label that `text` begins."""
    if labels.find(more):
        return 0
    sizes = range(min(most, len(more) - 1), 0, -1)
    return next((size for size in sizes if find(text, more[:size])), 0)


def rest(text: str, more: str, *groups: str) -> bool | None:
    """Whether `more` ends the label of these groups that `text` begins; None where the label goes on behind it.

    A label may have its unit in brackets behind it, and these may be torn, too.
    """
    if more[0] in "(（":
        own = any(_is_one(text, one, groups) for one in labels.find(text))
        return own and takes(text, more, placed=False)
    if seams.is_open(text):
        return (
            not seams.is_open(text + more) and labels.meaning(text, "column", "money") is not None
        )
    if labels.find(more):
        return False
    if len(text) == 1 and "column" in groups:
        return False  # of heads a letter alone begins too many
    both = fold(text) + fold(more)
    if any(_is_one(both, one, groups) for one in labels.find(both)):
        return True
    longer = _starts(*(one for one in groups if one != "column"))  # a head has two lines at most
    return None if both.removeprefix("其中").lstrip(":") in longer else False


@lru_cache(maxsize=1024)
def lacks_end(text: str) -> bool:
    """Whether a text may be a label that lacks its end, and is none without it; a figure alone is a figure."""
    if not may_begin(text) or text.isdecimal():
        return False
    return not labels.find(text) and 0 < len(fold(text)) <= labels.LIMITS.text


def may_begin(*texts: str) -> bool:
    """Whether texts may be the beginning of a label together, or the whole of one; False is sure.

    A number may stand before it, points behind it; what stands in brackets may be anything.
    """
    first = texts[0]
    if not _may_lead(first[0]) and (first.isalpha() or first[0] in signs.MEANT):
        return False
    if not _may_begin(first):
        return False
    return len(texts) == 1 or _may_begin("".join(texts))


# What a number in front of a label may still be before it is over.
UNFINISHED = deferred.re(r"[一二三四五六七八九十]{0,3}|\d{0,2}")
NUMBERED = labels.NUMBERS | {"其"}  # what may stand before a label


@lru_cache(maxsize=1024)
def _may_begin(text: str) -> bool:
    folded = fold(text)
    if folded.isalpha() and folded[0] not in NUMBERED:
        return folded.lower() in _prefixes()
    word = folded.lower().strip(labels.ENDS)
    if not word or word in _prefixes():
        return True
    if word[0] == "其" or not labels.ENCLOSING.isdisjoint(word):
        return True
    if word[0] in labels.NUMBERS or word[0].isdecimal():
        word = labels.NUMBERING.sub("", word)
        if UNFINISHED.fullmatch(word):
            return True
    return word.rstrip("0123456789").strip(labels.ENDS) in _prefixes()


@lru_cache(maxsize=1024)
def _may_lead(letter: str) -> bool:
    """Whether a word that begins with this letter may be the beginning of a label; False is sure."""
    return fold(letter).lower()[:1] in _leading()


@cache
def _leading() -> frozenset[str]:
    return labels.NUMBERS | {"其", *(word[0] for word in labels.vocabulary())}


@cache
def _prefixes() -> frozenset[str]:
    return frozenset(word[:cut] for word in labels.vocabulary() for cut in range(1, len(word) + 1))


def begins_label(text: str) -> bool:
    """Whether a label begins with this text, and is not over with it."""
    text = fold(text).removeprefix("其中").lstrip(":")
    return not text or text in beginnings()


def begins(text: str) -> bool:
    """Whether a label begins so, or is this and may have its unit or points behind it."""
    return bool(text) and (begins_label(text) or bool(labels.find(text)))


def meanings(text: str) -> tuple[Label, ...]:
    """What a label says, by the vocabulary or by the words that labels of money are made of."""
    return labels.find(text) or money.find(text)


def colon(text: str) -> int:
    """Where the colon behind a label stands, that behind 其中 aside; 0 where there is none."""
    found = COLON.search(text)
    if found is not None and text.endswith("其中", 0, found.start()):
        found = COLON.search(text, found.end()) or found
    return found.start() if found else 0


def begins_meaning(text: str) -> bool:
    """Whether a label of the vocabulary, or one made of words of money, begins so."""
    word = labels.bare(text)
    return begins_label(text) or bool(money.kinds(word) or money.kinds(word[:-1]))


def is_half(text: str) -> bool:
    """Whether a text is the first half of a level label (`社会效益指`)."""
    if "指" not in text:
        return False
    word = fold(text)
    return word.endswith("指") and bool(labels.find(word + "标"))


def half(text: str) -> tuple[Label, ...]:
    """What a level label says whose other half (标) stands too far away to be found."""
    return labels.find(fold(text) + "标") if is_half(text) else ()


def whole(text: str) -> tuple[Label, ...]:
    """What a text says that is a label, or one without its last 标."""
    return labels.find(text) or half(text)


def are_halves(text: str, tail: str) -> bool:
    """Whether two texts are nothing alone and a label together: its lines were read as one."""
    return bool(completes(text, tail, *TORN)) and not labels.find(text)


def extends(one: Sequence[Label], longer: Sequence[Label]) -> bool:
    """Whether the longer text is the same label in full (经济效益 + 指标), not a label and the next one.

    The margin label begins heads of columns: 绩效指标 + 值.
    """
    if any(label.group == "margin" for label in one):
        return any(label.group == "column" for label in longer)
    return not {*one}.isdisjoint(longer)


def adds(text: str, own: Sequence[Label], more: Sequence[Label]) -> bool:
    """Whether a text that says nothing alone makes another label of its kind of one (中期资金 | 总额)."""
    return not labels.find(text) and bool({one.group for one in own} & {one.group for one in more})


def adds_money(text: str, more: str) -> bool:
    """Whether a text that says nothing alone makes another label of the money block of one."""
    both = labels.find(more), find(text, more)
    return all(any(one.group == "money" for one in two) for two in both) and adds(text, *both)


def takes(text: str, bracket: str, *, placed: bool) -> bool:
    """Whether a label may have this in brackets on a line further down: its unit, or its points.

    Where places tell what stands below a label (`placed`) any of money may have its unit there.
    """
    if "元" in bracket:
        means = labels.meaning(text, "money")
        return means == "head" or (placed and means is not None)
    groups = {label.group for label in labels.find(text)}
    return bool(POINTS.search(bracket)) and groups.isdisjoint(UNSCORED)


@cache
def beginnings() -> frozenset[str]:
    """The beginnings of all labels."""
    return frozenset(
        known[:cut] for known in labels.known() if len(known) > 2 for cut in range(1, len(known))
    )


def ends_level(text: str) -> bool:
    """Whether a text is the end of a level label (`标`, `意度指标`), and no label of its own."""
    return fold(text) in _ends(*LEVELS)


MARGIN = "绩效指标"
MARGIN_PARTS = frozenset(
    MARGIN[start:end] for start in range(len(MARGIN)) for end in range(start + 1, len(MARGIN) + 1)
) | {
    "年度绩效",
    "目标表",
}


def in_margin(text: str) -> bool:
    """Whether a text is a piece of what stands at the margin of the table (绩, 效指)."""
    return fold(text) in MARGIN_PARTS


@cache
def _ends(*groups: str) -> frozenset[str]:
    """The ends of the labels of these groups that are no labels of their own."""
    ends = {word[cut:] for word in _of(*groups) for cut in range(1, len(word))}
    return frozenset(end for end in ends if not labels.find(end))


@cache
def _starts(*groups: str) -> frozenset[str]:
    """The beginnings of the labels of these groups."""
    return frozenset(word[:cut] for word in _of(*groups) for cut in range(1, len(word)))


def _of(*groups: str) -> Iterator[str]:
    """The labels of these groups."""
    for word in labels.known():
        if any(_is_one(word, one, groups) for one in labels.find(word)):
            yield word


def _is_one(word: str, label: Label, groups: Sequence[str]) -> bool:
    """Whether a word says this as a label of one of these groups; levels in full only, the others are names, too."""
    return label.group in groups and (label.group not in LEVELS or labels.in_full(word))
