"""Telling services outside what one hears."""

from typing import Annotated

from fastapi import Path

from medley.core.players import Heard, ScrobbleService
from medley.protocols.native._parts import House, Who
from medley.protocols.native._wire.answers import Counting, ServiceLogin
from medley.protocols.native._wire.asks import ConnectService, NewListens

Name = Annotated[str, Path(max_length=40, pattern=r"^[a-z]+$")]


def add_listens(house: House, who: Who, ask: NewListens) -> Counting:
    """Count listens that a player noticed itself; one that was told before is not counted again."""
    heard = [Heard(**each.model_dump()) for each in ask.listens]
    return Counting(house.players.listens.add(who, heard))


def list_services(house: House, who: Who) -> list[ScrobbleService]:
    """The services that may be told, and how it stands with each."""
    return house.players.scrobbling.all(who)


def begin_service(house: House, name: Name) -> ServiceLogin:
    """Where one lets Medley in, and the token to connect with afterwards; empty where one copies a token from there."""
    login = house.players.scrobbling.login(name)
    return ServiceLogin(login.url, login.secret)


def connect_service(house: House, who: Who, name: Name, ask: ConnectService) -> ScrobbleService:
    """From now on a service is told what one hears."""
    return house.players.scrobbling.connect(who, name, ask.token)


def disconnect_service(house: House, who: Who, name: Name) -> None:
    """A service is told nothing any more."""
    house.players.scrobbling.disconnect(who, name)
