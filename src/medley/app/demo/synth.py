"""Music out of arithmetic: plucked, struck and bowed tones, laid on a grid of beats.

Sound is kept as libvips images of one row and two float bands (left, right): its arithmetic runs at the speed of C,
which plain Python cannot, and it is a dependency anyway.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

RATE = 44_100
BAR = 8  # slots
Sound = Any  # pyvips.Image; the library is loaded only when a note is played


@dataclass(frozen=True)
class Voice:
    """An instrument: the strength of its partials, how it starts and how it dies away (seconds)."""

    partials: tuple[tuple[float, float], ...]  # (multiple of the pitch, strength)
    attack: float
    decay: float
    length: float
    drift: float = 0.0  # a second string, out of tune by this part: a slow beating


PIANO = Voice(((1, 1.0), (2, 0.45), (3, 0.2), (4.01, 0.1), (5.02, 0.05)), 0.006, 1.1, 3.0, 0.0006)
HARP = Voice(((1, 1.0), (2, 0.3), (3, 0.28), (4, 0.08)), 0.003, 0.7, 2.0)
BELL = Voice(((1, 1.0), (2.76, 0.4), (5.4, 0.18), (0.5, 0.25)), 0.003, 1.6, 4.0, 0.001)
PAD = Voice(((1, 1.0), (2, 0.35), (3, 0.16)), 0.7, 2.0, 4.0, 0.003)
BASS = Voice(((1, 1.0), (2, 0.35), (3, 0.08)), 0.01, 0.9, 2.0)
GLASS = Voice(((1, 1.0), (3, 0.12), (4.2, 0.1)), 0.06, 1.3, 3.0, 0.002)


@dataclass
class Score:
    """Notes on a grid: one slot is the shortest step, `slot` seconds long."""

    slot: float
    slots: int
    notes: list[tuple[int, Voice, float, float, float]] = field(default_factory=list)

    def play(self, at: int, voice: Voice, pitch: float, loud: float = 0.5, pan: float = 0.5) -> None:
        """A note at a slot; `pitch` as a MIDI number, `pan` from 0 (left) to 1 (right)."""
        if at < self.slots:
            self.notes.append((at, voice, pitch, loud, pan))

    @property
    def seconds(self) -> float:
        return self.slot * self.slots

    def render(self) -> bytes:
        """The music as interleaved 32-bit float stereo at 44.1 kHz, its peak at -3 dB."""
        import pyvips

        bar = round(self.slot * RATE * BAR)
        sounding: list[list[Sound]] = [[] for _ in range(-(-self.slots // BAR) + 2)]
        for at, voice, pitch, loud, pan in self.notes:
            tone = _tone(voice, pitch)
            start = round((at % BAR) * self.slot * RATE)
            sides = [loud * (1 - pan) ** 0.5, loud * pan**0.5]
            sounding[at // BAR].append((tone * sides).embed(start, 0, bar * 3, 1))
        silence = pyvips.Image.black(bar * 3, 1, bands=2).cast("float")
        # Notes are summed bar by bar; each sum rings on for two bars more and is then laid over those that follow.
        blocks = [pyvips.Image.sum(notes).cast("float").copy_memory() if notes else silence for notes in sounding]
        rows = [_overlaid(blocks, index, bar) for index in range(len(blocks) - 2)]
        whole: Sound = pyvips.Image.arrayjoin(rows, across=1).copy_memory()
        loudest = max(float(whole.abs().max()), 1e-6)
        return (whole * (0.707 / loudest)).cast("float").write_to_memory()


def _overlaid(blocks: list[Sound], index: int, bar: int) -> Sound:
    """One bar: its own notes, and the tails of the two before."""
    parts = [blocks[index - back].crop(back * bar, 0, bar, 1) for back in range(min(3, index + 1))]
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total.cast("float").copy_memory()


@lru_cache(maxsize=160)
def _tone(voice: Voice, pitch: float) -> Sound:
    """One note, mono."""
    import pyvips

    length = round(voice.length * RATE)
    time: Sound = pyvips.Image.xyz(length, 1)[0].cast("float") / RATE
    frequency = 440 * 2 ** ((pitch - 69) / 12)
    tone: Sound = None
    for multiple, strength in voice.partials:
        if frequency * multiple > RATE * 0.4:
            continue
        wave = (time * (360 * frequency * multiple)).sin()
        if voice.drift and multiple == 1:
            wave = (wave + (time * (360 * frequency * multiple * (1 + voice.drift))).sin()) * 0.5
        fall = (time * (-(0.6 + 0.4 * multiple) / voice.decay)).exp()
        partial = wave * fall * strength
        tone = partial if tone is None else tone + partial
    rise = 1 - (time * (-3 / voice.attack)).exp()
    release: Sound = (length / RATE - time) * 8  # the last eighth of a second, so that the cut makes no click
    release = (release < 1).ifthenelse(release, 1)
    return (tone * rise * release).cast("float").copy_memory()
