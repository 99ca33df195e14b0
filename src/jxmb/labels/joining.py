"""Which pieces, put together, make a label: the one place that knows.

A label is torn over the lines of a narrow cell, over two cells, or over two rows; where its pieces stand is known
where they were found. Here texts are asked about as they stand, in order: what they say together (`find`,
`completes`), which of many make a label (`stretch`, `tail_size`), and whether one may begin or end it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from .. import labels, lazy
from ..values import fold
from . import Label


def find(*texts: str) -> tuple[Label, ...]:
    """All that these texts mean as one label; empty where they make none."""
    return labels.find("".join(texts))


def completes(text: str, more: str) -> tuple[Label, ...]:
    """What a text and a second one that is no label itself mean together; empty where they make none."""
    if len(text) + len(more) > labels.LONGEST or labels.find(more):
        return ()
    return find(text, more)


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


def lacks_end(text: str) -> bool:
    """Whether a text may be a label that lacks its end, and is none without it."""
    return may_begin(text) and not labels.find(text) and 0 < len(fold(text)) <= labels.LONGEST


def may_begin(*texts: str) -> bool:
    """Whether texts may be the beginning of a label together, or the whole of one; False is sure.

    A number may stand before it, points behind it; what stands in brackets may be anything.
    """
    first = texts[0]
    if (first.isalpha() and not _may_lead(first[0])) or not _may_begin(first):
        return False
    return len(texts) == 1 or _may_begin("".join(texts))


# What a number in front of a label may still be before it is over.
UNFINISHED = lazy.regex(r"[一二三四五六七八九十]{0,3}|\d{0,2}")
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


@cache
def goal_ends() -> frozenset[str]:
    """The ends of goal labels that are no labels of their own."""
    known = [word for word in labels.known() if labels.meaning(word, "goal")]
    ends = {word[cut:] for word in known for cut in range(1, len(word))}
    return frozenset(end for end in ends if not labels.find(end))


def is_half(text: str) -> bool:
    """Whether a text is the first half of a level label (`社会效益指`)."""
    if "指" not in text:
        return False
    word = fold(text)
    return word.endswith("指") and bool(labels.find(word + "标"))


@cache
def beginnings() -> frozenset[str]:
    """The beginnings of all labels."""
    return frozenset(
        known[:cut] for known in labels.known() if len(known) > 2 for cut in range(1, len(known))
    )


@cache
def level_starts() -> frozenset[str]:
    """The beginnings of level labels."""
    return frozenset(word[:cut] for word in _level_words() for cut in range(2, len(word)))


@cache
def level_ends() -> frozenset[str]:
    """The ends of level labels that are no words of their own."""
    return frozenset(
        end
        for word in _level_words()
        for cut in range(2, len(word))
        if not labels.find(end := word[cut:])
    )


@cache
def _level_words() -> tuple[str, ...]:
    return tuple(
        word
        for word in labels.known()
        if word.endswith("指标") and labels.meaning(word, "level1", "level2")
    )
