"""From the parts of a sentence to what is asked for: each adjustment with its amount, or a refusal that says why.

A sentence is understood whole or not at all. Words about direction and strength belong to the adjustment that follows
them in their part of the sentence, or else to the one before them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from backend.providers.local.adjust.order import Step
from backend.providers.local.adjust.reading import Item, Number, read
from backend.providers.local.adjust.refusals import contradiction, not_understood, unclear
from backend.providers.local.adjust.vocabulary import Meaning, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST = 2.0
"""The strongest amount of any adjustment; the plain word is 1."""
_STOP = 2.0
"""The amount that one stop of exposure is."""
_MOST_STOPS, _MOST_DEGREES = 3.0, 15.0


@dataclass(slots=True)
class _Head:
    """Something to be adjusted, with the words about it."""

    meaning: Meaning
    about: list[Item] = field(default_factory=list[Item])

    @property
    def says(self) -> str:
        words = vocabulary()
        table = words.looks if self.meaning.kind == "look" else words.adjustments
        return table[self.meaning.name].title.lower()

    @property
    def bare(self) -> bool:
        return self.meaning.kind in {"quantity", "lack", "carrier"} and not self.about

    def count(self, kind: str) -> int:
        return sum(isinstance(item, Meaning) and item.kind == kind for item in self.about)

    def numbers(self) -> list[Number]:
        return [item for item in self.about if isinstance(item, Number)]

    def degrees(self) -> list[float]:
        return [item.amount for item in self.about if isinstance(item, Meaning) and item.kind == "degree"]


def understood(prompt: str, strength: float = 1.0) -> tuple[Step, ...]:
    """Return the adjustments that a sentence in plain words asks for, in the order of the vocabulary.

    `strength`, 0..1, scales every amount. How the words are ordered, and politeness, changes nothing.

    Raises:
        InvalidRequest: a word is not understood, contradicts another one, or leaves open what it means.
    """
    parts = read(prompt)
    if parts.unknown:
        raise not_understood(parts.unknown)
    heads = _inherited(_bound(parts.clauses))
    if not heads:
        raise unclear("The words name nothing that could be adjusted.")
    amounts = _added_up(heads)
    return tuple(Step(name, amounts[name] * strength) for name in vocabulary().adjustments if name in amounts)


def _bound(clauses: Iterable[Sequence[Item]]) -> list[_Head]:
    """Return what is to be adjusted, each with the words about it."""
    heads: list[_Head] = []
    for clause in clauses:
        own: list[_Head] = []
        pending: list[Item] = []
        for item in _without_carriers(clause):
            if isinstance(item, Meaning) and item.kind in {"quantity", "lack", "word", "look", "carrier"}:
                own.append(_Head(item, _near(pending)))
                pending = []
            else:
                pending.append(item)
        heads.extend(own)
        if pending:
            _trailing(heads, pending)
    return heads


def _without_carriers(clause: Sequence[Item]) -> list[Item]:
    """Leave out "colours" where another word says what they are to be, as in "warmer colours"."""
    says = any(isinstance(item, Meaning) and item.kind in {"word", "look"} for item in clause)
    return [item for item in clause if not (says and isinstance(item, Meaning) and item.kind == "carrier")]


def _near(pending: list[Item]) -> list[Item]:
    """Return words that stand before what they are about; "too" must be the last of them."""
    for item in pending[:-1]:
        if isinstance(item, Meaning) and item.kind == "excess":
            raise unclear("“too” has to stand right before what there is too much of, as in “too dark”.")
    return pending


def _trailing(heads: list[_Head], pending: list[Item]) -> None:
    """Give words at the end of a part to what stands before them."""
    if not heads:
        raise unclear("Words about strength or direction have nothing that they belong to.")
    if any(isinstance(item, Meaning) and item.kind in {"excess", "without"} for item in pending):
        raise unclear("“too” and “without” have to stand right before what they are about.")
    heads[-1].about.extend(pending)


def _inherited(heads: list[_Head]) -> list[_Head]:
    """Let "more contrast and saturation" mean more of both, and "contrast and saturation down" less of both."""
    for before, head in pairwise(heads):
        if head.bare and before.about and before.meaning.kind in {"quantity", "lack", "carrier"}:
            head.about.extend(before.about)
    for head, after in reversed(tuple(pairwise(heads))):
        if head.bare and after.about and after.meaning.kind in {"quantity", "lack", "carrier"}:
            head.about.extend(after.about)
    return heads


def _added_up(heads: list[_Head]) -> dict[str, float]:
    """Return the amount of each adjustment that is named, by itself or in a look."""
    asked: dict[str, float] = {}
    for head in heads:
        if head.meaning.kind != "look" and not head.count("without"):
            amount = _amount(head)
            if head.meaning.name in asked and asked[head.meaning.name] * amount < 0:
                raise contradiction(head.says)
            asked[head.meaning.name] = max(asked.get(head.meaning.name, 0.0), amount, key=abs)
    for name, amount in _looks(heads).items():
        asked[name] = min(MOST, max(-MOST, asked.get(name, 0.0) + amount))
    return asked


def _looks(heads: list[_Head]) -> dict[str, float]:
    """Return what all looks come to, without what is to be left out of them."""
    total: dict[str, float] = {}
    for name, amount in {head.meaning.name: _amount(head) for head in heads if head.meaning.kind == "look"}.items():
        for step, part in vocabulary().looks[name].recipe.items():
            total[step] = total.get(step, 0.0) + part * amount
    after_without = False
    for head in heads:
        if head.count("without"):
            if head.meaning.name not in total:
                raise unclear(f"Nothing that is asked for has {head.says} that could be left out.")
            del total[head.meaning.name]
            after_without = True
        elif after_without and not head.about and head.meaning.kind != "look":
            raise unclear(f"It is open whether {head.says} is to be left out too: say “without” or “more” before it.")
    return total


def _amount(head: _Head) -> float:
    """Return the signed amount that the words about one adjustment come to."""
    sign = _direction(head)
    if head.meaning.kind == "lack":
        sign = -sign
    if head.meaning.kind == "word":
        sign = sign * int(head.meaning.amount)
    if sign < 0 and (head.meaning.kind == "look" or not vocabulary().adjustments[head.meaning.name].both):
        raise unclear(f"{head.says.capitalize()} has no opposite that could be asked for.")
    return sign * _size(head)


def _direction(head: _Head) -> int:
    """Return 1 or -1 for the words about an adjustment."""
    up = head.count("more")
    down = head.count("less") + head.count("excess")
    signs = {number.sign for number in head.numbers()} - {0}
    if (up and down) or len(signs) > 1 or (signs and (up or down or head.meaning.amount < 0)):
        raise contradiction(head.says)
    if head.bare or (
        head.meaning.kind in {"quantity", "lack", "carrier"} and not (up or down or signs or head.degrees())
    ):
        raise unclear(f"Say whether {head.says} is to be more or less.")
    if head.meaning.kind == "word" and -1 in signs and head.meaning.name != "rotate":
        raise unclear(f"A minus beside a word that has a direction leaves open which one is meant for {head.says}.")
    return -1 if down or -1 in signs else 1


def _size(head: _Head) -> float:
    """Return how much, from words or from a number."""
    numbers, degrees = head.numbers(), head.degrees()
    if len(numbers) > 1 or (numbers and degrees):
        raise unclear(f"There are several strengths for {head.says}.")
    if head.meaning.name == "rotate" and not (numbers and numbers[0].unit == "degrees"):
        raise unclear("Say by how many degrees to rotate.")
    if numbers:
        return _measured(head, numbers[0])
    if any(one < 1 for one in degrees) and any(one > 1 for one in degrees):
        raise unclear(f"The words about {head.says} say weaker and stronger at once.")
    product = 1.0
    for degree in degrees:
        product *= degree
    return min(MOST, product)


def _measured(head: _Head, number: Number) -> float:
    """Return the amount that a number with its unit stands for."""
    match number.unit, head.meaning.name:
        case "degrees", "rotate":
            most, scale = _MOST_DEGREES, 1.0
        case "stops", "exposure" | "brightness":
            most, scale = _MOST_STOPS, _STOP
        case "percent", _:
            most, scale = 100.0, MOST / 100
        case _:
            raise unclear(f"The unit of the number does not suit {head.says}.")
    if number.value > most:
        raise unclear(f"The most that {head.says} takes here is {most:g}.")
    return number.value * scale
