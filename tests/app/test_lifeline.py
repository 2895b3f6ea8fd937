import os
import subprocess
import sys
import time

import pytest
from tests.support.processes import die_with_parent

LEAVING = """
import time
from medley.app import lifeline
lifeline.hold_on()
print("up", flush=True)
time.sleep(60)
"""
TELLING = """
import threading
from medley.app import lifeline
gone = threading.Event()
lifeline.hold_on(gone.set)
print("up", flush=True)
print("told", gone.wait(30), flush=True)
"""


@pytest.mark.parametrize(("program", "code", "last"), [(LEAVING, 1, ""), (TELLING, 0, "told True")])
def test_a_process_notices_that_its_supervisor_is_gone(program: str, code: int, last: str):
    ours, theirs = os.pipe()
    command = [sys.executable, "-c", program]
    with subprocess.Popen(
        command, stdin=ours, stdout=subprocess.PIPE, text=True, preexec_fn=die_with_parent
    ) as process:
        os.close(ours)
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        os.write(theirs, b"chatter is no reason to leave")
        time.sleep(0.2)
        assert process.poll() is None
        os.close(theirs)
        assert process.wait(10) == code
        assert process.stdout.read().strip() == last
