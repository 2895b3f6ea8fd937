"""What Music Assistant does with a server, by its own client: run by an interpreter that has `aioaudiobookshelf`.

    python real_client.py <address of the door> <name> <password>

Its models refuse answers with a field missing or of another type. Prints what it saw as one JSON object.
"""

import asyncio
import json
import sys

import aiohttp
from aioaudiobookshelf import get_user_and_socket_client, get_user_client_by_token
from aioaudiobookshelf.client.session_configuration import SessionConfiguration
from aioaudiobookshelf.helpers import FilterGroup, FilterProgressType, get_library_filter_string
from aioaudiobookshelf.schema.calls_items import PlaybackSessionParameters
from aioaudiobookshelf.schema.calls_playlists import CreatePlaylistParameters, UpdatePlaylistParameters
from aioaudiobookshelf.schema.calls_session import CloseOpenSessionsParameters
from aioaudiobookshelf.schema.library import LibraryMediaType
from aioaudiobookshelf.schema.playlist import PlaylistItem
from aioaudiobookshelf.schema.session import DeviceInfo

DEVICE = PlaybackSessionParameters(
    device_info=DeviceInfo(device_id="d1", client_name="Music Assistant", client_version="1"),
    supported_mime_types=[],
)


async def main(url: str, name: str, password: str) -> dict:
    seen: dict = {}
    async with aiohttp.ClientSession() as web:
        config = SessionConfiguration(session=web, url=url, pagination_items_per_page=2)
        client, socket = await get_user_and_socket_client(session_config=config, username=name, password=password)
        again = await get_user_client_by_token(session_config=config)
        assert again.user.id_ == client.user.id_
        heard = asyncio.Event()
        told: list = []

        async def moved(id_: str, progress) -> None:
            told.append((id_, progress.current_time))
            heard.set()

        socket.set_user_callbacks(on_user_item_progress_updated=moved)
        await socket.init_client(wait_timeout=10)
        libraries = await client.get_all_libraries()
        seen["libraries"] = sorted((each.name, each.media_type.value) for each in libraries)
        for library in libraries:
            await look_around(client, library, seen)
        book = seen.pop("book")
        await listen(client, book, seen, heard)
        seen["told"] = told[0][0] == book
        await lists(client, libraries[0].id_, book, seen)
        await client.refresh()
        await client.get_my_user()
        await socket.shutdown()
        await client.logout()
    return seen


async def look_around(client, library, seen: dict) -> None:
    await client.get_library(library_id=library.id_)
    await client.get_library_with_filterdata(library_id=library.id_)
    await client.get_library_filterdata(library_id=library.id_)
    await client.get_library_personalized_view(library_id=library.id_, limit=5)
    narrators = await client.get_library_narrators(library_id=library.id_)
    authors = await client.get_library_authors(library_id=library.id_)
    for author in authors:
        await client.get_author(author_id=author.id_, include_items=True, include_series=True)
    titles: list[str] = []
    async for page in client.get_library_items(library_id=library.id_):
        titles += [each.media.metadata.title for each in page.results]
        for item in page.results:
            await look_at(client, library, item.id_, seen)
    seen.setdefault("titles", []).extend(titles)
    unread = get_library_filter_string(filter_group=FilterGroup.PROGRESS, filter_value=FilterProgressType.NOTSTARTED)
    async for page in client.get_library_items(library_id=library.id_, filter_str=unread):
        seen["unread"] = seen.get("unread", 0) + len(page.results)
    async for page in client.get_library_series(library_id=library.id_):
        for series in page.results:
            seen.setdefault("series", []).append(series.name)
            await client.get_series(series_id=series.id_, include_progress=True)
    async for _ in client.get_library_collections(library_id=library.id_):
        pass
    async for _ in client.get_library_playlists(library_id=library.id_):
        pass
    seen.setdefault("authors", []).extend(each.name for each in authors)
    seen.setdefault("narrators", []).extend(each.name for each in narrators)


async def look_at(client, library, item_id: str, seen: dict) -> None:
    if library.media_type is LibraryMediaType.BOOK:
        await client.get_library_item_book(book_id=item_id, expanded=False)
        book = await client.get_library_item_book(book_id=item_id, expanded=True)
        await client.get_library_item_batch_book(item_ids=[item_id])
        if book.media.tracks:
            seen["book"] = item_id
            seen.setdefault("chapters", {})[book.media.metadata.title] = len(book.media.chapters)
    else:
        await client.get_library_item_podcast(podcast_id=item_id, expanded=False)
        podcast = await client.get_library_item_podcast(podcast_id=item_id, expanded=True)
        await client.get_library_item_batch_podcast(item_ids=[item_id])
        for episode in podcast.media.episodes:
            seen.setdefault("episodes", []).append(episode.title)
            await client.get_podcast_episode(podcast_id=item_id, episode_id=episode.id_)
            session = await client.get_playback_session(
                session_parameters=DEVICE, item_id=item_id, episode_id=episode.id_
            )
            await client.close_open_session(session_id=session.id_)


async def listen(client, book: str, seen: dict, heard: asyncio.Event) -> None:
    session = await client.get_playback_session(session_parameters=DEVICE, item_id=book)
    await client.get_open_session(session_id=session.id_)
    place = min(5.0, session.duration / 4)
    parameters = CloseOpenSessionsParameters(current_time=place, time_listened=4, duration=session.duration)
    while not heard.is_set():  # the socket may still be signing in
        await client.sync_open_session(session_id=session.id_, parameters=parameters)
        await asyncio.wait([asyncio.ensure_future(heard.wait())], timeout=1)
    await client.close_open_session(session_id=session.id_, parameters=parameters)
    progress = await client.get_my_media_progress(item_id=book)
    assert progress is not None
    seen["progress"] = progress.current_time == place
    async for page in client.get_my_listening_sessions():
        seen["sessions"] = page.total
    seen["in_progress"] = [each.id_ == book for each in await client.get_my_items_in_progress()]
    await client.sync_local_session(playback_session=session)
    await client.sync_local_sessions(playback_sessions=[session])
    await client.update_my_media_progress(
        item_id=book, duration_seconds=session.duration, progress_seconds=1, is_finished=True
    )
    await client.remove_my_media_progress(media_progress_id=book)
    seen["forgotten"] = await client.get_my_media_progress(item_id=book) is None
    assert (await client.get_my_user()).username


async def lists(client, library_id: str, book: str, seen: dict) -> None:
    entry = PlaylistItem(library_item_id=book)
    made = await client.create_playlist(
        parameters=CreatePlaylistParameters(name="Tonight", library_id=library_id, items=[entry])
    )
    await client.get_all_playlists()
    await client.get_playlist(playlist_id=made.id_)
    changed = await client.update_playlist(playlist_id=made.id_, parameters=UpdatePlaylistParameters(name="Tomorrow"))
    seen["playlist"] = (changed.name, len(changed.items))
    await client.add_item_to_playlist_batch(playlist_id=made.id_, items=[entry])
    await client.remove_item_from_playlist(playlist_id=made.id_, item=entry)
    await client.delete_playlist(playlist_id=made.id_)
    await client.get_all_collections()


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(*sys.argv[1:]))))
