import json
import subprocess
import sys

import pytest
from tests.support.processes import die_with_parent

from medley.app.launch import Launch, from_line, give_up
from medley.app.settings import ServerSettings, Settings
from medley.kernel.errors import Conflict

LAUNCH = Launch(Settings(database="postgresql://me:secret@db/medley"), [("film", "/films/a\nb"), ("auto", "/ü")])
PROGRAM = """
import time
from medley.app.launch import begin
print(begin("test").sources, flush=True)
time.sleep(60)
"""


def started() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", PROGRAM]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, preexec_fn=die_with_parent)


def test_a_launch_is_one_line_and_comes_back_whole():
    line = LAUNCH.to_line()
    assert line.count(b"\n") == 1
    assert from_line(line) == LAUNCH


def test_a_process_learns_what_to_do_and_ends_with_its_lifeline():
    with started() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(LAUNCH.to_line())
        process.stdin.flush()
        assert process.stdout.readline().decode().strip() == str(LAUNCH.sources)
        process.stdin.close()
        assert process.wait(10) == 1


def test_a_process_that_is_told_nothing_ends():
    with started() as process:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(20) == 1


def test_the_proxy_s_folder_is_passed_on():
    assert LAUNCH.accel() is None
    assert Launch(Settings(server=ServerSettings(accel="/internal"))).accel() == {"/": "/internal"}


def test_who_gives_up_says_why_in_one_line(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as left:
        give_up(Conflict("The port is taken.", hint="Choose another."))
    assert left.value.code == 2
    assert json.loads(capsys.readouterr().out) == {"error": "The port is taken.", "hint": "Choose another."}
