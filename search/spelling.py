"""Which of the words that the index holds one was meant as. Pure."""

from collections.abc import Iterable

#: Below this length another word is as near as the one that was meant.
SHORTEST = 4
#: An engine forgives one typo in words of at least so many letters, and two in longer ones.
ONE_TYPO_FROM, TWO_TYPOS_FROM = 4, 9
#: A slip is seldom in the first letter: words are looked up by it.
BEGINNING = 1
#: So many slips are forgiven in a word, and from a length on one more.
SLIPS, MORE_SLIPS_FROM = 2, 9


def forgiven(word: str) -> int:
    """How many typos an engine forgives in a word of this length: in shorter ones a typo makes another word."""
    return 0 if len(word) < ONE_TYPO_FROM else 1 if len(word) < TWO_TYPOS_FROM else 2


def slips_allowed(word: str) -> int:
    """How many slips a word of this length may hold; 0: it can't be guessed."""
    if len(word) < SHORTEST or not word.isalpha():
        return 0
    return SLIPS if len(word) < MORE_SLIPS_FROM else SLIPS + 1


def likeliest(word: str, known: Iterable[tuple[str, int]], most: int) -> list[str]:
    """Of (word, how often it is held), those within reach of `word`: fewest slips first, then the most frequent."""
    allowed = slips_allowed(word)
    found = []
    for other, count in known:
        if other == word or abs(len(other) - len(word)) > allowed or not other.isalpha():
            continue
        slips = distance(word, other, allowed)
        # Half of a short word can't be slips.
        if slips <= allowed and 2 * slips < len(word):
            found.append((slips, -count, other))
    return [other for _, _, other in sorted(found)[:most]]


def distance(one: str, other: str, most: int) -> int:
    """Letters put in, left out, mistaken or swapped with the next (optimal string alignment), to `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    one, other = _where_they_differ(one, other)
    if not one or not other:
        return min(len(one) + len(other), most + 1)
    if most == 1:  # what is asked of most words: one letter mistaken, or two swapped
        return 1 if len(one) == len(other) == 1 or (len(one) == 2 and one == other[::-1]) else 2
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, its in enumerate(other, 1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most and (not before or min(last) > most):
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)


def _where_they_differ(one: str, other: str) -> tuple[str, str]:
    """Both without what they begin and end with alike, which no fewest slips would touch."""
    shorter = min(len(one), len(other))
    start = 0
    while start < shorter and one[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]
