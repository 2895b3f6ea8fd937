"""What is played: small pieces that are composed by rule from a key, a progression and a seed."""

from dataclasses import dataclass
from random import Random

from medley.app.demo.paint.chance import seeded
from medley.app.demo.synth import BASS, BELL, GLASS, HARP, PAD, PIANO, Score, Voice

MAJOR = (0, 2, 4, 5, 7, 9, 11)
MINOR = (0, 2, 3, 5, 7, 8, 10)
DORIAN = (0, 2, 3, 5, 7, 9, 10)
LYDIAN = (0, 2, 4, 6, 7, 9, 11)

TURNS = ((0, 4, 5, 3), (5, 3, 0, 4), (0, 2, 3, 4), (0, 5, 1, 4), (0, 3, 5, 4), (3, 0, 4, 5))


@dataclass(frozen=True)
class Style:
    """How a piece sounds: its key note (MIDI), scale, chords by degree, tempo (beats per minute) and instruments."""

    key: int = 57
    scale: tuple[int, ...] = MINOR
    turn: tuple[int, ...] = TURNS[0]
    tempo: int = 84
    lead: Voice = PIANO
    plucked: Voice = HARP
    pad: Voice | None = PAD
    low: Voice | None = BASS
    busy: float = 0.6
    seed: int = 1

    def note(self, degree: int, octave: int = 0) -> float:
        """The pitch of a step of the scale; steps beyond the scale go on in the next octave."""
        return self.key + self.scale[degree % len(self.scale)] + 12 * (degree // len(self.scale) + octave)


def compose(style: Style, seconds: float) -> Score:
    """A piece of about this length: chords, a broken accompaniment and a melody that repeats with changes."""
    slot = 60 / style.tempo / 2
    bars = max(1, round(seconds / (slot * 8)))
    score = Score(slot, bars * 8)
    random = seeded(style.seed)
    motif = _motif(random, style.busy)
    for bar in range(bars):
        root = style.turn[bar % len(style.turn)]
        last = bar == bars - 1
        _chord(score, style, bar * 8, root)
        _broken(score, style, bar * 8, root, random, 3 if last else 8)
        if bar >= min(2, bars - 1) and not last:
            _melody(score, style, bar * 8, root, motif, random)
    return score


def _motif(random: Random, busy: float) -> list[tuple[int, int]]:
    places = [0, *[place for place in range(1, 8) if random.random() < busy * (0.75 if place % 2 == 0 else 0.35)]]
    step, tune = random.choice((2, 4)), []
    for place in places:
        step = max(0, min(9, step + random.choice((-2, -1, -1, 1, 1, 2))))
        tune.append((place, step))
    return tune


def _chord(score: Score, style: Style, at: int, root: int) -> None:
    if style.pad:
        for pan, degree in ((0.25, root), (0.5, root + 2), (0.75, root + 4)):
            score.play(at, style.pad, style.note(degree), 0.16, pan)
    if style.low:
        score.play(at, style.low, style.note(root, -1), 0.42)
        score.play(at + 4, style.low, style.note(root + 4 if root < 3 else root, -1), 0.22)


def _broken(score: Score, style: Style, at: int, root: int, random: Random, until: int) -> None:
    shape = (0, 4, 7, 9, 7, 4, 2, 4)
    for place in range(until):
        loud = 0.3 if place == 0 else 0.14 + 0.08 * random.random()
        score.play(at + place, style.plucked, style.note(root + shape[place]), loud, 0.3 + 0.4 * (place % 2))


def _melody(score: Score, style: Style, at: int, root: int, motif: list[tuple[int, int]], random: Random) -> None:
    for place, step in motif:
        if random.random() < 0.85:
            moved = step + (random.choice((-1, 1)) if random.random() < 0.2 else 0)
            # On the bar's first beat the tune rests on the chord, in between it may pass through other notes.
            degree = root + 2 * (moved // 2) if place == 0 else moved
            score.play(at + place, style.lead, style.note(degree, 1), 0.34 + 0.1 * random.random(), 0.55)


def drone(key: int, seconds: float, seed: int) -> Score:
    """Slow, low bells over a long tone: something to fall asleep to, where a voice would read a book."""
    random = seeded(seed)
    slot = 0.5
    score = Score(slot, max(2, round(seconds / slot)))
    scale = (0, 3, 5, 7, 10, 12, 15)
    for at in range(0, score.slots, 6):
        score.play(at, PAD, key + random.choice((0, 0, 5, 7)), 0.25, random.random())
        score.play(at + 1, PAD, key + 12, 0.1, random.random())
    for at in range(score.slots):
        if random.random() < 0.4:
            score.play(at, random.choice((GLASS, BELL)), key + 12 + random.choice(scale), 0.16, random.random())
    return score
