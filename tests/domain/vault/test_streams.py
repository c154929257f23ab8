"""Files come back as they were, or not at all: no chunk changed, moved, lost or added."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.vault import streams
from portal.vault.boxes import new_key
from portal.vault.streams import CHUNK, Broken, open_stream, seal_stream, sealed_size

KEY = bytes(range(32))
HEADER, SEALED = 8, 64 + 16


@pytest.fixture(scope="module", autouse=True)
def _small_chunks():
    """Chunks of 64 bytes, so that files of many chunks are quick to try."""
    patch = pytest.MonkeyPatch()
    patch.setattr(streams, "CHUNK", 64)
    yield
    patch.undo()


def seal(content: bytes, key: bytes = KEY) -> bytes:
    return b"".join(seal_stream(key, [content]))


def opened(blob: bytes, key: bytes = KEY) -> bytes:
    return b"".join(open_stream(key, [blob]))


def chunks_of(blob: bytes) -> list[bytes]:
    return [blob[start : start + SEALED] for start in range(HEADER, len(blob), SEALED)]


def pieces(content: bytes, cuts: list[int]) -> list[bytes]:
    edges = [0, *sorted(cut % (len(content) + 1) for cut in cuts), len(content)]
    return [content[start:end] for start, end in pairwise(edges)]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 5])
def test_files_of_every_size_come_back(size, monkeypatch):
    monkeypatch.setattr(streams, "CHUNK", CHUNK)
    content = bytes(size)
    blob = seal(content)
    assert opened(blob) == content
    assert len(blob) == sealed_size(size)


@given(
    st.binary(max_size=400),
    st.lists(st.integers(0, 600), max_size=6),
    st.lists(st.integers(0, 600), max_size=6),
)
def test_the_sizes_of_the_pieces_do_not_matter(content, in_cuts, out_cuts):
    blob = b"".join(seal_stream(KEY, pieces(content, in_cuts)))
    assert b"".join(open_stream(KEY, pieces(blob, out_cuts))) == content


def test_byte_by_byte():
    content = bytes(range(200))
    blob = b"".join(seal_stream(KEY, (bytes([byte]) for byte in content)))
    assert b"".join(open_stream(KEY, (bytes([byte]) for byte in blob))) == content


@pytest.mark.parametrize("size", [0, 10, 64, 65, 128, 200])
def test_a_file_cut_anywhere_does_not_open(size):
    blob = seal(bytes(size))
    for length in range(len(blob)):
        with pytest.raises(Broken):
            opened(blob[:length])


def test_a_lost_last_chunk_is_noticed_at_the_end():
    blob = seal(bytes(192))
    came = []
    with pytest.raises(Broken):
        came.extend(open_stream(KEY, [blob[: HEADER + 2 * SEALED]]))


def test_no_bit_can_be_changed():
    blob = seal(bytes(130))
    for bit in range(len(blob) * 8):
        changed = bytearray(blob)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Broken):
            opened(bytes(changed))


@given(st.permutations(range(4)))
def test_chunks_cannot_be_reordered(order):
    blob = seal(b"".join(bytes([n]) * 64 for n in range(4)))
    chunks = chunks_of(blob)
    shuffled = blob[:HEADER] + b"".join(chunks[n] for n in order)
    if order == [0, 1, 2, 3]:
        assert opened(shuffled)
    else:
        with pytest.raises(Broken):
            opened(shuffled)


@pytest.mark.parametrize("extra", [b"\0", bytes(SEALED)])
def test_a_lengthened_file_does_not_open(extra):
    for size in (0, 64, 100):
        with pytest.raises(Broken):
            opened(seal(bytes(size)) + extra)


def test_chunks_cannot_be_repeated_or_taken_from_another_file():
    one, two = seal(b"1" * 192), seal(b"2" * 192)
    first, second = chunks_of(one), chunks_of(two)
    for chunks in ([first[0], first[0], first[2]], [first[0], *first], [first[0], second[1], first[2]]):
        with pytest.raises(Broken):
            opened(one[:HEADER] + b"".join(chunks))


def test_nothing_is_given_out_before_it_is_checked():
    blob = bytearray(seal(bytes(100)))
    blob[HEADER + 5] ^= 1
    with pytest.raises(Broken):
        next(open_stream(KEY, [bytes(blob)]))


def test_another_key_does_not_open():
    with pytest.raises(Broken):
        opened(seal(b"x"), new_key())


def test_an_unknown_format_is_refused():
    blob = seal(b"x")
    for first in (0, 2, 255):
        with pytest.raises(Broken):
            opened(bytes([first]) + blob[1:])


def test_a_key_has_32_bytes():
    for work in (seal_stream, open_stream):
        with pytest.raises(ValueError, match="32 bytes"):
            list(work(b"short", [b"x"]))


def test_the_same_file_sealed_twice_differs():
    assert seal(b"x") != seal(b"x")


def test_a_file_ends_before_its_nonces_do(monkeypatch):
    monkeypatch.setattr(streams, "_MOST_CHUNKS", 3)
    assert opened(seal(bytes(192))) == bytes(192)
    with pytest.raises(Broken):
        seal(bytes(193))
