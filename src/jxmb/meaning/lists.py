"""The word lists of the rules of meaning, with what the settings add."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field

from .. import policies
from ..deferred import dataclass

ByLetter = Mapping[str, tuple[str, ...]]
HEADS = 3  # words before what a text says: 有效 | 进一步 | 提高


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of words by name, as `policies/meaning.toml` has them; `added` are those of the settings.

    Texts are folded: NFKC, no blanks.
    """

    added: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    known: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    sets: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)
    heads: dict[str, ByLetter] = field(default_factory=dict, compare=False, repr=False)
    tails: dict[str, ByLetter] = field(default_factory=dict, compare=False, repr=False)
    patterns: dict[str, re.Pattern[str]] = field(default_factory=dict, compare=False, repr=False)

    def words(self, name: str) -> tuple[str, ...]:
        """A list, longest words first. Raises `KeyError` for a name that is none."""
        if name not in self.known:
            every = {*policies.meaning(name), *self.added.get(name, ())}
            self.known[name] = tuple(sorted(every, key=lambda word: (-len(word), word)))
        return self.known[name]

    def ends(self, name: str, text: str) -> bool:
        """Whether a text ends with a word of a list."""
        return text.endswith(self._ending(name, text))

    def begins(self, name: str, text: str) -> bool:
        """Whether a text begins with a word of a list."""
        return text.startswith(self._beginning(name, text))

    def holds(self, name: str, text: str) -> bool:
        """Whether a word of a list stands anywhere in a text."""
        return holds(text, self._by_head(name))

    def has(self, name: str, text: str) -> bool:
        """Whether a text is a word of a list."""
        if name not in self.sets:
            self.sets[name] = frozenset(self.words(name))
        return text in self.sets[name]

    def ending(self, name: str, text: str) -> str:
        """The longest word of a list with which a text ends, or nothing."""
        words = self._ending(name, text)
        return next(word for word in words if text.endswith(word)) if text.endswith(words) else ""

    def endings(self, name: str, text: str) -> tuple[str, ...]:
        """All words of a list with which a text ends."""
        return tuple(filter(text.endswith, self._ending(name, text)))

    def beginning(self, name: str, text: str) -> str:
        """The longest word of a list with which a text begins, or nothing."""
        words = self._beginning(name, text)
        if not text.startswith(words):
            return ""
        return next(word for word in words if text.startswith(word))

    def held(self, name: str, text: str) -> str:
        """The longest word of a list that stands in a text, or nothing."""
        return next((word for word in self.words(name) if word in text), "")

    def without(self, name: str, text: str) -> str:
        """A text without the words of a list, wherever they stand."""
        if name not in self.patterns:
            self.patterns[name] = re.compile("|".join(map(re.escape, self.words(name))))
        return self.patterns[name].sub("", text)

    def without_heads(self, name: str, text: str, most: int = HEADS) -> str:
        """A text without up to `most` words of a list at its head."""
        for _ in range(most):
            word = self.beginning(name, text)
            if not word or word == text:
                break
            text = text[len(word) :]
        return text

    def _by_head(self, name: str) -> ByLetter:
        if name not in self.heads:
            self.heads[name] = by_letter(self.words(name), slice(1))
        return self.heads[name]

    def _beginning(self, name: str, text: str) -> tuple[str, ...]:
        """The words of a list with which a text may begin."""
        return self._by_head(name).get(text[:1], ())

    def _ending(self, name: str, text: str) -> tuple[str, ...]:
        """The words of a list with which a text may end."""
        if name not in self.tails:
            self.tails[name] = by_letter(self.words(name), slice(-1, None))
        return self.tails[name].get(text[-1:], ())


def by_letter(words: Iterable[str], at: slice) -> ByLetter:
    """Words by their first or last letter: a text is asked only for those that its own letters allow."""
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        found[word[at]] = (*found.get(word[at], ()), word)
    return found


def holds(text: str, heads: ByLetter) -> bool:
    """Whether a word stands anywhere in a text, asked by letters: few begin a word, and most words not even begin."""
    if len(text) <= len(heads):
        return any(
            letter in heads and any(map(text.__contains__, heads[letter])) for letter in text
        )
    return any(
        letter in text and any(map(text.__contains__, words)) for letter, words in heads.items()
    )
