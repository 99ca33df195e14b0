"""A small program that uses the library: `scripts/verify-package` has mypy check it against the installed package."""

from decimal import Decimal
from pathlib import Path

import jxmb


def total(document: jxmb.Document) -> Decimal:
    """The money of all forms that name 万元."""
    amounts = [one.funding.total.value for one in document if one.funding.unit == "万元"]
    return sum((one.number for one in amounts if one is not None), Decimal(0))


def targets(project: jxmb.Project) -> dict[str, Decimal | None]:
    """The figure of each indicator by its name."""
    return {one.name.text: figure(one) for one in project.indicators}


def figure(indicator: jxmb.Indicator) -> Decimal | None:
    """The figure of a target."""
    return indicator.target.value.number if indicator.target.value else None


def grave(path: Path) -> list[jxmb.Finding]:
    """The errors of a file."""
    strict = jxmb.Settings(severity={"JX2": "error"})
    return [one for one in jxmb.check(path, strict) if one.severity.rank == 0]


def mended(path: Path) -> bytes | None:
    """A file with its fixes, where it has any and can be read."""
    try:
        fixed: jxmb.Fixed = jxmb.fix(path)
    except jxmb.Undecodable as error:
        raise SystemExit(error.zh) from None
    return fixed.data if fixed.changed else None


def said(reading: jxmb.Reading[str]) -> str | None:
    """A text of a form; None where the form has no such cell."""
    return None if reading.missing else reading.text


def run(path: Path) -> str:
    """What is known of a file, as a sentence."""
    forms = jxmb.parse(path)
    money: list[jxmb.Funding] = [one.funding for one in forms]
    named = [said(one.department) for one in forms if targets(one)]
    version: int = jxmb.convert(path)["version"]
    return f"{named} {total(forms)} {len(money)} {grave(path)} {mended(path)!r} {version}"
