"""The whole door on one page: every address, who may use it, and what it answers."""

from typing import Any

from medley.core.acquire import Episode, FeedChapter, Imported, Preview, Subscription
from medley.core.identity import AppPassword, NewAppPassword, User
from medley.core.library import (
    Counted,
    ItemCard,
    ItemDetail,
    ItemList,
    ListCount,
    ListEntry,
    Mine,
    Notice,
    PlaylistImport,
    ProgressView,
    RadioStation,
    Source,
)
from medley.core.players import ScrobbleService
from medley.kernel.pages import Page
from medley.protocols.native import (
    accounts,
    app_passwords,
    books,
    events,
    files,
    items,
    jobs,
    lists,
    mine,
    play,
    players,
    podcasts,
    radio,
    scrobbling,
    search,
    server,
    shares,
    sources,
    streams,
)
from medley.protocols.native._route import PUBLIC, SIGNED_IN, Route
from medley.protocols.native._wire.answers import (
    Book,
    BookmarkView,
    ComicPages,
    Counting,
    Home,
    Job,
    JobAsked,
    KindView,
    Lyrics,
    OpenSession,
    PlayAnswer,
    PlayingView,
    QueueView,
    SearchAnswer,
    Server,
    ServiceLogin,
    SharedPage,
    ShareView,
    System,
    TrashCount,
    Welcome,
)
from medley.protocols.native.lists import collections, playlists

PREFIX = "/api/v1"

VIEW = "media.view"
DOWNLOAD = "media.download"
UPLOAD = "media.upload"
DELETE = "media.delete"
CONFIGURE = "system.configure"

BYTES = "*/*"  # whatever the file is
WEBP = "image/webp"
PICTURE = "image/*"
TEXT = "text/plain"
VTT = "text/vtt"
OPML = "text/x-opml"
HLS = play.HLS_TYPE
MP4 = "video/mp4"
FILE = "files/{file_id}"  # what keys in addresses are signed for

SHARED = "/shared/{token}/items/{item_id}"

ROOT_ROUTES = (Route("GET", "/healthz", server.get_health, PUBLIC, TEXT),)

ROUTES = (
    # this server
    Route("GET", "/server", server.get_server, PUBLIC, Server),
    Route("GET", "/openapi.json", server.get_openapi, PUBLIC, dict[str, Any]),
    Route("GET", "/kinds", server.list_kinds, SIGNED_IN, list[KindView]),
    Route("GET", "/system", server.get_system, CONFIGURE, System),
    Route("GET", "/events", events.stream_events, SIGNED_IN, "text/event-stream"),
    # people
    Route("POST", "/setup", accounts.set_up, PUBLIC, Welcome, 201),
    Route("POST", "/sessions", accounts.sign_in, PUBLIC, Welcome, 201),
    Route("GET", "/sessions", accounts.list_sessions, SIGNED_IN, list[OpenSession]),
    Route("DELETE", "/sessions/current", accounts.sign_out, SIGNED_IN),
    Route("DELETE", "/sessions/{session_id}", accounts.end_session, SIGNED_IN),
    Route("GET", "/me", accounts.get_me, SIGNED_IN, User),
    Route("PATCH", "/me", accounts.change_me, SIGNED_IN, User),
    Route("GET", "/me/app-passwords", app_passwords.list_app_passwords, SIGNED_IN, list[AppPassword]),
    Route("POST", "/me/app-passwords", app_passwords.make_app_password, SIGNED_IN, NewAppPassword, 201),
    Route("DELETE", "/me/app-passwords/{app_password_id}", app_passwords.revoke_app_password, SIGNED_IN),
    Route("GET", "/users", accounts.list_users, CONFIGURE, list[User]),
    Route("POST", "/users", accounts.add_user, CONFIGURE, User, 201),
    Route("PATCH", "/users/{user_id}", accounts.change_user, CONFIGURE, User),
    Route("DELETE", "/users/{user_id}", accounts.remove_user, CONFIGURE),
    Route("GET", "/users/{user_id}/app-passwords", app_passwords.list_app_passwords_of, CONFIGURE, list[AppPassword]),
    Route(
        "DELETE", "/users/{user_id}/app-passwords/{app_password_id}", app_passwords.revoke_app_password_of, CONFIGURE
    ),
    # sources
    Route("GET", "/sources", sources.list_sources, VIEW, list[Source]),
    Route("POST", "/sources", sources.add_source, CONFIGURE, Source, 201),
    Route("GET", "/sources/{source_id}", sources.get_source, VIEW, Source),
    Route("PATCH", "/sources/{source_id}", sources.change_source, CONFIGURE, Source),
    Route("DELETE", "/sources/{source_id}", sources.remove_source, CONFIGURE),
    Route("POST", "/sources/{source_id}/scan", sources.scan_source, CONFIGURE, JobAsked, 202),
    Route("POST", "/sources/{source_id}/changed", sources.tell_changed, CONFIGURE, JobAsked, 202),
    Route("GET", "/notices", sources.list_notices, CONFIGURE, Page[Notice]),
    Route("DELETE", "/notices/{notice_id}", sources.dismiss_notice, CONFIGURE),
    Route("GET", "/jobs", jobs.list_jobs, CONFIGURE, Page[Job]),
    Route("GET", "/jobs/{job_id}", jobs.get_job, CONFIGURE, Job),
    Route("POST", "/jobs/{job_id}/cancel", jobs.cancel_job, CONFIGURE, Job),
    Route("POST", "/jobs/{job_id}/retry", jobs.retry_job, CONFIGURE, Job),
    # items
    Route("GET", "/home", items.get_home, VIEW, Home),
    Route("GET", "/search", search.find, VIEW, SearchAnswer),
    Route("GET", "/items", items.list_items, VIEW, Page[ItemCard]),
    Route("GET", "/items/count", items.count_items, VIEW, ListCount),
    Route("GET", "/items/{item_id}", items.get_item, VIEW, ItemDetail),
    Route("GET", "/items/{item_id}/similar", items.list_similar, VIEW, list[ItemCard]),
    Route("GET", "/items/{item_id}/top", items.list_top, VIEW, list[ItemCard]),
    Route("DELETE", "/items/{item_id}", items.trash_item, DELETE),
    Route("POST", "/items/{item_id}/restore", items.restore_item, DELETE),
    Route("GET", "/trash", items.list_trash, DELETE, Page[ItemCard]),
    Route("GET", "/trash/count", items.count_trash, DELETE, TrashCount),
    Route("DELETE", "/trash", items.empty_trash, DELETE),
    Route("DELETE", "/trash/{item_id}", items.delete_item, DELETE),
    Route("PUT", "/items/{item_id}/tags/{name}", items.tag_item, UPLOAD),
    Route("DELETE", "/items/{item_id}/tags/{name}", items.untag_item, UPLOAD),
    Route("GET", "/words/{word_type}", items.list_words, VIEW, Page[Counted]),
    Route("GET", "/people", items.list_people, VIEW, Page[Counted]),
    Route("GET", "/people/{person_id}", items.get_person, VIEW, Counted),
    # one's own
    Route("PUT", "/items/{item_id}/progress", mine.report_progress, VIEW, Mine),
    Route("GET", "/items/{item_id}/progress", mine.get_progress, VIEW, ProgressView),
    Route("POST", "/items/{item_id}/played", mine.mark_played, VIEW),
    Route("PUT", "/items/{item_id}/opinion", mine.give_opinion, VIEW, Mine),
    Route("GET", "/playlists", playlists.list_all, VIEW, Page[ItemList]),
    Route("POST", "/playlists", playlists.create, VIEW, ItemList, 201),
    Route("GET", "/playlists/{list_id}", playlists.get, VIEW, ItemList),
    Route("PATCH", "/playlists/{list_id}", playlists.change, VIEW, ItemList),
    Route("DELETE", "/playlists/{list_id}", playlists.remove, VIEW),
    Route("GET", "/playlists/{list_id}/items", playlists.entries, VIEW, Page[ListEntry]),
    Route("POST", "/playlists/{list_id}/items", playlists.add, VIEW, ItemList),
    Route("DELETE", "/playlists/{list_id}/items/{entry_id}", playlists.take_out, VIEW),
    Route("POST", "/playlists/{list_id}/items/{entry_id}/move", playlists.move, VIEW),
    Route("GET", "/playlists/{list_id}/rules", lists.get_rules, VIEW, dict[str, Any]),
    Route("POST", "/playlists/import", lists.import_playlist, VIEW, PlaylistImport, 201),
    Route("GET", "/playlists/{list_id}/m3u8", lists.export_playlist, VIEW, lists.M3U),
    Route("GET", "/collections", collections.list_all, VIEW, Page[ItemList]),
    Route("POST", "/collections", collections.create, UPLOAD, ItemList, 201),
    Route("GET", "/collections/{list_id}", collections.get, VIEW, ItemList),
    Route("PATCH", "/collections/{list_id}", collections.change, UPLOAD, ItemList),
    Route("DELETE", "/collections/{list_id}", collections.remove, UPLOAD),
    Route("GET", "/collections/{list_id}/items", collections.entries, VIEW, Page[ListEntry]),
    Route("POST", "/collections/{list_id}/items", collections.add, UPLOAD, ItemList),
    Route("DELETE", "/collections/{list_id}/items/{entry_id}", collections.take_out, UPLOAD),
    Route("POST", "/collections/{list_id}/items/{entry_id}/move", collections.move, UPLOAD),
    # players
    Route("GET", "/now-playing", players.list_playing, VIEW, list[PlayingView]),
    Route("PUT", "/now-playing", players.report_playing, VIEW),
    Route("GET", "/play-queue", players.get_queue, VIEW, QueueView),
    Route("PUT", "/play-queue", players.save_queue, VIEW, QueueView),
    Route("GET", "/play-queue/items", players.list_queue, VIEW, Page[ItemCard]),
    Route("GET", "/bookmarks", players.list_bookmarks, VIEW, list[BookmarkView]),
    Route("PUT", "/items/{item_id}/bookmark", players.put_bookmark, VIEW, BookmarkView),
    Route("DELETE", "/items/{item_id}/bookmark", players.remove_bookmark, VIEW),
    Route("POST", "/listens", scrobbling.add_listens, VIEW, Counting),
    Route("GET", "/scrobbling", scrobbling.list_services, VIEW, list[ScrobbleService]),
    Route("POST", "/scrobbling/{name}/login", scrobbling.begin_service, VIEW, ServiceLogin),
    Route("PUT", "/scrobbling/{name}", scrobbling.connect_service, VIEW, ScrobbleService),
    Route("DELETE", "/scrobbling/{name}", scrobbling.disconnect_service, VIEW),
    # links and stations
    Route("GET", "/shares", shares.list_shares, DOWNLOAD, list[ShareView]),
    Route("POST", "/shares", shares.create_share, DOWNLOAD, ShareView, 201),
    Route("PATCH", "/shares/{share_id}", shares.change_share, DOWNLOAD, ShareView),
    Route("DELETE", "/shares/{share_id}", shares.revoke_share, DOWNLOAD),
    Route("GET", "/shared/{token}", shares.open_share, PUBLIC, SharedPage),
    Route("GET", SHARED + "/artwork", shares.get_shared_artwork, PUBLIC, WEBP, ranges=True),
    Route("GET", SHARED + "/files/{file_id}", shares.get_shared_file, PUBLIC, BYTES, ranges=True),
    Route("GET", "/radio-stations", radio.list_stations, VIEW, list[RadioStation]),
    Route("POST", "/radio-stations", radio.add_station, CONFIGURE, RadioStation, 201),
    Route("PATCH", "/radio-stations/{station_id}", radio.change_station, CONFIGURE, RadioStation),
    Route("DELETE", "/radio-stations/{station_id}", radio.remove_station, CONFIGURE),
    # podcasts
    Route("GET", "/podcasts", podcasts.list_podcasts, VIEW, Page[Subscription]),
    Route("POST", "/podcasts", podcasts.follow_podcast, UPLOAD, Subscription, 201),
    Route("POST", "/podcasts/preview", podcasts.preview_podcast, UPLOAD, Preview),
    Route("POST", "/podcasts/refresh", podcasts.refresh_podcasts, UPLOAD, JobAsked, 202),
    Route("GET", "/podcasts/opml", podcasts.export_podcasts, UPLOAD, OPML),
    Route("POST", "/podcasts/opml", podcasts.import_podcasts, UPLOAD, Imported),
    Route("GET", "/podcasts/episodes", podcasts.list_newest_episodes, VIEW, Page[Episode]),
    Route("GET", "/podcasts/episodes/{episode_id}", podcasts.get_episode, VIEW, Episode),
    Route("GET", "/podcasts/episodes/{episode_id}/chapters", podcasts.list_chapters, VIEW, list[FeedChapter]),
    Route("GET", "/podcasts/episodes/{episode_id}/bytes", podcasts.get_episode_bytes, VIEW, BYTES, ranges=True),
    Route("POST", "/podcasts/episodes/{episode_id}/download", podcasts.download_episode, UPLOAD, Episode, 202),
    Route("DELETE", "/podcasts/episodes/{episode_id}/download", podcasts.remove_episode, DELETE, Episode),
    Route("GET", "/podcasts/{feed_id}", podcasts.get_podcast, VIEW, Subscription),
    Route("PATCH", "/podcasts/{feed_id}", podcasts.change_podcast, UPLOAD, Subscription),
    Route("DELETE", "/podcasts/{feed_id}", podcasts.leave_podcast, UPLOAD),
    Route("GET", "/podcasts/{feed_id}/episodes", podcasts.list_episodes, VIEW, Page[Episode]),
    Route("GET", "/podcasts/{feed_id}/cover", podcasts.get_cover, VIEW, PICTURE),
    Route("POST", "/podcasts/{feed_id}/refresh", podcasts.refresh_podcast, UPLOAD, JobAsked, 202),
    # play, read, look
    Route("GET", "/artwork/{artwork_id}", files.get_artwork, VIEW, WEBP, ranges=True),
    Route("GET", "/files/{file_id}/bytes", files.get_bytes, VIEW, BYTES, key=FILE, ranges=True),
    Route("GET", "/files/{file_id}/download", files.download, DOWNLOAD, BYTES, ranges=True),
    Route("GET", "/files/{file_id}/picture", files.get_picture, VIEW, PICTURE),
    Route("GET", "/files/{file_id}/pages", files.list_pages, VIEW, ComicPages),
    Route("GET", "/files/{file_id}/pages/{number}", files.get_page, VIEW, PICTURE),
    Route("GET", "/files/{file_id}/book", books.get_book, VIEW, Book),
    Route("GET", "/book/{key}/{file_id}/{path:path}", books.get_resource, VIEW, BYTES, key=FILE),
    Route("POST", "/items/{item_id}/play", play.play_item, VIEW, PlayAnswer),
    Route("GET", "/hls/{key}/{file_id}/{variant}/master.m3u8", streams.get_master, VIEW, HLS, key=FILE),
    Route("GET", "/hls/{key}/{file_id}/{variant}/main.m3u8", streams.get_main, VIEW, HLS, key=FILE),
    Route("GET", "/hls/{key}/{file_id}/{variant}/init.mp4", streams.get_init, VIEW, MP4, key=FILE, ranges=True),
    Route("GET", "/hls/{key}/{file_id}/{variant}/{number}.m4s", streams.get_segment, VIEW, MP4, key=FILE, ranges=True),
    Route("GET", "/files/{file_id}/audio", streams.get_audio, VIEW, "audio/*", key=FILE),
    Route("GET", "/files/{file_id}/subtitles/{stream}.vtt", streams.get_subtitles, VIEW, VTT, key=FILE),
    Route("GET", "/companions/{file_id}.vtt", streams.get_companion_vtt, VIEW, VTT, key=FILE),
    Route("GET", "/companions/{file_id}", streams.get_companion, VIEW, TEXT, key=FILE),
    Route("GET", "/lyrics/{item_id}", streams.get_lyrics, VIEW, Lyrics),
)
