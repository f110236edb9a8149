"""What a large answer leaves behind in a process."""

import gc
import platform
from pathlib import Path

import pytest

from socialekaart.running.memory import give_back

MEGABYTE = 1024 * 1024
PAGE_BYTES = 4096
pytestmark = pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="only the allocator of Linux keeps it"
)


def held():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * PAGE_BYTES / MEGABYTE


def test_a_large_answer_leaves_no_memory_behind():
    give_back()
    # Freed once, the allocator would take as large a block from its heap the next time.
    del (bytearray(b"x") * (31 * MEGABYTE))[:]
    gc.collect()
    before = held()
    answer = bytearray(b"x") * (24 * MEGABYTE)
    behind_it = [bytearray(b"x") * 100_000 for _ in range(20)]
    during = held()
    del answer
    assert during - held() > 20
    assert held() - before < 8
    assert behind_it
