"""Several at once: the same work on threads that begin together, each with a session of its own."""

import threading
from collections.abc import Callable
from typing import TypeVar

from portal.data.db import Store

T = TypeVar("T")


def at_once(store: Store, number: int, work: Callable[[], T]) -> list[T]:
    """What each of `number` threads returned; the first fault is raised here, not lost in its thread."""
    barrier = threading.Barrier(number)
    faults: list[Exception] = []
    found: list[T] = []

    def run() -> None:
        barrier.wait()
        try:
            found.append(work())
        except Exception as fault:
            faults.append(fault)
        finally:
            store.session.remove()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    if faults:
        raise faults[0]
    return found
