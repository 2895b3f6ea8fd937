from pathlib import Path
from typing import Annotated, Any

import msgspec
import pytest
from msgspec import Meta

from medley.kernel.errors import InvalidInput
from medley.kernel.settings import load


class Server(msgspec.Struct, frozen=True):
    port: Annotated[int, Meta(ge=0, le=65535, description="Where to listen.")] = 8096
    proxies: Annotated[list[str], Meta(description="Whom to believe.")] = msgspec.field(default_factory=list)


class Tree(msgspec.Struct, frozen=True):
    data: Annotated[str, Meta(description="Where things lie.")] = "~/x"
    watch: Annotated[bool, Meta(description="Whether to look.")] = True
    server: Server = msgspec.field(default_factory=Server)


def written(folder: Path, text: str) -> Path:
    file = folder / "medley.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_anything_the_defaults_hold():
    loaded = load(Tree, environ={})
    assert loaded.tree == Tree()
    assert {each.origin for each in loaded.settings} == {"default"}


def test_flags_win_over_environment_and_that_over_the_file(tmp_path: Path):
    file = written(tmp_path, 'data = "/file"\nwatch = false\n[server]\nport = 1\n')
    environ = {"MEDLEY_SERVER_PORT": "2", "MEDLEY_DATA": "/environment", "PATH": "/bin"}
    loaded = load(Tree, file=file, environ=environ, flags={"server.port": 3, "watch": None})
    assert (loaded.tree.server.port, loaded.tree.data, loaded.tree.watch) == (3, "/environment", False)
    origins = {each.name: each.origin for each in loaded.settings}
    assert origins == {
        "data": "environment",
        "watch": str(file),
        "server.port": "command line",
        "server.proxies": "default",
    }


def test_each_setting_knows_its_meaning_default_and_variable():
    port = next(each for each in load(Tree, environ={}).settings if each.name == "server.port")
    assert (port.doc, port.default, port.variable) == ("Where to listen.", 8096, "MEDLEY_SERVER_PORT")


def test_a_list_in_the_environment_is_parted_by_commas():
    assert load(Tree, environ={"MEDLEY_SERVER_PROXIES": "10.0.0.1, 10.0.0.2,"}).tree.server.proxies == [
        "10.0.0.1",
        "10.0.0.2",
    ]


@pytest.mark.parametrize(
    ("environ", "flags", "meant"),
    [
        ({"MEDLEY_SERVER_PROT": "1"}, {}, "MEDLEY_SERVER_PORT"),
        ({"MEDLEY_PORT": "1"}, {}, "MEDLEY_SERVER_PORT"),
        ({}, {"server.prot": 1}, "server.port"),
        ({}, {"wach": True}, "watch"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest_right_one(environ: dict[str, str], flags: dict[str, Any], meant: str):
    with pytest.raises(InvalidInput) as told:
        load(Tree, environ=environ, flags=flags)
    assert next(iter((environ or flags).keys())) in told.value.message
    assert f"“{meant}”" in told.value.hint


def test_a_name_like_no_other_gets_no_guess():
    with pytest.raises(InvalidInput) as told:
        load(Tree, environ={"MEDLEY_ZZZZZZ": "1"})
    assert "medley settings" in told.value.hint


@pytest.mark.parametrize("value", ["seventy", "70000", "-1"])
def test_a_wrong_value_names_the_setting_and_where_it_stands(value: str):
    with pytest.raises(InvalidInput, match=r"server\.port.*environment.*" + value):
        load(Tree, environ={"MEDLEY_SERVER_PORT": value})


def test_a_wrong_key_in_the_file_names_the_file(tmp_path: Path):
    file = written(tmp_path, "[server]\nprot = 1\n")
    with pytest.raises(InvalidInput, match=r"medley\.toml") as told:
        load(Tree, file=file, environ={})
    assert "server.port" in told.value.hint


@pytest.mark.parametrize("content", [b"data = ", b"\xff\xfe\x00", b"data = 'x'\ndata = 'y'\n"])
def test_a_file_that_is_no_toml_is_told_as_such(tmp_path: Path, content: bytes):
    file = tmp_path / "medley.toml"
    file.write_bytes(content)
    with pytest.raises(InvalidInput, match="not a settings file"):
        load(Tree, file=file, environ={})


def test_a_file_that_cannot_be_read_is_told_as_such(tmp_path: Path):
    with pytest.raises(InvalidInput, match="cannot be read"):
        load(Tree, file=tmp_path, environ={})  # a folder
