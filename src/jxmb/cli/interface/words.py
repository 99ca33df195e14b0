"""The language of a run, and sentences in both."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from os import PathLike

from ...findings import Words

__all__ = ["LANGS", "Language", "Words", "asked", "from_locale", "in_lang"]

LANGS = ("zh", "en")
ENVIRONMENT = "JXMB_LANG"
LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set decides, as POSIX says


def asked(args: Sequence[str], environ: Mapping[str, str] = os.environ) -> str | None:
    """The language that the user asks for with `--lang` or JXMB_LANG, else None.

    Read before the arguments are parsed: help and usage errors are shown in it too.
    """
    for here, following in zip(args, (*args[1:], ""), strict=False):
        value = following if here == "--lang" else here.partition("--lang=")[2]
        if here == "--":
            break
        if value in LANGS:
            return value
    named = environ.get(ENVIRONMENT, "").strip().lower()[:2]
    return named if named in LANGS else None


class Language:
    """The language of a command line: asked for, or that of the settings, or that of the locale."""

    def __init__(self, args: Sequence[str] = ()) -> None:
        self.args = args
        self.asked = asked(args)

    @property
    def by_environment(self) -> bool:
        """Whether it is the environment that asks for it."""
        return self.asked is not None and asked(self.args, {}) is None

    def near(self, folder: str | PathLike[str]) -> str:
        """The language for what lies in a folder."""
        return self.asked or self._settled(folder) or from_locale()

    @cached_property
    def here(self) -> str:
        """The language for help and errors: the settings are those of the working directory."""
        return self.near("")

    def _settled(self, folder: str | PathLike[str]) -> str | None:
        from ...lint import files

        if "--isolated" in self.args:
            return None
        for option, value in zip(self.args, (*self.args[1:], ""), strict=False):
            if option.partition("=")[0] == "--config":
                return files.lang_of(option.partition("=")[2] or value)
        return files.lang(folder)


def from_locale(environ: Mapping[str, str] = os.environ) -> str:
    """English for an English locale; Chinese for every other, C and POSIX among them."""
    locale = next(filter(None, map(environ.get, LOCALES)), "")
    return "en" if locale.lower().startswith("en") else "zh"


def in_lang(words: Words, lang: str) -> str:
    """The sentence in that language."""
    return words.en if lang == "en" else words.zh
