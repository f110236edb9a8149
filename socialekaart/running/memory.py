"""How the process asks the machine for memory."""

import contextlib
import ctypes

# Of mallopt(3): what is larger than this goes back to the machine as soon as it is free, as does
# what is free at the end of the heap; and the threads share so many heaps.
TRIM_THRESHOLD, MMAP_THRESHOLD, ARENAS = -1, -3, -8
LARGE_BYTES = 128 * 1024
MOST_HEAPS = 2


def give_back() -> None:
    """Let large answers leave no memory behind; before any thread starts.

    By itself the allocator of Linux (glibc) keeps more and more of it, in a heap for each thread:
    the points of one city took 30 MB for good. Elsewhere nothing is set.
    """
    with contextlib.suppress(OSError, AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(ARENAS, MOST_HEAPS)
        mallopt(MMAP_THRESHOLD, LARGE_BYTES)
        mallopt(TRIM_THRESHOLD, LARGE_BYTES)
