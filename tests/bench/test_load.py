"""The load generator counts honestly: answers, broken connections, stalls; it loads no other machine."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from portal.bench import load

_REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
_ANSWER = b"HTTP/1.1 303 See Other\r\nLocation: /there\r\nContent-Length: 2\r\n\r\nok"


@contextmanager
def server(answer: Callable[[socket.socket, int], None]) -> Iterator[tuple[str, int]]:
    """`answer(connection, number)` is called for each request."""
    listening = socket.create_server(("127.0.0.1", 0))
    numbers = iter(range(1_000_000))

    def talk(connection: socket.socket) -> None:
        with connection:
            while connection.recv(4096):
                answer(connection, next(numbers))

    def accept() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=talk, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listening.getsockname()
    finally:
        listening.close()


def test_every_request_is_sent_once_and_its_answer_read() -> None:
    with server(lambda connection, number: connection.sendall(_ANSWER)) as address:
        done = load.closed(address, [_REQUEST] * 50, clients=4)
    assert sorted(one.number for one in done.answers) == list(range(50))
    assert done.faults(303) == []
    assert {one.header("location") for one in done.answers} == {"/there"}


def test_an_answer_in_pieces_is_one_answer() -> None:
    def slowly(connection: socket.socket, number: int) -> None:
        for at in range(0, len(_ANSWER), 20):
            connection.sendall(_ANSWER[at : at + 20])
            time.sleep(0.001)

    with server(slowly) as address:
        done = load.closed(address, [_REQUEST] * 5, clients=1)
    assert [one.status for one in done.answers] == [303] * 5


def test_a_broken_connection_counts_as_a_fault() -> None:
    def sometimes(connection: socket.socket, number: int) -> None:
        if number == 3:
            connection.shutdown(socket.SHUT_RDWR)
        else:
            connection.sendall(_ANSWER)

    with server(sometimes) as address:
        done = load.closed(address, [_REQUEST] * 10, clients=1)
    assert len(done.answers) == 10
    assert [one.status for one in done.faults(303)] == [0]


def test_a_stall_is_seen_by_everybody_who_waited_meanwhile() -> None:
    stalled = threading.Lock()

    def stall(connection: socket.socket, number: int) -> None:
        with stalled:
            if number == 5:
                time.sleep(0.3)
            connection.sendall(_ANSWER)

    with server(stall) as address:
        done = load.paced(address, [_REQUEST] * 50, rate=50, seconds=1, clients=2)
    assert len(done.answers) == 50
    assert sum(one.seconds > 0.1 for one in done.answers) >= 8


def test_only_this_machine_is_loaded() -> None:
    with pytest.raises(ValueError, match="this machine"):
        load.closed(("192.0.2.1", 80), [_REQUEST], clients=1)


def test_quantiles() -> None:
    answers = [load.Answer(n, 200, n / 1000, b"") for n in range(1, 101)]
    done = load.Outcome(answers, 2.0, late=10)
    assert (done.quantile(0.5), done.quantile(0.99), done.quantile(1)) == (51, 100, 100)
    assert done.rate == 45
