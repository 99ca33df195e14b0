"""What a text says and where: `Source` and `Span`; `Place` for what outlives the text."""

from .place import Place
from .text import LINE_END, Source, Span

__all__ = ["LINE_END", "Place", "Source", "Span"]
