# SPDX-License-Identifier: EUPL-1.2
"""Find many words in one pass over a text (Aho and Corasick, 1975)."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Automaton(Generic[Value]):
    """Words with values; built once, then searched by any number of threads."""

    def __init__(self, words: Iterable[tuple[str, Value]]) -> None:
        """Build it."""
        self._next: list[dict[str, int]] = [{}]
        self._else: list[int] = [0]
        self._found: list[tuple[tuple[int, Value], ...]] = [()]
        for word, value in words:
            self._add(word, value)
        self._connect()

    def search(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """Yield (start, end, value) of every occurrence, by its end."""
        node, following, otherwise, found = 0, self._next, self._else, self._found
        for place, letter in enumerate(text, start=1):
            while letter not in following[node] and node:
                node = otherwise[node]
            node = following[node].get(letter, 0)
            for length, value in found[node]:
                yield place - length, place, value

    def _add(self, word: str, value: Value) -> None:
        if not word:
            return
        node = 0
        for letter in word:
            if letter not in self._next[node]:
                self._next[node][letter] = len(self._next)
                self._next.append({})
                self._else.append(0)
                self._found.append(())
            node = self._next[node][letter]
        self._found[node] += ((len(word), value),)

    def _connect(self) -> None:
        waiting = deque(self._next[0].values())
        while waiting:
            node = waiting.popleft()
            for letter, child in self._next[node].items():
                waiting.append(child)
                back = self._else[node]
                while back and letter not in self._next[back]:
                    back = self._else[back]
                self._else[child] = self._next[back].get(letter, 0)
                self._found[child] += self._found[self._else[child]]
