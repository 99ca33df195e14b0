"""Labels that are not printed as they should be: misread, spilled over, jumbled, or behind other text."""

from __future__ import annotations

from functools import cache, lru_cache
from operator import ne

from .. import deferred
from . import ENCLOSING, ENDS, LEVEL_END, LEVELS, LIMITS, Label, bare, find, meaning, vocabulary

# Words one character apart that mean different things: never taken for each other.
DISTINCT = frozenset("数质绩时经社生益果一二三中年总产项目指")


@lru_cache(maxsize=1024)
def near(text: str) -> tuple[Label, ...]:
    """The meanings of the one label that `text` misses by one wrong character (two from seven on).

    Empty where the text is a label, where several labels that mean other things are as near, or where the character that differs
    tells two labels apart.
    """
    word = bare(text)
    close: set[str] = set()
    for part, of in _by_part().get(len(word), ()):
        if known := of.get(word[part]):
            close.update(known)
    if not close or find(word):
        return ()
    found = {known for known in close if sum(map(ne, word, known)) == 1}
    if not found and len(word) >= LIMITS.twice:
        found = {known for known in close if _two_apart(word, known)}
    if len({vocabulary()[known] for known in found}) != 1:
        return ()
    meant = max(found, key=lambda one: (_only_reading(word, one), one))
    changed = {b for a, b in zip(word, meant, strict=True) if a != b}
    if changed & DISTINCT and not _only_reading(word, meant):
        return ()
    return vocabulary()[meant]


@lru_cache(maxsize=1024)
def spilled(text: str) -> tuple[Label, ...]:
    """The meanings of a level label that lost its end to the cell below, or begins with the end of another.

    Table extractors put the last characters of an overfull cell (经济成本指|标) into the next one. Empty where
    the rest does not tell which level it is.
    """
    word = bare(text)
    heads, tails, beginnings = _level_pieces()
    if word[:1] not in beginnings and word not in heads:
        return ()
    if not word or word in vocabulary():
        return ()
    for cut in range(min(LIMITS.tail + 1, len(word) - 2)):
        if cut and word[:cut] not in tails:
            continue
        meanings = vocabulary().get(word[cut:]) or heads.get(word[cut:], ())
        if meanings and (cut or word[cut:] in heads):
            return tuple(one for one in meanings if one.group in LEVELS)
    return ()


SENTENCE_ENDS = "。；;！）)”"


def column_head(text: str) -> int:
    """Where a column label begins behind the end of another text (差距。二级指标); 0 where none does."""
    for cut in range(1, max(1, len(text) - 2)):
        ends = text[cut - 1] in SENTENCE_ENDS or LIMITS.before < cut <= len(text) - LIMITS.safe
        if ends and meaning(text[cut:], "column"):
            return cut
    return 0


@cache
def _level_pieces() -> tuple[dict[str, tuple[Label, ...]], frozenset[str], frozenset[str]]:
    """Beginnings of level labels that tell which they are, their ends, and how these begin."""
    heads: dict[str, set[Label]] = {}
    tails: set[str] = set()
    for known, meanings in vocabulary().items():
        levels = {one for one in meanings if one.group in LEVELS}
        if not levels or not known.endswith(LEVEL_END):
            continue
        for cut in range(LIMITS.shortest, len(known)):
            if len(known) - cut <= LIMITS.lost:
                heads.setdefault(known[:cut], set()).update(levels)
            if len(known) - cut <= LIMITS.tail:
                tails.add(known[cut:])
    sure = {head: tuple(found) for head, found in heads.items() if _one_each(found)}
    return sure, frozenset(tails), frozenset(tail[0] for tail in tails)


def _one_each(found: set[Label]) -> bool:
    groups = [one.group for one in found]
    return len(groups) == len(set(groups))


def _two_apart(word: str, known: str) -> bool:
    """Whether two characters differ, not side by side: 受益居民满意度 is another word, not 受益对象满意度 misread."""
    wrong = [at for at, pair in enumerate(zip(word, known, strict=True)) if pair[0] != pair[1]]
    return len(wrong) == 2 and wrong[1] - wrong[0] > 1


def _only_reading(word: str, known: str) -> bool:
    """Whether the wrong character of `word` is no character that another label has in that place."""
    wrong = {a for a, b in zip(word, known, strict=True) if a != b}
    return not wrong & DISTINCT


@cache
def _by_part() -> dict[int, list[tuple[slice, dict[str, list[str]]]]]:
    """The labels of each length by their parts: of one more part than wrong characters one is right."""
    found: dict[int, list[tuple[slice, dict[str, list[str]]]]] = {}
    for known in vocabulary():
        size = len(known)
        if size >= LIMITS.safe:
            for part, of in found.setdefault(size, [(one, {}) for one in _parts(size)]):
                of.setdefault(known[part], []).append(known)
    return found


def _parts(size: int) -> list[slice]:
    """The places of the parts of a label of this length."""
    count = 2 + (size >= LIMITS.twice)
    return [slice(size * at // count, size * (at + 1) // count) for at in range(count)]


# Text recognition that reads a cell piece by piece puts a piece that stands a little lower behind the others, and
# loses a character at times: 名称项 for 项目名称.
HEADER_GROUPS = ("field", "money")
OPEN = deferred.re(
    r"[(\[【)\d★☆●■◆*※、.]|^其"
)  # a number or what is in brackets is no part of a label

AROUND = frozenset("一二三四五六七八九十分年度其中")  # letters that may stand round a label


@lru_cache(maxsize=1024)
def jumbled(text: str) -> tuple[Label, ...]:
    """The meanings of the one label that `text` is with its beginning behind its end, or a character lost.

    Empty where the text is a label, or where several are as near.
    """
    word = bare(text).removesuffix("none")
    if len(word) < LIMITS.shortest or find(word):
        return ()
    if not _characters().issuperset(word) and not OPEN.search(word):
        return ()
    turned = _turned(word) if len(word) <= _longest_shortened() else ()
    known = {hit for one in turned for hit in _shortened().get(one, ())}
    if not known and _has_letters(word):
        known = {one for one in _turned(word) if _in_header(one)}
    meanings = {_in_header(hit) for hit in known}
    return meanings.pop() if len(meanings) == 1 else ()


def _turned(word: str) -> list[str]:
    return [word[at:] + word[:at] for at in range(len(word))]


def _has_letters(word: str) -> bool:
    """Whether a word has the letters of a label of the header and no others, but what may stand round one."""
    if not ENCLOSING.isdisjoint(word):
        return True
    return any(known.issubset(word) for known in _by_letters().get(_letters(word), ()))


def _letters(word: str) -> str:
    return "".join(sorted(one for one in word if one.isalpha() and one not in AROUND))


@cache
def _by_letters() -> dict[str, list[frozenset[str]]]:
    """The characters of the labels of the header, by their letters."""
    found: dict[str, list[frozenset[str]]] = {}
    for known in vocabulary():
        if _in_header(known):
            found.setdefault(_letters(known), []).append(frozenset(known))
    return found


def _in_header(known: str) -> tuple[Label, ...]:
    return tuple(one for one in find(known) if one.group in HEADER_GROUPS)


@cache
def _characters() -> frozenset[str]:
    """The characters of all labels, and those that may stand round one."""
    return frozenset("".join(vocabulary()) + ENDS)


@cache
def _shortened() -> dict[str, set[str]]:
    """The labels of the header by what is left of them without one character."""
    found: dict[str, set[str]] = {}
    for known in vocabulary():
        if len(known) > LIMITS.shortest and _in_header(known):
            for at in range(len(known)):
                found.setdefault(known[:at] + known[at + 1 :], set()).add(known)
    return found


@cache
def _longest_shortened() -> int:
    return max(map(len, _shortened()))
