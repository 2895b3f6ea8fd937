"""Step 3, in a child process: the kinds say what a folder's files are."""

from collections.abc import Iterable, Iterator, Sequence

from medley.core.kinds import Folder, Guess, Kind

# Below this a kind was only being polite.
_LEAST = 0.1


def recognise(folder: Folder, kinds: Sequence[Kind]) -> list[Guess]:
    """The guesses that hold: each file goes to the kind that is surest of it.

    Guesses without a file describe upper rungs (a show's folder with its NFO and poster); they hold where their kind
    is asked alone, or is the surest in the folder. A file that serves another kind's work, as its picture or work
    sheet, is no work of its own unless somebody is surer of that.
    """
    offers = [list(kind.recognise(folder)) for kind in kinds]
    if len(offers) == 1:
        return offers[0]
    guesses = [guess for offer in offers for guess in offer if guess.confidence >= _LEAST]
    works = _surest((guess.path, guess) for guess in guesses)
    held = [guess for guess in guesses if works[guess.path].kind == guess.kind]
    claims = _surest((path, guess) for guess in held for path in (guess.path, *_servants(guess)))
    return [guess for guess in held if claims[guess.path].kind == guess.kind]


def _surest(offers: Iterable[tuple[str, Guess]]) -> dict[str, Guess]:
    """path → the surest guess that names it; the first of equals."""
    best: dict[str, Guess] = {}
    for path, guess in offers:
        if path not in best or guess.confidence > best[path].confidence:
            best[path] = guess
    return best


def _servants(guess: Guess) -> Iterator[str]:
    """Files that are there for the guess's work."""
    for companion in guess.companions:
        yield companion.path
    for rung in guess.ladder:
        yield from (art.path for art in rung.art if art.origin == "beside")
