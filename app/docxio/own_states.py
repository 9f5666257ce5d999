"""A set of states as the words of a file: who leaves is struck out of the list, who joins stands at its end."""

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import pairwise

from app.docxio.entries import Stretch
from app.docxio.sheets import Sheet
from app.text.composition import ComposedStates, Sponsors
from app.text.runs import Run


def stretches_of_states(
    part: ComposedStates, written: str, names: Mapping[str, Collection[str]], sheet: Sheet, *, full: bool
) -> list[Stretch]:
    """Return the words of a set of states as stretches; for each delegation they read as the set it wishes.

    Args:
        written: What stands in the file.
        names: Code to every name it may have there.
        full: Whether names stand in full: in text, not in a cell.
    """
    name = sheet.full if full else sheet.short
    who_leaves = dict(part.members)
    asking = sorted({c for _, who in (*part.members, *part.joining) for c in who})
    if not asking:
        return [Stretch("", (), (Run(written),))] if written else []
    found = _found(written, who_leaves, {c: {name(c), *names.get(c, ())} for c in who_leaves})
    if found is None:
        return _whole(part, written, sheet, asking, full=full)
    return _struck(found, part, written, sheet, asking, name)


def stretches_of_new_states(part: ComposedStates, sheet: Sheet, space: str) -> list[Stretch]:
    """Return the states that join where none stood, before the words: each list that is wished, *space* after it."""
    wished: dict[frozenset[str], list[str]] = {}
    for delegation in dict.fromkeys(code for _, who in part.joining for code in who):
        wished.setdefault(frozenset(code for code, who in part.joining if delegation in who), []).append(delegation)
    return [Stretch("ins", tuple(who), (Run(sheet.joined_list(codes) + space),)) for codes, who in wished.items()]


def _found(
    written: str, codes: Iterable[str], names: Mapping[str, Collection[str]]
) -> list[tuple[int, int, str]] | None:
    """Return where each state stands, in order; None where one of them is not found alone."""
    spans: list[tuple[int, int, str]] = []
    folded = written.casefold()
    if len(folded) != len(written):
        return None
    for code in codes:
        places = [(folded.find(n.casefold()), len(n)) for n in sorted(names[code], key=len, reverse=True) if n]
        place = next(((at, size) for at, size in places if at >= 0), None)
        if place is None:
            return None
        spans.append((place[0], place[0] + place[1], code))
    spans.sort()
    if any(a[1] > b[0] for a, b in pairwise(spans)):
        return None
    return spans


def _struck(
    found: list[tuple[int, int, str]],
    part: ComposedStates,
    written: str,
    sheet: Sheet,
    asking: Collection[str],
    name: Callable[[str], str],
) -> list[Stretch]:
    leaving = dict(part.members)
    order: Sponsors = tuple(dict.fromkeys(c for _, who in (*part.members, *part.joining) for c in who))
    kept = {d: [i for i, (_, _, code) in enumerate(found) if d not in leaving[code]] for d in asking}
    made: list[Stretch] = []

    def say(words: str, who: Sponsors, change: str = "del") -> None:
        if words:
            made.append(Stretch(change if who else "", who, (Run(words),)))

    say(written[: found[0][0]] if found else written, ())
    for i, (start, end, code) in enumerate(found):
        say(written[start:end], leaving[code])
        if i + 1 < len(found):
            gone = tuple(d for d in order if d in kept and not (i in kept[d] and any(j > i for j in kept[d])))
            say(written[end : found[i + 1][0]], gone)
    joined: dict[str, list[str]] = {}
    for delegation in order:
        new = [code for code, who in part.joining if delegation in who]
        if new:
            listed = sheet.comma.join(name(code) for code in sheet.ordered(new))
            joined.setdefault((sheet.comma if kept[delegation] else "") + listed, []).append(delegation)
    for words, who in joined.items():
        say(words, tuple(who), "ins")
    say(written[found[-1][1] :] if found else "", ())
    return made


def _whole(part: ComposedStates, written: str, sheet: Sheet, asking: Collection[str], *, full: bool) -> list[Stretch]:
    """Return the list struck out by all who change it, and each list that is wished instead."""
    order: Sponsors = tuple(dict.fromkeys(c for _, who in (*part.members, *part.joining) for c in who))
    wished: dict[str, list[str]] = {}
    for delegation in order:
        codes = [code for code, who in part.members if delegation not in who]
        codes += [code for code, who in part.joining if delegation in who]
        listed = (sheet.full_list if full else sheet.short_list)(codes)
        wished.setdefault(listed, []).append(delegation)
    made = [Stretch("ins", tuple(who), (Run(words),)) for words, who in wished.items() if words]
    return [*made, *([Stretch("del", tuple(d for d in order if d in asking), (Run(written),))] if written else [])]
