"""What the tests tell."""

from medley.core.players.ports import Told, Track


def listen(number: int = 1, **more) -> Told:
    """Song 1 at second 1001, and so on."""
    known = {
        "title": f"Song {number}",
        "artists": ["Ann", "Bob"],
        "artist": "Ann & Bob",
        "album": "The Album",
        "album_artist": "Ann",
        "number": number,
        "length_ms": 240_000,
        "recording_id": "3b0c1e0b-0000-4000-8000-000000000001",
    }
    return Told(track=Track(**{**known, **more}), at_s=1_000 + number, device="phone")
