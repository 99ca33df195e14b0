"""``--encoding``: of texts whose encoding cannot be told."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from ... import documents
from ...source.decoding import known
from ..interface.group import option
from ..interface.problems import Problem
from ..interface.words import Words


def _named(_: click.Context, __: click.Parameter, name: str | None) -> str | None:
    """The encoding under its own name. Raises `Problem` for an unknown one."""
    try:
        return None if name is None else known(name)
    except LookupError:
        raise Problem(
            Words(
                f"未知编码“{name}”，常用的有 utf-8、gb18030、big5、utf-16-le",
                f"Unknown encoding `{name}`; common ones are utf-8, gb18030, big5, utf-16-le",
            ),
            hint=False,
        ) from None


@contextmanager
def encoded(name: str | None) -> Iterator[None]:
    """Texts are in this encoding as long as this lasts: in this process and in those that it starts."""
    if name is not None:
        os.environ[documents.ENCODING] = name
    try:
        yield
    finally:
        if name is not None:
            os.environ.pop(documents.ENCODING, None)


encoding_option = option(
    "--encoding",
    metavar="NAME",
    callback=_named,
    zh="文本文件的编码，如 big5；默认自动识别",
    en="Encoding of texts, such as big5; told from each by default",
)
