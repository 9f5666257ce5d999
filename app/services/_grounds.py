"""What the resolutions of a round are written on, for use cases that write many of them."""

from app.models.decisions import Resolution
from app.queries.consolidation import Consolidation
from app.queries.issuing import load_spans
from app.queries.provenance import Spans
from app.services.resolutions import Ground, decided_by_key


class Grounds:
    """What the resolutions of a round are written on, read once for all of them."""

    def __init__(self, about: Consolidation) -> None:
        self._bases = about.keyed
        self._decided = decided_by_key(about.round.id, about.version_id)
        self._spans: dict[tuple[str, str], dict[str, Spans]] = {}
        for (language, key, part), spans in load_spans(about.version_id).items():
            self._spans.setdefault((language, key), {})[part] = spans

    def of(self, row: Resolution) -> Ground:
        """Return what one of them is written on."""
        spans = self._spans.get((row.language, row.key), {})
        return Ground(self._bases[row.language].get(row.key), spans, self._decided.get(row.key, ()))
