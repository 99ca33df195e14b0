"""What a text says and where: `Source` and `Span`; `Place` for what outlives the text."""

from .place import Inside, Note, Place
from .text import LINE_END, LOST, Declared, Source, Span

__all__ = ["LINE_END", "LOST", "Declared", "Inside", "Note", "Place", "Source", "Span"]
