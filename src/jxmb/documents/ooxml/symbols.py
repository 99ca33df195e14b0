"""Signs of the fonts that number their own: Symbol and Wingdings, as the characters that they look like."""

from __future__ import annotations

PRIVATE = range(0xF000, 0xF100)  # where Word keeps the characters of such fonts

SYMBOL = {
    **{code: chr(code) for code in range(0x20, 0x40)},
    **{0xA3: "≤", 0xB3: "≥", 0xB9: "≠", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xBB: "≈", 0xBA: "≡"},
    **{0xA5: "∞", 0xB0: "°", 0xB2: "″", 0xA2: "′", 0xB7: "•", 0xD7: "·", 0xBC: "…", 0xA4: "⁄"},
    **{0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xD0: "∠", 0xD6: "√", 0xE5: "∑", 0x6D: "μ"},
    **{0x2D: "−", 0x2A: "∗", 0x44: "Δ", 0x57: "Ω", 0x70: "π", 0xE3: "©", 0xE2: "®", 0xE4: "™"},
}
WINGDINGS = {
    **{0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0xA8: "□", 0x6E: "■", 0xFE: "☑", 0xFD: "☒"},
    **{0x78: "☒", 0x6C: "●", 0xA1: "○", 0xFC: "✓", 0xFB: "✗", 0xE0: "→", 0xDF: "←", 0xE8: "➔"},
    **{
        0xD8: "➢",
        0x75: "◆",
        0xB2: "☆",
        0xAB: "★",
        **{0x80 + at: chr(0x2460 + at - 1) for at in range(1, 11)},
    },
}
WINGDINGS_2 = {0x52: "☑", 0x54: "☒", 0xA3: "□", 0x50: "✓", 0x4F: "✗", 0x98: "●", 0x9A: "○"}
SYMBOLS = {"Symbol": SYMBOL, "Wingdings": WINGDINGS, "Wingdings 2": WINGDINGS_2}


RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")  # the powers of 10⁴ and m²


def symbol(font: str, code: int) -> str:
    """The character that a font draws for a code; the code's own where the font is not known."""
    low = code - PRIVATE.start if code in PRIVATE else code
    known = SYMBOLS.get(font, {}).get(low)
    return known or (chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000 else "")


def plain(font: str, text: str) -> str:
    """Text in such a font, character by character: what is not in its private place stays."""
    return "".join(symbol(font, ord(one)) if ord(one) in PRIVATE else one for one in text)
