"""Pieces that make a label together."""

from __future__ import annotations

from functools import cache, lru_cache

from .. import labels, lazy
from ..values import fold


def begins_label(text: str) -> bool:
    """Whether a label begins with this text, and is not over with it."""
    text = fold(text).removeprefix("其中").lstrip(":")
    return not text or text in beginnings()


# What a number in front of a label may still be before it is over.
UNFINISHED = lazy.regex(r"[一二三四五六七八九十]{0,3}|\d{0,2}")
NUMBERED = labels.NUMBERS | {"其"}  # what may stand before a label


def may_begin(folded: str) -> bool:
    """Whether a folded text may be the beginning of a label, or the whole of one; False is sure.

    A number may stand before it, points behind it; what stands in brackets may be anything.
    """
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


def may_open(text: str) -> bool:
    """Whether a text, as it stands, may be the beginning of a label; False is sure."""
    return (not text.isalpha() or _may_lead(text[0])) and _may_open(text)


@lru_cache(maxsize=1024)
def _may_open(text: str) -> bool:
    return may_begin(fold(text))


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
