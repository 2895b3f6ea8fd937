"""The extension `transcoding`: an app says what it can, and gets it."""

import json
from typing import Any

import httpx
import jsonschema_rs
import pytest
from tests.support.house import House
from tests.support.subsonic import App

from .test_schema import SPECS, whole
from .test_streaming import length_of

_MP3 = {"container": "mp3", "audioCodec": "mp3", "protocol": "http", "maxAudioChannels": 2}
_PLAYS_MP3 = {"containers": ["mp3"], "audioCodecs": ["mp3"], "protocols": ["http"]}
_PLAYS_ALL = {"containers": [], "audioCodecs": [], "protocols": []}


@pytest.fixture(scope="module")
def song(house: House) -> str:
    return f"so-{house.item(kind='music', level='track', sort='title')['id']}"


def decide(app: App, song: str, body: Any, **parameters: str) -> dict[str, Any]:
    query = {**app.usual, **app.credentials, "mediaId": song, "mediaType": "song", **parameters}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"content-type": "application/json"}
    answer = httpx.post(f"{app.url}/rest/getTranscodeDecision", params=query, content=data, headers=headers)
    return answer.json()["subsonic-response"]


def client(**told: Any) -> dict[str, Any]:
    return {"name": "test", "platform": "test", **told}


def test_it_is_announced(app: App) -> None:
    found = {each["name"]: each["versions"] for each in app.ask("getOpenSubsonicExtensions")["openSubsonicExtensions"]}
    assert found["transcoding"] == [1]
    assert found["transcodeOffset"] == [1]


def test_what_can_be_played_is_played(app: App, song: str) -> None:
    found = decide(app, song, client(directPlayProfiles=[_PLAYS_MP3, _PLAYS_ALL]))["transcodeDecision"]
    assert found["canDirectPlay"] is True
    assert found["canTranscode"] is False
    assert found["transcodeReason"] == []
    assert found["sourceStream"]["codec"] == "flac"
    assert found["sourceStream"]["audioSamplerate"] > 0


def test_what_cannot_is_made_and_comes_as_promised(app: App, song: str) -> None:
    told = client(directPlayProfiles=[_PLAYS_MP3], transcodingProfiles=[_MP3], maxTranscodingAudioBitrate=96000)
    found = decide(app, song, told)["transcodeDecision"]
    assert found["canDirectPlay"] is False
    assert found["canTranscode"] is True
    assert found["transcodeReason"] == ["ContainerNotSupported"]
    assert found["transcodeStream"]["codec"] == "mp3"
    assert found["transcodeStream"]["audioBitrate"] == 96000
    query = {"mediaId": song, "mediaType": "song", "transcodeParams": found["transcodeParams"]}
    answer = app.get("getTranscodeStream", **query)
    assert answer.headers["content-type"] == "audio/mpeg"
    assert length_of(answer.content)[0].startswith("mp3")


def test_limits_of_codecs_and_the_words_of_drafts(app: App, song: str) -> None:
    bound = {"name": "audioSamplerate", "comparison": "LessThanEqual", "value": "8000", "required": True}
    told = client(
        directPlayProfiles=[{"container": "mp3,flac", "audioCodec": "mp3,flac", "protocol": "*"}],
        transcodingProfiles=[{**_MP3, "protocol": "hls"}, {"container": "ogg", "audioCodec": "opus", "protocol": "*"}],
        codecProfiles=[{"type": "AudioCodec", "name": "flac", "limitations": [bound]}],
    )
    found = decide(app, song, told)["transcodeDecision"]
    assert found["transcodeReason"] == ["SampleRateNotSupported"]
    assert found["transcodeStream"]["codec"] == "opus"


@pytest.mark.skipif(not SPECS.is_dir(), reason="The protocol's document is not here.")
def test_a_decision_is_as_described(app: App, song: str) -> None:
    described = json.loads((SPECS / "schemas" / "TranscodeDecision.json").read_text())
    validator = jsonschema_rs.validator_for(whole(described, SPECS / "schemas"))
    for told in (client(), client(directPlayProfiles=[_PLAYS_MP3], transcodingProfiles=[_MP3])):
        validator.validate(decide(app, song, told)["transcodeDecision"])
    with pytest.raises(jsonschema_rs.ValidationError):
        validator.validate({"canTranscode": True})


def test_nothing_that_fits(app: App, song: str) -> None:
    found = decide(app, song, client())["transcodeDecision"]
    assert (found["canDirectPlay"], found["canTranscode"]) == (False, False)
    assert found["errorReason"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", 10), (b"{", 0), (b"[]", 0), (b'{"directPlayProfiles": 5}', 0), (b"\xff\xfe", 0),
        (b'{"codecProfiles":[{"name":"mp3","limitations":[{"name":"x","comparison":"Equals","values":[]}]}]}', 0),
    ],
)  # fmt: skip
def test_bodies_that_make_no_sense(app: App, song: str, body: bytes, code: int) -> None:
    assert decide(app, song, body)["error"]["code"] == code


def test_what_is_missing(app: App, song: str) -> None:
    assert decide(app, song, client(), mediaType="film")["error"]["code"] == 0
    assert decide(app, "so-0123456789abcdef0123456789", client())["error"]["code"] == 70


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"transcodeParams": "mp3-1k-r44100-c2-a0"}, 400),
        ({"transcodeParams": "../../x"}, 400),
        ({"transcodeParams": "mp3-96k-r44100-c2-a9"}, 404),
        ({"mediaId": "so-0123456789abcdef0123456789"}, 404),
        ({"offset": "99999"}, 400),
    ],
)
def test_streams_that_nobody_promised(app: App, song: str, parameters: dict[str, str], status: int) -> None:
    query = {"mediaId": song, "mediaType": "song", "transcodeParams": "mp3-96k-r44100-c2-a0", **parameters}
    answer = app.get("getTranscodeStream", **query)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/plain")
    assert len(answer.text) > 10
