"""``--encoding``: of texts whose encoding cannot be told."""

from __future__ import annotations

import os

import click

from .. import documents
from ..source.decoding import known
from .group import option
from .problems import Problem
from .words import Words


def _named(ctx: click.Context, _: click.Parameter, name: str | None) -> None:
    """For this process, and those that it starts, as long as the command runs. Raises `Problem` for an unknown name."""
    if name is None:
        return
    try:
        os.environ[documents.ENCODING] = known(name)
    except LookupError:
        raise Problem(
            Words(
                f"不认识的编码“{name}”，常用的有 utf-8、gb18030、big5、utf-16-le",
                f"Unknown encoding `{name}`; common ones are utf-8, gb18030, big5, utf-16-le",
            ),
            hint=False,
        ) from None
    ctx.call_on_close(lambda: os.environ.pop(documents.ENCODING, None))


encoding_option = option(
    "--encoding",
    metavar="NAME",
    expose_value=False,
    callback=_named,
    zh="文本文件的编码，如 big5；默认自动识别",
    en="Encoding of texts, such as big5; told from each by default",
)
