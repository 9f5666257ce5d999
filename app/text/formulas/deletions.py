"""Whether "delete" is said of a place and of nothing else: «снять скобки в пункте 6» is no wish that paragraph 6 go."""

import re

from app.text.formulas.grammar import PLACE, Grammar

_MARKS = "[.,;:()–—。，；：（）]"
_NO_PLACE = "[^\uf000-\uf8ff]"


def lets_go(before: str, after: str, grammar: Grammar) -> bool:
    """Return whether "delete" between *before* and *after* has a place for its object, or what the lines above name.

    Args:
        before: What stands before it, places put aside, from the verb before it on.
        after: What stands after it, up to the next verb.
    """
    glue, ands = rf"(?:{grammar.glue.pattern})*", grammar.ands.pattern
    objects = objects_after(after, grammar)
    ends = rf"(?:{grammar.trailing.pattern})*(?:$|{_MARKS}|{ands})"
    if re.match(ends, after[len(objects) :], re.IGNORECASE) is None:
        return False
    if not objects and not re.search(PLACE, before):
        return re.fullmatch(glue, before, re.IGNORECASE) is not None
    between = rf"(?:{grammar.glue.pattern}|{grammar.trailing.pattern})*"
    places = rf"(?:{PLACE}(?:\s*[,:]?(?:\s*|{ands}){PLACE})*{between})"
    named = rf"{_NO_PLACE}*{places}?" if objects else rf"{_NO_PLACE}*{places}"
    return re.fullmatch(named, before, re.IGNORECASE) is not None


def objects_after(after: str, grammar: Grammar) -> str:
    """Return the places that follow "delete" directly, with what stands before and between them; "" if none."""
    glue, ands = rf"(?:{grammar.glue.pattern})*", grammar.ands.pattern
    found = re.match(rf"(?!\s*{_MARKS}){glue}{PLACE}(?:(?:{ands}){PLACE})*", after, re.IGNORECASE)
    return found.group() if found else ""
