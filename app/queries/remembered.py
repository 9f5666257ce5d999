"""What need not be worked out again: results that depend on nothing but immutable rows, named by their ids."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """The results used last, by name, in this process; several threads may ask."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._found: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def get(self, name: K, make: Callable[[], V]) -> V:
        """Return the result of that name; make it if it is not remembered."""
        with self._lock:
            if name in self._found:
                self._found.move_to_end(name)
                return self._found[name]
        made = make()
        with self._lock:
            self._found[name] = made
            while len(self._found) > self._size:
                self._found.popitem(last=False)
        return made
