"""Patterns and dataclasses that are compiled when they are first used: a run uses few of those that all modules hold.

`re` and `regex` give patterns that are used like compiled ones.
`dataclass` is used like the standard one, and to a type checker it is the standard one: a start defines a hundred, a
form makes thousands. Only `__init__` is compiled for each class, when its first instance is made; what compares and
shows is shared. That a frozen class is not changed is left to the type checker.
"""

from __future__ import annotations

import dataclasses
import re as standard
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, AnyStr, NamedTuple, cast

__all__ = ["dataclass", "re", "regex"]

if TYPE_CHECKING:
    from dataclasses import dataclass

    import regex as wide
else:

    def dataclass(cls=None, /, **options):
        """As in the standard library; options are `eq`, `frozen`, `kw_only`, `order`, `slots` and `unsafe_hash`."""
        return _made(cls, options) if cls else lambda cls: _made(cls, options)


METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


class Pattern:
    """Stands for a compiled pattern, and from its first use on has that one's methods, with nothing in between."""

    def __init__(self, compiler: Callable[..., Any], pattern: str | bytes, flags: int) -> None:
        self.compiler = compiler
        self.pattern = pattern
        self.flags = flags


class _Unused(Pattern):
    """One that is to be compiled."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = self.compiler(self.pattern, self.flags)
        self.__dict__.update((method, getattr(compiled, method)) for method in METHODS)
        self.__class__ = Pattern  # type: ignore[assignment]
        return getattr(compiled, name)


def re(pattern: AnyStr, flags: int = 0) -> standard.Pattern[AnyStr]:
    """A pattern of the standard library."""
    return cast("standard.Pattern[AnyStr]", _Unused(standard.compile, pattern, flags))


def regex(pattern: str, flags: int = 0) -> wide.Pattern[str]:
    """A pattern of `regex`, which knows scripts and looks behind as far as it must. Flags are those of `re`."""
    return cast("wide.Pattern[str]", _Unused(_wide, pattern, flags))


def _wide(pattern: str, flags: int) -> Any:
    import regex

    return regex.compile(pattern, flags)


class _Own(NamedTuple):
    """A field: its name, and what was written behind it."""

    name: str
    given: Any  # MISSING, a default, or a `Field`

    def of(self, name: str, default: Any) -> Any:
        """What a `Field` says of itself (`init`, `compare`, `repr`, `default`, `default_factory`)."""
        return getattr(self.given, name) if isinstance(self.given, Field) else default

    @property
    def default(self) -> Any:
        """The default; MISSING where there is none."""
        return self.of("default", self.given)


class _Fields:
    """What the standard library asks of a dataclass; made when `replace` or `fields` first ask."""

    def __init__(self, name: str, notes: Mapping[str, str], own: list[_Own]) -> None:
        given = {one.name: one.given for one in own if one.given is not MISSING}
        self.parts = (name, (), {"__annotations__": notes, **given})

    def __get__(self, _: object, cls: type) -> Any:
        plain: Any = type(*self.parts)
        found = dataclasses.dataclass(kw_only=True)(plain).__dataclass_fields__
        type.__setattr__(cls, "__dataclass_fields__", found)
        return found


def _made(cls: type, options: Mapping[str, bool]) -> Any:
    """The class with its methods, and with slots where these are asked for."""

    def filled(self: object, *args: object, **named: object) -> None:
        """Has the `__init__` compiled that takes its place from now on."""
        made.__init__ = _filling(cls, own, options)
        made.__init__(self, *args, **named)

    space = dict(cls.__dict__)
    notes = space.get("__annotations__", {})
    own = [_Own(name, space.pop(name, MISSING)) for name in notes]
    names = tuple(one.name for one in own)
    for made_anew in ("__dict__", "__weakref__"):
        space.pop(made_anew, None)
    space["__dataclass_fields__"] = _Fields(cls.__name__, notes, own)
    space["__match_args__"] = names
    space["__init__"] = filled
    space.setdefault("__repr__", _shown([one.name for one in own if one.of("repr", True)]))
    if options.get("eq", True):
        _compared(space, tuple(one.name for one in own if one.of("compare", True)), options)
    if options.get("slots"):
        space["__slots__"] = names
    else:
        space.update((one.name, one.default) for one in own if one.default is not MISSING)
    made: Any = type(cls)(cls.__name__, cls.__bases__, space)
    return made


def _filling(cls: type, own: list[_Own], options: Mapping[str, bool]) -> Callable[..., None]:
    """The `__init__` of a class."""
    values: dict[str, Any] = {"MISSING": MISSING}
    given: list[str] = ["self", "*"] if options.get("kw_only") else ["self"]
    lines: list[str] = []
    for one in own:
        name, factory = one.name, one.of("default_factory", MISSING)
        default = MISSING if factory is not MISSING else one.default
        values[f"_{name}"] = default if factory is MISSING else factory
        if not one.of("init", True):
            lines += [f"self.{name} = _{name}"] if default is not MISSING else []
        elif factory is not MISSING:
            given.append(f"{name}=MISSING")
            lines.append(f"self.{name} = _{name}() if {name} is MISSING else {name}")
        else:
            given.append(name if default is MISSING else f"{name}=_{name}")
            lines.append(f"self.{name} = {name}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    space: dict[str, Any] = {}
    body = "\n ".join(lines or ["pass"])
    exec(f"def __init__({', '.join(given)}):\n {body}", values, space)
    made: Callable[..., None] = space["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _shown(names: list[str]) -> Callable[[object], str]:
    """The `__repr__` of a class."""

    def parts(one: object) -> Iterator[str]:
        return (f"{name}={getattr(one, name)!r}" for name in names)

    return lambda self: f"{type(self).__qualname__}({', '.join(parts(self))})"


def _compared(space: dict[str, Any], names: tuple[str, ...], options: Mapping[str, bool]) -> None:
    """The methods that compare, by the fields that are compared."""
    said: Callable[[Any], Any] = attrgetter(*names) if names else type

    def equal(self: Any, other: Any) -> bool:
        return said(self) == said(other) if other.__class__ is self.__class__ else NotImplemented

    def before(self: Any, other: Any) -> bool:
        return said(self) < said(other) if other.__class__ is self.__class__ else NotImplemented

    def behind(self: Any, other: Any) -> bool:
        return said(self) > said(other) if other.__class__ is self.__class__ else NotImplemented

    space.setdefault("__eq__", equal)
    if options.get("order"):
        space.update(__lt__=before, __gt__=behind)
    if options.get("frozen") or options.get("unsafe_hash"):
        space.setdefault("__hash__", lambda self: hash(said(self)))
    else:
        space.setdefault("__hash__", None)
