"""What was there at the start is spared by the garbage collector, and given back to it at the end."""

import gc
import weakref

from backend.utils.lasting import lasting


class Knot:
    """Holds on to itself, so that the collector alone can free it."""

    def __init__(self) -> None:
        self.own = self


def test_what_is_there_is_spared_and_what_comes_later_is_not():
    early = Knot()
    kept = weakref.ref(early)
    with lasting():
        del early
        late = Knot()
        gone = weakref.ref(late)
        del late
        gc.collect()
        assert kept() is not None
        assert gone() is None
    gc.collect()
    assert kept() is None
