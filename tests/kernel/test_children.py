"""Children are limited, killed and replaced; what they were at is known; nobody outlives the parent."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.processes import start_python, until

from medley.kernel.children import NO_STEP, Children, Limits

_TARGET = """
import os, sys, time, signal

def work(message, step):
    for number, word in enumerate(message.decode().split()):
        step(number)
        if word == "hang":
            time.sleep(60)
        elif word == "spin":
            while True: pass
        elif word == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        elif word == "exit":
            sys.exit(3)
        elif word == "eat":
            try:
                bytearray(2 << 30)
            except MemoryError:
                return b"refused"
        elif word == "pid":
            return str(os.getpid()).encode()
        elif word == "modules":
            return " ".join(sys.modules).encode()
        elif word == "big":
            return b"x" * (3 << 20)
    return message.upper()
"""


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "child_target.py").write_text(_TARGET)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    return "child_target:work"


@pytest.fixture
def children(target: str) -> Iterator[Children]:
    with Children(target, 2, Limits(seconds=1.0, memory=1 << 30)) as opened:
        yield opened


def _outcomes(children: Children, *messages: bytes) -> dict[bytes, tuple[bytes, str, int]]:
    for message in messages:
        children.submit(message)
    found = [children.next() for _ in messages]
    return {each.message: (each.answer, each.failure, each.step) for each in found}


def test_messages_come_back_answered(children: Children) -> None:
    found = _outcomes(children, *(b"number %d" % number for number in range(20)))
    assert found == {b"number %d" % number: (b"NUMBER %d" % number, "", 0) for number in range(20)}
    assert children.busy == 0


@pytest.mark.parametrize(
    ("word", "failure"), [("hang", "time"), ("spin", "time"), ("crash", "crash"), ("exit", "crash")]
)
def test_whoever_oversteps_is_replaced_and_its_step_named(children: Children, word: str, failure: str) -> None:
    bad = f"a b {word} d".encode()
    found = _outcomes(children, bad, b"one", b"two", b"three")
    assert found[bad] == (b"", failure, 2)
    assert [found[each][0] for each in (b"one", b"two", b"three")] == [b"ONE", b"TWO", b"THREE"]
    assert _outcomes(children, b"after") == {b"after": (b"AFTER", "", 0)}


def test_memory_is_limited(children: Children) -> None:
    assert _outcomes(children, b"eat")[b"eat"][0] == b"refused"


def test_answers_and_messages_of_megabytes_pass(children: Children) -> None:
    long = b"word " * 1_000_000
    found = _outcomes(children, b"big", long)
    assert len(found[b"big"][0]) == 3 << 20
    assert found[long][0] == long.upper()


def test_a_child_starts_without_what_only_its_parent_needs(children: Children) -> None:
    loaded = set(_outcomes(children, b"modules")[b"modules"][0].decode().split())
    assert "medley.kernel._child" not in loaded  # it is the program itself
    assert not loaded & {"subprocess", "multiprocessing", "concurrent.futures", "medley.kernel.children"}


def test_a_child_that_died_idle_harms_nobody(children: Children) -> None:
    pid = int(_outcomes(children, b"pid")[b"pid"][0])
    os.kill(pid, signal.SIGKILL)
    until(lambda: not _alive(pid))
    assert _outcomes(children, b"again") == {b"again": (b"AGAIN", "", 0)}


def test_a_child_outlives_the_thread_that_asked_for_it(target: str) -> None:
    with Children(target, 1) as children:
        answers: list[bytes] = []

        def ask() -> None:
            children.submit(b"pid")
            answers.append(children.next().answer)

        for _ in range(2):
            thread = threading.Thread(target=ask)
            thread.start()
            thread.join()
            time.sleep(0.1)
        assert answers[0] == answers[1]


def test_a_target_that_cannot_be_loaded_is_told_as_dying_at_no_step() -> None:
    with Children("no_such_module:work", 1) as children:
        children.submit(b"anything")
        outcome = children.next()
    assert (outcome.failure, outcome.step) == ("crash", NO_STEP)


def test_children_die_with_their_parent(target: str) -> None:
    program = """
from medley.kernel.children import Children
import time
children = Children(%r, 1)
children.submit(b"pid")
print(children.next().answer.decode(), flush=True)
children.submit(b"spin")
time.sleep(60)
"""
    parent = start_python(program % target)
    assert parent.stdout
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    until(lambda: not _alive(pid), what="the end of the child")


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
