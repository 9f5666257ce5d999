"""Two versions of a document beside each other."""

from dataclasses import dataclass

from app.negotiation.actors import Actor
from app.negotiation.errors import NotFound
from app.queries import access
from app.queries.own_files import list_own_files
from app.queries.texts import list_languages, load_edition
from app.text.provision import Edition, Provision


@dataclass(frozen=True, slots=True)
class Pair:
    """A provision in both versions; None where it does not stand."""

    old: Provision | None
    new: Provision | None

    @property
    def is_changed(self) -> bool:
        """Whether words, kind, level or existence differ; a new number alone is no change."""
        return self.old is None or self.new is None or not self.old.same_text(self.new)

    @property
    def provision(self) -> Provision:
        """The one that stands, the newer first."""
        found = self.new or self.old
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions, provision by provision: the order of the newer, with what is gone where it stood."""

    titles: dict[str, str]
    old_number: int
    new_number: int
    language: str
    languages: tuple[str, ...]
    old: Edition
    new: Edition
    pairs: tuple[Pair, ...]
    own: frozenset[str] = frozenset()
    """The languages in which the older one came from a Word file."""

    @property
    def changed(self) -> int:
        """How many provisions differ."""
        return sum(pair.is_changed for pair in self.pairs)


def compare_versions(slug: str, old: int, new: int, *, language: str = "", actor: Actor) -> Comparison:
    """Return two versions compared in a language both have (the negotiating one unless asked otherwise).

    Raises:
        NotFound: One of them does not exist, or not for *actor*.
    """
    document = access.get_document(slug, actor=actor)
    before = access.get_version(document, old, actor=actor)
    after = access.get_version(document, new, actor=actor)
    shared = [code for code in list_languages(after.id) if code in list_languages(before.id)]
    if not shared:
        raise NotFound()
    shown = language if language in shared else document.negotiating_language
    one, other = load_edition(before.id, shown), load_edition(after.id, shown)
    own = frozenset(code for version_id, code in list_own_files(document.id) if version_id == before.id)
    return Comparison(document.titles, old, new, shown, tuple(shared), one, other, pairs(one, other), own)


def pairs(old: Edition, new: Edition) -> tuple[Pair, ...]:
    """Return the provisions of both, in the order of the new one; a deleted one after what stood before it."""
    before, after = old.by_key(), new.by_key()
    gone: dict[str | None, list[Provision]] = {}
    last: str | None = None
    for provision in old:
        if provision.key in after:
            last = provision.key
        else:
            gone.setdefault(last, []).append(provision)
    found = [Pair(p, None) for p in gone.get(None, ())]
    for provision in new:
        found.append(Pair(before.get(provision.key), provision))
        found += [Pair(p, None) for p in gone.get(provision.key, ())]
    return tuple(found)
