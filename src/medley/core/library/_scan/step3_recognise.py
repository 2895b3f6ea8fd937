"""Step 3, in a child process: the kinds say what a folder's files are."""

from collections.abc import Sequence

from medley.core.kinds import Folder, Guess, Kind

# Below this a kind was only being polite.
_LEAST = 0.1


def recognise(folder: Folder, kinds: Sequence[Kind]) -> list[Guess]:
    """The guesses that hold: each file goes to the kind that is surest of it.

    Guesses without a file describe upper rungs (a show's folder with its NFO and poster); they hold where their kind
    is asked alone, or is the surest in the folder.
    """
    offers = [list(kind.recognise(folder)) for kind in kinds]
    if len(offers) == 1:
        return offers[0]
    best: dict[str, tuple[float, str]] = {}
    for guesses in offers:
        for guess in guesses:
            if guess.confidence >= _LEAST and guess.confidence > best.get(guess.path, (0.0, ""))[0]:
                best[guess.path] = (guess.confidence, guess.kind)
    return [
        guess
        for guesses in offers
        for guess in guesses
        if guess.confidence >= _LEAST and best.get(guess.path, (0.0, ""))[1] == guess.kind
    ]
