"""How passwords are kept when nobody hurries."""

import subprocess
import sys

_PROGRAM = """
import time
from medley.core.identity import _passwords as p
kept = p.hash_password("correct horse")
print(kept)
print(p.password_fits(kept, "correct horse"), p.password_fits(kept, "wrong"), p.password_fits(None, "correct horse"))
def cost(kept):
    started = time.process_time()
    p.password_fits(kept, "x")
    return time.process_time() - started
print(min(cost(None) for _ in range(3)) / min(cost(kept) for _ in range(3)))
print(p.is_outdated(kept), p.is_outdated(p.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("x")))
"""


def test_hashes_are_slow_and_as_slow_for_nobody() -> None:
    """In a process of its own, where nothing was made quicker for tests."""
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True, timeout=60)
    kept, fits, ratio, outdated = done.stdout.splitlines()
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert fits == "True False False"
    assert 0.3 < float(ratio) < 3
    assert outdated == "False True"
