"""The language of a run, and sentences in both."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from ..findings import Words

__all__ = ["LANGS", "Words", "asked", "from_locale", "in_lang"]

LANGS = ("zh", "en")
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
    named = environ.get("JXMB_LANG", "").strip().lower()[:2]
    return named if named in LANGS else None


def from_locale(environ: Mapping[str, str] = os.environ) -> str:
    """English for an English locale; Chinese for every other, C and POSIX among them."""
    locale = next(filter(None, map(environ.get, LOCALES)), "")
    return "en" if locale.lower().startswith("en") else "zh"


def in_lang(words: Words, lang: str) -> str:
    """The sentence in that language."""
    return words.en if lang == "en" else words.zh
