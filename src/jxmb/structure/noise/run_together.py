"""Cells joined with nothing between: cut apart again by the vocabulary of labels and the shape of values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise

from ... import deferred, labels, values
from ...labels import inside, joining
from ..fragments import Fragment, Gap, part
from .limits import LIMITS

LEAST = 2  # labels with text glued behind them that give the text away
SIGN = deferred.regex(r"[≥≤＝》《＞＜><=]|(?:大于|小于)?等于|(?:定性|定量)(?=\S)")
NUMBER_TAIL = deferred.regex(
    r"(?<=[\p{Han}）)”%])[二三之壹]?(?:\d[\d.,]*(?:[—~～-]\d[\d.,]*)?\s*(?:[万亿]?[\p{Han}%‰℃㎡/·]{0,8}))$"
)
WEIGHT_TAIL = deferred.regex(r"(?<=[^\d.,≥≤><=＝])(\d{1,2}(?:\.\d)?)$")
NAME_SIGN = deferred.regex(r"^[^≥≤＝》《＞＜><=\d]{2,}(?=[≥≤＝》《＞＜><=]\s?\d)")
MARK = deferred.regex(r"^(?:定性|定量)(?=.)|(?<=.)(?:定性|定量|[≥≤＝])$")
TABLE = ("level1", "level2", "name")  # columns that a table of indicators begins with
VALUE = deferred.regex(r"[≥≤＝》《＞＜><=]{1,2}\d[\d.,]*")
DATE_TAIL = deferred.regex(r"(?:(?:19|20)\d\d年)(?:\d{1,2}月)?(?:\d{1,2}日)?[^\d，,]{0,6}$")
CHANGE_TAIL = deferred.regex(
    r"(?:不断|明显|有效|显著|持续|逐步|稳步|进一步|有所|大幅|切实|较好|全面|长期)\p{Han}{2,4}$"
)
SEAM = deferred.regex(r"。(?=.)|^[(（][亿万千]?元[)）](?=.)|款(?=\d)")  # in the header
AMONG = deferred.regex(r"其中[：:]?$")  # belongs to the label behind it
LEVEL_HEAD = deferred.regex(r"\p{Han}{2}管理")  # the levels that do not end in 指标
IN_TABLE = ("level1", "level2", "column", "other")
WEIGHTED = deferred.regex(r"权重|分值")


def is_glued(pieces: Sequence[Fragment]) -> bool:
    """Whether labels of the header stand with their values glued behind them, or all heads in one word."""
    found = 0
    for piece in pieces[: LIMITS.pieces]:
        end = inside.end(piece.text)
        if not 0 < end < len(piece.text) or labels.find(piece.text):
            continue
        if labels.meaning(piece.text[:end], "field") is None:
            continue
        found += piece.text[end] not in "：:（(及名编"
        # All heads in one word, but for a few letters.
        known = sum(end - start for start, end in _label_spans(piece.text))
        if len(piece.text) > LIMITS.run and known >= LIMITS.labels * len(piece.text):
            return True
    return found >= LEAST


def cut(pieces: Sequence[Fragment]) -> list[Fragment]:
    """The pieces without seams where cells were joined with nothing between."""
    return _cut(pieces) if is_glued(pieces) else labels_apart(pieces)


def at_colons(pieces: Sequence[Fragment]) -> list[Fragment]:
    """The pieces, each label with a colon apart from what stands behind it: `项目名称：…`."""
    return [one for piece in pieces for one in _at_colon(piece)]


def _at_colon(piece: Fragment) -> Iterator[Fragment]:
    text = piece.text
    at = joining.colon(text)
    if (
        not 0 < at <= LIMITS.run
        or not labels.find(text[:at])
        or labels.find(text)
        or piece.cell.rest
        or piece.cell.span.text != text
    ):
        yield piece
    else:
        yield part(piece, 0, at, piece.gap)
        if at + 1 < len(text):
            yield part(piece, at + 1, len(text), Gap.NARROW)


def labels_apart(pieces: Sequence[Fragment]) -> list[Fragment]:
    """The pieces with level labels apart from what is joined to them, and values from names where their heads are joined."""
    found: list[Fragment] = []
    table = joined = weighted = False
    parents = {labels.meaning(piece.text, "level1") for piece in pieces}
    for piece in pieces:
        for one in _labels_in(piece, parents, table=table):
            known = labels.find(one.text)
            found.extend([one] if known or not joined else in_values(one, weighted=weighted))
            if known:
                joined = joined or _are_joined_heads(found[-2:])
                weighted = weighted or labels.meaning(one.text, "column") == "weight"
        table = table or labels.meaning(found[-1].text, "column") in TABLE
    return found


def _are_joined_heads(found: Sequence[Fragment]) -> bool:
    """Whether these are the heads of names and values, with nothing between: so are all that stand below them."""
    heads = [labels.meaning(piece.text, "column") for piece in found]
    return heads == ["name", "target"] and found[0].cell.spans[-1].end == found[1].cell.span.start


def apart(words: Sequence[Fragment]) -> list[Fragment]:
    """The words of a table, with value and weight, mark and value, name and value as words of their own."""
    roles = {word.name("column") for word in words} - {None}
    found: list[Fragment] = []
    table = False
    before: Fragment | None = None
    for word in words:
        if word.meanings or before is None or not table or word.cell.rest:
            found.append(word)
        else:
            found.extend(_cells(word, roles, behind=before if before.meanings else found[-1]))
        table = table or word.name("column") in TABLE
        before = word
    return found


def _labels_in(piece: Fragment, parents: Set[str | None], *, table: bool = False) -> list[Fragment]:
    """Labels joined with nothing between, or a level label joined with the text behind it."""
    head = LEVEL_HEAD.match(piece.text) if table else None
    if head and len(piece.text) > len(head[0]) + 1 and _is_level_of(head[0], parents):
        return list(_pieces_at(piece, [head.end()]))
    if "指标" not in piece.text or len(piece.text) > LIMITS.run or labels.find(piece.text):
        return [piece]
    parts = list(at_labels(piece))
    found = [bool(labels.find(one.text)) for one in parts]
    level = labels.meaning(parts[0].text, "level1", "level2")
    if all(found) or (table and level and found[0] and len(parts) == 2):
        return parts
    return [piece]


def _is_level_of(text: str, parents: Set[str | None]) -> bool:
    """Whether a text is a level 2 (投入管理) whose only level 1 stands in the table."""
    name = labels.meaning(text, "level2")
    return name is not None and bool(set(labels.PARENTS.get(name, ())) & (parents - {None}))


def _cells(word: Fragment, roles: set[str | None], *, behind: Fragment) -> list[Fragment]:
    """The cells in a word of the table: name and value, value and weight, mark and value."""
    text = word.text
    cuts = [0, len(text)]
    weight = WEIGHT_TAIL.search(text) if "weight" in roles else None
    if weight and _is_value(text[: weight.start()]):
        cuts.insert(1, weight.start())
    mark = MARK.search(text) if "mark" in roles else None
    sign = NAME_SIGN.match(text)
    if mark:
        cuts[1:1] = [at for at in mark.span() if 0 < at < cuts[1]]
    elif (
        sign
        and (behind.meanings or behind.text.isdigit() or _is_value(behind.text))
        and values.looks_like_target(text[sign.end() : cuts[1]])
    ):
        cuts.insert(1, sign.end())
    return [part(word, start, end) for start, end in pairwise(cuts)] if cuts[2:] else [word]


def _is_value(text: str) -> bool:
    return values.looks_like_unit(text) or values.looks_like_target(text)


def _cut(pieces: Sequence[Fragment]) -> list[Fragment]:
    """The pieces cut at labels and between names and values."""
    weighted = any(WEIGHTED.search(piece.text) for piece in pieces)
    found: list[Fragment] = []
    table = False
    for piece in pieces:
        for one in at_labels(piece, table=table):
            name = labels.meaning(one.text, "column")
            table = table or name in ("level1", "level2")
            if labels.find(one.text):
                found.append(one)
            elif table:
                found.extend(in_values(one, weighted=weighted))
            else:
                found.extend(_pieces_at(one, [end.end() for end in SEAM.finditer(one.text)]))
    return found


def _pieces_at(piece: Fragment, cuts: Iterable[int]) -> Iterator[Fragment]:
    """A piece cut at these places."""
    places = sorted({0, *cuts, len(piece.text)})
    for start, end in pairwise(places):
        yield part(piece, start, end)


def at_labels(piece: Fragment, *, table: bool = False) -> Iterator[Fragment]:
    """The labels in a piece and the text between them."""
    spans = list(_label_spans(piece.text, table=table))
    yield from _pieces_at(piece, [place for span in spans for place in span])


def _label_spans(text: str, *, table: bool = False) -> Iterator[tuple[int, int]]:
    """Where labels stand in a text; in a table only those of levels, columns and what comes behind it."""
    if table:
        yield from _level_at(text, 0)
    for begin, end in inside.spans(text):
        label = text[begin:end]
        if table and not labels.meaning(label, *IN_TABLE):
            continue
        among = AMONG.search(text, max(0, begin - LIMITS.before), begin)
        begin = among.start() if among else begin
        end = with_brackets(text, end)
        yield begin, end
        if table:
            yield from _level_at(text, end)


def with_brackets(text: str, end: int) -> int:
    """Where a label that ends at `end` ends with its colon and its unit in brackets."""
    while end < len(text) and text[end] in "：:":
        end += 1
    if end < len(text) and text[end] in "(（":
        behind = end + LIMITS.run
        close = max(text.find("）", end, behind), text.find(")", end, behind))
        end = close + 1 if close > 0 else end
    return end


def _level_at(text: str, at: int) -> Iterator[tuple[int, int]]:
    head = LEVEL_HEAD.match(text, at)
    if head and labels.meaning(head[0], "level2"):
        yield head.span()


def in_values(piece: Fragment, *, weighted: bool) -> Iterator[Fragment]:
    """Names with their values, units and weights behind them."""
    text = piece.text
    cuts: list[int] = []
    end = len(text)
    weight = WEIGHT_TAIL.search(text) if weighted else None
    if weight:
        end = weight.start()
        cuts.append(end)
    start = 0
    for match in VALUE.finditer(text[:end]):
        behind = match.end() + _unit(text[match.end() : end])
        if behind < end and not SIGN.search(text, behind, end):
            break
        cuts += [match.start(), behind]
        start = behind
    if start < end:
        cuts.append(start + _value_start(text[start:end]))
    yield from _pieces_at(piece, cuts)


def _unit(text: str) -> int:
    """How long the unit is that a text begins with; all of it where it is no more than that."""
    if len(text) <= LIMITS.words and not SIGN.search(text):
        return len(text)
    return next(
        (size for size in range(LIMITS.words, 0, -1) if values.looks_like_unit(text[:size])), 0
    )


def _value_start(text: str) -> int:
    """Where the value begins that a text ends with; 0 where there is none."""
    for pattern in (SIGN, DATE_TAIL, NUMBER_TAIL, CHANGE_TAIL):
        found = pattern.search(text)
        if found:
            return found.start()
    return words_start(text)


def words_start(text: str) -> int:
    """Where the value in words begins that a text ends with; 0 where there is none."""
    for size in range(min(LIMITS.words, len(text) - LIMITS.some), 1, -1):
        if values.looks_like_target(text[-size:]):
            return len(text) - size
    return 0
