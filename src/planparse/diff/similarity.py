"""Likeness of texts: cosine of TF-IDF vectors, found by way of an inverted index.

Pure Python. For each text its rarest words are followed to the texts that share them, until `_MOST_VISITS` were visited: the
cost of a search does not grow with the number of texts. Words that are not followed count when two texts are weighed against
each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from heapq import nlargest
from math import log, sqrt

Vector = dict[str, float]

_MOST_VISITS = 1500


def vectors(bags: Sequence[Sequence[str]]) -> list[Vector]:
    """The weighted words of each text, of length 1. A word weighs more the fewer texts have it."""
    frequency: Counter[str] = Counter()
    for bag in bags:
        frequency.update(set(bag))
    total = len(bags) + 1
    weights = {word: log(1 + total / count) for word, count in frequency.items()}
    made = []
    for bag in bags:
        vector = {word: (1 + log(count)) * weights[word] for word, count in Counter(bag).items()}
        length = sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        made.append({word: weight / length for word, weight in vector.items()})
    return made


def cosine(left: Vector, right: Vector) -> float:
    """How alike two texts are: 1 for the same words, 0 for no word in common."""
    if len(left) > len(right):
        left, right = right, left
    return min(1.0, sum(weight * right[word] for word, weight in left.items() if word in right))


class Index:
    """The texts on one side, found by the words that they share with another."""

    def __init__(self, texts: dict[int, Vector]) -> None:
        self._texts = texts
        self._postings: dict[str, list[int]] = {}
        for key, vector in texts.items():
            for word in vector:
                self._postings.setdefault(word, []).append(key)

    def like(self, vector: Vector, most: int, allowed: Callable[[int], bool]) -> list[tuple[float, int]]:
        """The keys of the texts most like a vector, the likest first, with their likeness."""
        postings = self._postings
        common = sorted((len(postings[word]), word) for word in vector if word in postings)
        sums: dict[int, float] = {}
        visits = 0
        for count, word in common:
            if visits and visits + count > _MOST_VISITS:
                break
            visits += count
            weight = vector[word]
            for key in postings[word][:_MOST_VISITS]:
                sums[key] = sums.get(key, 0.0) + weight * self._texts[key][word]
        near = nlargest(most, ((total, -key) for key, total in sums.items() if allowed(key)))
        return sorted(((cosine(vector, self._texts[-key]), -key) for _, key in near), key=lambda item: (-item[0], item[1]))
