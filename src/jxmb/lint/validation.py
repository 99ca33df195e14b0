"""Settings that were written by hand: read from a table, or one sentence about what cannot be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    StrictStr,
    ValidationError,
)

from .. import lazy
from ..findings import Words
from ..rules.base import AnyRule, Limits
from .settings import Accept, ConfigError, Settings, covers, kebab, names

ALIKE = str.maketrans("OIL", "011")  # letters typed for digits in a code: JX3O1

FailOn = Literal["error", "warning", "info", "never"]
Codes = tuple[StrictStr, ...]


def _decimal(value: object) -> object:
    """A number of TOML or Python as an exact decimal; anything else is left to be refused."""
    if isinstance(value, bool):
        return str(value)
    return Decimal(str(value)) if isinstance(value, int | float) else value


Number = Annotated[Decimal, BeforeValidator(_decimal)]
Percent = Annotated[Number, Field(ge=0, le=100)]
Share = Annotated[Number, Field(ge=0, le=1)]
Amount = Annotated[Number, Field(ge=0)]
Count = Annotated[StrictInt, Field(ge=0)]
Jobs = Annotated[StrictInt, Field(ge=1)]


class Section(BaseModel):
    """Base of the tables of a settings file: keys in kebab-case, unknown ones refused."""

    model_config = ConfigDict(extra="forbid", alias_generator=kebab, populate_by_name=True)

    def given(self) -> dict[str, Any]:
        """What is set, by field name."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class Thresholds(Section):
    """The limits that offices set differently: which values they may have. See `rules.base.Limits` for units."""

    least_satisfaction: Percent = Decimal()
    weight_sums: tuple[Number, ...] = ()
    natures: tuple[StrictStr, ...] = ()
    fewest_indicators: Count = 0
    most_indicators: Count = 0
    most_per_level2: Count = 0
    amount_tolerance: Amount = Decimal()
    unread_rows: Share = Decimal()


class Accepted(Section):
    """An entry of `accept`."""

    code: StrictStr
    project: StrictStr
    reason: StrictStr
    where: StrictStr | None = None


class Table(Section):
    """A settings file: which values each key may have. What is not set is as in `Settings`."""

    select: Codes = ()
    ignore: Codes = ()
    per_file_ignores: dict[StrictStr, Codes] = {}
    severity: dict[StrictStr, Literal["error", "warning", "info"]] = {}
    fail_on: FailOn = "error"
    lang: Literal["zh", "en"] | None = None
    jobs: Jobs | None = None
    policy: Literal["2015", "2021"] | None = None
    limits: Thresholds = Thresholds()
    accept: tuple[Accepted, ...] = ()

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
WANTED = {
    "select": CODES,
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
    "lang": Words("zh 或 en", "zh or en"),
    "jobs": Words("进程数，如 4", "a number of processes such as 4"),
    "policy": Words('"2015" 或 "2021"（加引号）', '"2015" or "2021", in quotes'),
    "limits": Words("一张数值表", "a table of limits"),
    "least-satisfaction": Words("百分数，如 80", "a percentage such as 80"),
    "weight-sums": Words("数的列表，如 [90, 100]", "a list of numbers such as [90, 100]"),
    "natures": Words("项目属性的列表", "a list of 项目属性"),
    "fewest-indicators": Words("整数", "a whole number"),
    "most-indicators": Words("整数", "a whole number"),
    "most-per-level2": Words("整数", "a whole number"),
    "amount-tolerance": Words("以万元计的数，如 0.005", "a number in 万元 such as 0.005"),
    "unread-rows": Words("0 到 1 之间的数，如 0.2", "a number from 0 to 1 such as 0.2"),
    "accept": Words(
        "[[accept]] 条目，含 code、project、reason，可加 where",
        "[[accept]] entries with code, project, reason and perhaps where",
    ),
    "code": Words('规则代码，如 "JX301"', 'the code of a rule such as "JX301"'),
    "project": Words("项目名称", "the name of the project"),
    "reason": Words("接受这一问题的理由", "why the finding is accepted"),
    "where": Words(
        '表中位置，如 "产出指标 › 数量指标 › 培训人数"',
        'the place in the form such as "产出指标 › 数量指标 › 培训人数"',
    ),
}


QUOTED = lazy.re(r"'([^']+)'")


def _near(word: str, known: Sequence[str]) -> Words:
    """A question about the nearest known spelling; a full stop where nothing is near."""
    if word.upper().startswith("JX"):
        word = word.upper().translate(ALIKE)
    near = get_close_matches(word, known, n=1, cutoff=0.5)
    if not near:
        return Words("。", ".")
    return Words(f"，是否应为“{near[0]}”？", f"; did you mean {near[0]}?")


def _unknown(file: str, what: Words, word: str, known: Sequence[str]) -> ConfigError:
    near = _near(word, known)
    return ConfigError(
        file, f"不认识的{what.zh}“{word}”{near.zh}", f"unknown {what.en} {word}{near.en}"
    )


def _sentence(file: str, error: ValidationError) -> ConfigError:
    """The first thing that is wrong, in one sentence."""
    first = error.errors(include_url=False)[0]
    path = [str(part) for part in first["loc"]]
    if first["type"] == "extra_forbidden":
        return _unknown(file, Words("设置项", "setting"), path[-1], _keys(path[:-1]))
    key = next((part for part in reversed(path) if part in WANTED), path[0])
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
    choices = QUOTED.findall(str(first.get("ctx", {}).get("expected", "")))
    near = _near(str(first["input"]), choices)
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
    for codes in settings.per_file_ignores.values():
        yield from codes
    yield from settings.severity


def validate(data: Mapping[str, Any], file: str, rules: Sequence[AnyRule]) -> Settings:
    """Settings of a table. Raises `ConfigError`."""
    try:
        settings = Table.model_validate(dict(data)).settings()
    except ValidationError as error:
        raise _sentence(file, error) from None
    known = [word for rule in rules for word in (rule.code, rule.name)]
    for word in _words_of(settings):
        if not any(covers(word, rule.code, rule.name) for rule in rules):
            raise _unknown(file, Words("规则", "rule"), word, known)
    for one in settings.accept:
        if one.code.upper() not in known and one.code not in known:
            raise _unknown(file, Words("规则", "rule"), one.code, known)
        if not one.reason.strip():
            zh = f"[[accept]] 的 reason 不能为空：应写明{WANTED['reason'].zh}。"
            raise ConfigError(file, zh, f"[[accept]] needs a reason: {WANTED['reason'].en}.")
    return settings
