"""What a rule is: a typed function that yields hits, and the metadata that the engine stamps on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, Literal, TypedDict, TypeVar, Unpack

from ..deferred import dataclass
from ..findings import Edit, Hit, Safety, Severity, Words
from ..meaning import Lists, Quantity, Row, quantities, row
from . import families
from .families import Family

if TYPE_CHECKING:
    from ..model import Indicator, Project, Reading
    from ..model.facts import Facts
    from ..policies import Policy
    from ..source import Span

T = TypeVar("T")
V = TypeVar("V")
Damage = Literal["some", "half"]
Blame = Literal["transcription", "content"]
# A target in words, one that is a number and nothing else, and such a one in per cent.
Target = Literal["words", "number", "percent"]
Asked = Callable[[Row, Lists], bool]  # whether a rule is asked of a row


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds and lists that offices really set differently; `config` fills them."""

    least_satisfaction: Decimal = Decimal(80)  # per cent
    weight_sums: tuple[Decimal, ...] = (Decimal(90), Decimal(100))
    natures: tuple[str, ...] = ("新增项目", "延续项目")
    fewest_indicators: int = 3
    most_indicators: int = 25
    most_per_level2: int = 8
    amount_tolerance: Decimal = Decimal("0.005")  # 万元
    unread_rows: float = 0.2  # share of rows
    overachieved: Decimal = Decimal("1.3")  # times the target


@dataclass(frozen=True, slots=True)
class Context:
    """All that a rule may ask besides the thing it is given. Rules across forms have `facts` and no `project`."""

    policy: Policy
    limits: Limits
    form: Project | None = None
    lists: Lists = field(default_factory=Lists)
    known: dict[object, Any] = field(default_factory=dict, repr=False)
    run: Facts | None = None

    @property
    def facts(self) -> Facts:
        """What is known of all forms."""
        if self.run is None:
            raise LookupError("a rule about a form has no facts of others")
        return self.run

    @property
    def project(self) -> Project:
        """The form that is being checked."""
        if self.form is None:
            raise LookupError("a rule across forms has no project")
        return self.form

    def row(self, indicator: Indicator) -> Row:
        """What an indicator of the form says: read once a form, however many rules ask."""
        return self.once(_rows)[id(indicator)]

    def judged(self, indicator: Indicator) -> Row | None:
        """What an indicator says, None where it says nothing: there JX114, JX315, JX510 or JX526 speaks alone."""
        judged = self.known.get(_judged) or self.once(_judged)
        found: Row | None = judged[id(indicator)]
        return found

    def quantities(self, text: str) -> tuple[Quantity, ...]:
        """The quantities of a text of the form: read once."""
        if text not in self.known:
            self.known[text] = quantities(text, self.lists)
        found: tuple[Quantity, ...] = self.known[text]
        return found

    def those(
        self, under: tuple[str, ...], target: Target | None, only: Asked | None
    ) -> Sequence[tuple[int, Indicator]]:
        """The judged indicators, numbered, under one of these levels (any where there are none) that say it so.

        One whose level was guessed is under none for sure.
        """
        rows = self.once(_asked)[target]
        if under:
            rows = [
                one
                for one in rows
                if not one[1].levels.isdisjoint(under) and "level2" not in one[1].indicator.inferred
            ]
        if only:
            rows = [one for one in rows if only(one[1], self.lists)]
        return [(number, one.indicator) for number, one in rows]

    def once(self, gather: Callable[[Context], V]) -> V:
        """What a function gathers from the form, or the facts of all: once, however many things and rules ask."""
        if gather not in self.known:
            self.known[gather] = gather(self)
        found: V = self.known[gather]
        return found


def _rows(ctx: Context) -> dict[int, Row]:
    return {id(one): row(one, ctx.lists) for one in ctx.project.indicators}


def _judged(ctx: Context) -> dict[int, Row | None]:
    lists = ctx.lists
    return {
        at: None if one.empty or one.inapplicable(lists) else one
        for at, one in ctx.once(_rows).items()
    }


def _asked(ctx: Context) -> dict[Target | None, list[tuple[int, Row]]]:
    """The judged rows, numbered: all, and by how they say their target."""
    judged = enumerate(ctx.once(_judged).values())
    rows = [(number, one) for number, one in judged if one is not None]
    return {
        None: rows,
        "words": [one for one in rows if one[1].wordy],
        "number": (plain := [one for one in rows if one[1].number is not None]),
        "percent": [one for one in plain if one[1].unit == "%"],
    }


class Manner(TypedDict, total=False):
    """How the engine is to treat what a rule finds.

    `fix` is the best case of its fixes, `once` reports one finding a form, with a count, `policies` are those
    under which alone it runs. `silences` are the codes of blunter rules that say nothing on the same row of a
    form (one about the form as a whole: anywhere in it), or whole families (JX2: nowhere in it).
    `damaged` says from what damage of the form on a hit is
    only a remark, since what seems wrong may have been lost in reading: from some, that is more rows than the
    settings allow, or from half of them. No setting silences an `always` rule. `blame` is who decided what is
    wrong: reading and typing (transcription) or the author (content). A rule is asked only `when` a glance at the
    form leaves open whether it speaks; one about indicators with `under`, `target` or `only` of those alone that are
    judged, stand under one of these levels, whose target is in words or a number, and for which `only` holds.
    """

    fix: Safety | None
    once: bool
    policies: frozenset[str]
    silences: tuple[str, ...]
    damaged: Damage | None
    always: bool
    blame: Blame
    under: tuple[str, ...]
    target: Target | None
    only: Asked | None
    when: Callable[[Context], bool] | None


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """One rule. `title` names it, `says` what is wrong, `why` the reason with its source, `remedy` what to write.

    Their placeholders are filled from `Hit.words`. `check` is None for what the engine itself raises; what
    follows it is as in `Manner`.
    """

    code: str
    name: str
    title: Words  # at most 12 characters, 6 words
    scope: type[T]
    says: Words
    why: Words
    remedy: Words
    severity: Severity
    aspect: str
    check: Callable[[T, Context], Iterator[Hit]] | None = None
    fix: Safety | None = None
    once: bool = False
    policies: frozenset[str] = frozenset()
    silences: tuple[str, ...] = ()
    damaged: Damage | None = None
    always: bool = False
    blame: Blame = "content"
    under: tuple[str, ...] = ()
    target: Target | None = None
    only: Asked | None = None
    when: Callable[[Context], bool] | None = None

    @property
    def family(self) -> Family:
        """The family that the code names."""
        return families.of(self.code)

    @property
    def stops(self) -> bool:
        """Whether it silences whole families: a form that it speaks of is not judged."""
        return any(code in families.FAMILIES for code in self.silences)


def rule(
    scope: type[T],
    code: str,
    severity: Severity,
    aspect: str,
    *,
    title: tuple[str, str],
    zh: str,
    en: str,
    why: tuple[str, str],
    remedy: tuple[str, str],
    **manner: Unpack[Manner],
) -> Callable[[Callable[[T, Context], Iterator[Hit]]], Rule[T]]:
    """Make a rule of a function; the function's name is the rule's: ``garbled_sign`` is garbled-sign."""

    def make(check: Callable[[T, Context], Iterator[Hit]]) -> Rule[T]:
        return Rule(
            code=code,
            name=check.__name__.replace("_", "-"),
            title=Words(*title),
            scope=scope,
            says=Words(zh, en),
            why=Words(*why),
            remedy=Words(*remedy),
            severity=severity,
            aspect=aspect,
            check=check,
            **manner,
        )

    return make


AnyRule = Rule[Any]


def place(reading: Reading[Any], start: int, end: int) -> Span:
    """The place of ``text[start:end]`` of a reading, or of the whole where the part cannot be told."""
    return reading.part(start, end) or reading.at


def swap(reading: Reading[Any], start: int, end: int, text: str) -> tuple[Edit, ...]:
    """The edit that puts `text` in the place of ``text[start:end]``; none where that is not written exactly so."""
    at = reading.part(start, end)
    return (Edit(at, text),) if at is not None else ()


def rewrite(reading: Reading[Any], *changes: tuple[int, int, str]) -> tuple[str, tuple[Edit, ...]]:
    """The text of a reading with changes (start, end, new text) made from left to right, and their edits.

    There are no edits where one of the changes cannot be placed exactly.
    """
    pieces: list[str] = []
    at = 0
    for start, end, text in changes:
        pieces += (reading.text[at:start], text)
        at = end
    edits = tuple(edit for change in changes for edit in swap(reading, *change))
    return "".join((*pieces, reading.text[at:])).strip(), edits if len(edits) == len(
        changes
    ) else ()


def counted(count: int, measure: str, one: str, many: str) -> Words:
    """A number of things: with its measure word in Chinese, in the singular or plural in English."""
    return Words(f"{count} {measure}", f"{count} {one if count == 1 else many}")
