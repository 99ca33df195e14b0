"""Settings that were written by hand: read from a table, or one sentence about what cannot be used."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    ValidationError,
    WithJsonSchema,
)

from ... import deferred, policies
from ...findings import Words
from ...report import FORMATS
from ...rules.base import AnyRule, Limits
from ...source.decoding import known
from ..files import ConfigError
from . import Accept, Settings, covers, kebab, names

ALIKE = str.maketrans("OIL", "011")  # letters typed for digits in a code: JX3O1

SAID = 60  # characters of an unknown word that are said again


def _decimal(value: object) -> Decimal:
    """A number of TOML or Python as an exact decimal."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError
    return Decimal(str(value))


def _policy(value: object) -> object:
    """The year of a policy, which may stand there as a number."""
    return str(value) if type(value) is int and value in YEARS else value


def _day(value: object) -> object:
    """A date of TOML as it is written."""
    day = type(value) is datetime.date
    return value.isoformat() if day and isinstance(value, datetime.date) else value


def legible(text: str) -> bool:
    """Whether there is something to be seen in a text."""
    return any(one.isprintable() and not one.isspace() for one in text)


def _filled(value: str) -> str:
    """A text that is not blank: one that is stands in every text."""
    if not legible(value):
        raise ValueError
    return value


def _format(value: str) -> str:
    if value not in FORMATS:
        raise ValueError
    return value


def _encoding(name: str) -> str:
    """An encoding under its own name. Raises `LookupError`, which is to be a `ValueError`."""
    try:
        return known(name)
    except LookupError:
        raise ValueError from None


YEARS = tuple(map(int, policies.IDS))
Level = Literal["error", "warning", "info"]
FailOn = Literal["error", "warning", "info", "never"]
Text = Annotated[StrictStr, AfterValidator(_filled), Field(json_schema_extra={"pattern": r"\S"})]
Codes = tuple[StrictStr, ...]
Texts = tuple[Text, ...]
Encoding = Annotated[StrictStr, AfterValidator(_encoding)]
Format = Annotated[StrictStr, AfterValidator(_format), WithJsonSchema({"enum": list(FORMATS)})]
DAY = r"^\d{4}-\d\d-\d\d$"
Day = Annotated[
    StrictStr,
    Field(pattern=DAY),
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "pattern": DAY}),
]
Policy = Annotated[
    Literal["2015", "2021"],
    BeforeValidator(_policy),
    WithJsonSchema({"enum": [*policies.IDS, *YEARS]}),
]


EXACT = BeforeValidator(_decimal)


def _shape(**bounds: int) -> WithJsonSchema:
    """How editors are told of a number and its bounds."""
    return WithJsonSchema({"type": "number", **bounds})


Number = Annotated[Decimal, EXACT, _shape()]
Percent = Annotated[Decimal, Field(ge=0, le=100), EXACT, _shape(minimum=0, maximum=100)]
Share = Annotated[Decimal, Field(ge=0, le=1), EXACT, _shape(minimum=0, maximum=1)]
Amount = Annotated[Decimal, Field(ge=0), EXACT, _shape(minimum=0)]
Times = Annotated[Decimal, Field(ge=1), EXACT, _shape(minimum=1)]
Count = Annotated[StrictInt, Field(ge=0, le=10_000)]
Jobs = Annotated[StrictInt, Field(ge=1, le=1_000)]


class Section(BaseModel):
    """Base of the tables of a settings file: keys in kebab-case, unknown ones refused."""

    model_config = ConfigDict(extra="forbid", alias_generator=kebab)

    def given(self) -> dict[str, Any]:
        """What is set, by field name."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class Thresholds(Section):
    """The limits that offices set differently: which values they may have. See `rules.base.Limits` for units."""

    least_satisfaction: Percent = Decimal()
    weight_sums: Annotated[tuple[Number, ...], Field(min_length=1)] = ()
    natures: Annotated[Texts, Field(min_length=1)] = ()
    fewest_indicators: Count = 0
    most_indicators: Count = 0
    most_per_level2: Count = 0
    amount_tolerance: Amount = Decimal()
    unread_rows: Share = Decimal()
    overachieved: Times = Decimal()


class Accepted(Section):
    """An entry of `accept`."""

    code: StrictStr
    project: StrictStr
    reason: StrictStr
    where: StrictStr | None = None
    date: Day | None = None


class Table(Section):
    """A settings file: which values each key may have. What is not set is as in `Settings`."""

    select: Codes = ()
    extend_select: Codes = ()
    ignore: Codes = ()
    per_file_ignores: dict[StrictStr, Codes] = {}
    severity: dict[StrictStr, Level] = {}
    fail_on: FailOn = "error"
    policy: Policy | None = None
    limits: Thresholds = Thresholds()
    words: dict[StrictStr, Texts] = {}
    accept: tuple[Accepted, ...] = ()
    backup: Literal["unsafe", "always", "never"] = "unsafe"
    show: Level = "warning"
    format: Format | None = None
    color: Literal["auto", "always", "never"] = "auto"
    lang: Literal["zh", "en"] | None = None
    jobs: Jobs | None = None
    encoding: Encoding | None = None
    expect_forms: Annotated[StrictInt, Field(ge=0, le=10_000_000)] | None = None
    include: Texts = ()
    exclude: Texts = ()
    force_exclude: StrictBool = False
    baseline: Text | None = None

    def settings(self) -> Settings:
        """What it sets."""
        own, limits = self.given(), self.limits.given()
        keys = {*map(kebab, own), *(f"limits.{kebab(name)}" for name in limits)} - {"limits"}
        if "unread_rows" in limits:
            limits["unread_rows"] = float(limits["unread_rows"])
        if "accept" in own:
            own["accept"] = tuple(Accept(**one.given()) for one in self.accept)
        return Settings(**{**own, "limits": Limits(**limits), "given": frozenset(keys)})


# One sentence about what is wrong: what each key wants.
CODES = Words(
    '代码、前缀或规则名的列表，如 ["JX3"]', 'a list of codes, prefixes or names such as ["JX3"]'
)
GLOBS = Words('文件通配符的列表，如 ["旧表/*"]', 'a list of globs such as ["old/*"]')
COUNT = Words("整数（0 到 10000）", "a whole number (0 to 10000)")
WANTED = {
    "select": CODES,
    "extend-select": CODES,
    "ignore": CODES,
    "per-file-ignores": Words(
        '文件通配符到代码列表的表，如 "旧表/*" = ["JX3"]',
        'a table of globs and lists of codes such as "old/*" = ["JX3"]',
    ),
    "severity": Words(
        "代码到 error、warning 或 info 的表", "a table of codes and error, warning or info"
    ),
    "level": Words("error、warning 或 info", "error, warning or info"),
    "fail-on": Words("error、warning、info 或 never", "error, warning, info or never"),
    "show": Words("error、warning 或 info", "error, warning or info"),
    "format": Words("、".join(FORMATS), ", ".join(FORMATS)),
    "backup": Words("unsafe、always 或 never", "unsafe, always or never"),
    "color": Words("auto、always 或 never", "auto, always or never"),
    "lang": Words("zh 或 en", "zh or en"),
    "jobs": Words("进程数，如 4", "a number of processes such as 4"),
    "encoding": Words("编码名称，如 big5", "the name of an encoding such as big5"),
    "expect-forms": Words("表的份数，如 12", "how many forms there should be, such as 12"),
    "include": GLOBS,
    "exclude": GLOBS,
    "force-exclude": Words("true 或 false", "true or false"),
    "baseline": Words("基线文件的路径", "the path of a baseline"),
    "policy": Words("2015 或 2021", "2015 or 2021"),
    "words": Words(
        '词表名到词语列表的表，如 low_nouns = ["空置率"]',
        'a table of word lists and lists of words such as low_nouns = ["空置率"]',
    ),
    "limits": Words("一张数值表", "a table of limits"),
    "least-satisfaction": Words("百分数，如 80", "a percentage such as 80"),
    "weight-sums": Words("数的列表，如 [90, 100]", "a list of numbers such as [90, 100]"),
    "natures": Words('项目属性的列表，如 ["新增项目"]', 'a list of 项目属性 such as ["新增项目"]'),
    "fewest-indicators": COUNT,
    "most-indicators": COUNT,
    "most-per-level2": COUNT,
    "amount-tolerance": Words("以万元计的数，如 0.005", "a number in 万元 such as 0.005"),
    "unread-rows": Words("0 到 1 之间的数，如 0.2", "a number from 0 to 1 such as 0.2"),
    "overachieved": Words("不小于 1 的倍数，如 1.3", "a multiple from 1 on such as 1.3"),
    "accept": Words(
        "[[accept]] 条目，含 code、project、reason，可加 where、date",
        "[[accept]] entries with code, project, reason and perhaps where and date",
    ),
    "code": Words('规则代码，如 "JX301"', 'the code of a rule such as "JX301"'),
    "project": Words("项目名称", "the name of the project"),
    "reason": Words("接受这一问题的理由", "why the finding is accepted"),
    "where": Words(
        '表中位置，如 "产出指标 › 数量指标 › 培训人数"',
        'the place in the form such as "产出指标 › 数量指标 › 培训人数"',
    ),
    "date": Words('日期，如 "2026-01-31"', 'a date such as "2026-01-31"'),
}


QUOTED = deferred.re(r"'([^']+)'")


def _near(word: str, known: Sequence[str]) -> Words:
    """A question about the nearest known spelling; a full stop where nothing is near."""
    if word.upper().startswith("JX"):
        word = word.upper().translate(ALIKE)
    near = get_close_matches(word[:SAID], known, n=1, cutoff=0.5)
    if not near:
        return Words("。", ".")
    return Words(f"。是否应为“{near[0]}”？", f". Did you mean `{near[0]}`?")


def _unknown(file: str, what: Words, word: str, known: Sequence[str]) -> ConfigError:
    near = _near(word, known)
    said = word if len(word) <= SAID else f"{word[:SAID]}…"
    return ConfigError(
        file, f"未知{what.zh}“{said}”{near.zh}", f"Unknown {what.en} `{said}`{near.en}"
    )


def _sentence(file: str, error: ValidationError) -> ConfigError:
    """The first thing that is wrong, in one sentence."""
    first = error.errors(include_url=False)[0]
    path = [str(part) for part in first["loc"]]
    if first["type"] == "extra_forbidden":
        return _unknown(file, Words("设置项", "setting"), path[-1], _keys(path[:-1]))
    inner = (
        path if path[0] in ("limits", "accept") else path[:1]
    )  # the keys of other tables are free
    key = next(part for part in reversed(inner) if part in WANTED)
    shown = ".".join(part for part in path if not part.isdigit())
    wanted = WANTED[key]
    if first["type"] == "missing":
        return ConfigError(
            file,
            f"[[{path[0]}]] 缺少 {key}：应写明{wanted.zh}。",
            f"[[{path[0]}]] lacks {key}: {wanted.en}.",
        )
    if path[0] == "severity" and len(path) > 1:
        wanted = WANTED["level"]
    expected = QUOTED.findall(str(first.get("ctx", {}).get("expected", "")))
    choices = list(FORMATS) if key == "format" else expected
    said = first["input"]
    near = _near(said, choices) if isinstance(said, str) else Words("。", ".")
    space = " " if wanted.zh[0].isascii() else ""
    zh = f"设置项 {shown} 应为{space}{wanted.zh}{near.zh}"
    return ConfigError(file, zh, f"{shown} should be {wanted.en}{near.en}")


def _keys(path: Sequence[str]) -> list[str]:
    """The keys that are known at a place of a settings file."""
    section = {"limits": Limits, "accept": Accept}.get(path[0]) if path else None
    return [kebab(name) for name in names(section or Settings)]


def _words_of(settings: Settings) -> Iterator[str]:
    """Every code, prefix or name in the settings."""
    yield from settings.select
    yield from settings.ignore
    yield from settings.extend_select
    for codes in settings.per_file_ignores.values():
        yield from codes
    yield from settings.severity


def validate(data: Mapping[str, Any], file: str, rules: Sequence[AnyRule]) -> Settings:
    """Settings of a table. Raises `ConfigError`."""
    try:
        settings = Table.model_validate(dict(data)).settings()
    except ValidationError as error:
        raise _sentence(file, error) from None
    _known(settings, file, rules)
    if not all(legible(one.reason) for one in settings.accept):
        zh = f"[[accept]] 的 reason 不能为空：应写明{WANTED['reason'].zh}。"
        raise ConfigError(file, zh, f"[[accept]] needs a reason: {WANTED['reason'].en}.")
    return settings


def _known(settings: Settings, file: str, rules: Sequence[AnyRule]) -> None:
    """Raises `ConfigError` where a rule or a list of words is named that does not exist."""
    codes = [word for rule in rules for word in (rule.code, rule.name)]
    for word in _words_of(settings):
        if not any(covers(word, rule.code, rule.name) for rule in rules):
            raise _unknown(file, Words("规则", "rule"), word, codes)
    for one in settings.accept:
        if one.code.upper() not in codes and one.code not in codes:
            raise _unknown(file, Words("规则", "rule"), one.code, codes)
    for name in settings.words:
        if name not in policies.meanings():
            raise _unknown(file, Words("词表", "word list"), name, policies.meanings())
