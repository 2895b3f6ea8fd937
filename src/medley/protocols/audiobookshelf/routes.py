"""The whole door on one page, in the order of the protocol's own router: every route, and who may use it.

https://api.audiobookshelf.org — what has no line here does not exist (404); README.md says what that is.
"""

from medley.protocols.audiobookshelf import (
    authors,
    bookmarks,
    hls,
    items,
    libraries,
    listening,
    lists,
    me,
    podcasts,
    search,
    series,
    server,
    sessions,
    shelves,
    sign_in,
)
from medley.protocols.audiobookshelf._route import PUBLIC, SIGNED_IN, Route

PREFIX = "/audiobookshelf"

VIEW = "media.view"
DOWNLOAD = "media.download"
UPLOAD = "media.upload"
DELETE = "media.delete"
CONFIGURE = "system.configure"

_LIBRARY = "/api/libraries/{library_id}"
_ITEM = "/api/items/{item_id}"
_SESSION = "/api/session/{session_id}"
_COLLECTION = "/api/collections/{list_id}"
_PLAYLIST = "/api/playlists/{list_id}"

ROUTES = (
    # the server, and signing in
    Route("GET", "/status", server.status, PUBLIC),
    Route("GET", "/ping", server.ping, PUBLIC),
    Route("GET", "/healthcheck", server.healthcheck, PUBLIC),
    Route("POST", "/init", server.init, PUBLIC),
    Route("POST", "/login", sign_in.login, PUBLIC),
    Route("POST", "/auth/refresh", sign_in.refresh, PUBLIC),
    Route("POST", "/logout", sign_in.logout, PUBLIC),
    Route("POST", "/api/authorize", sign_in.authorize, SIGNED_IN),
    # libraries
    Route("GET", "/api/libraries", libraries.list_libraries, VIEW),
    Route("GET", _LIBRARY, libraries.get_library, VIEW),
    Route("GET", f"{_LIBRARY}/items", libraries.list_items, VIEW),
    Route("GET", f"{_LIBRARY}/series", series.list_series, VIEW),
    Route("GET", f"{_LIBRARY}/series/{{series_id}}", series.get_library_series, VIEW),
    Route("GET", f"{_LIBRARY}/collections", lists.list_library_collections, VIEW),
    Route("GET", f"{_LIBRARY}/playlists", lists.list_library_playlists, VIEW),
    Route("GET", f"{_LIBRARY}/personalized", shelves.personalized, VIEW),
    Route("GET", f"{_LIBRARY}/filterdata", libraries.get_filterdata, VIEW),
    Route("GET", f"{_LIBRARY}/search", search.search, VIEW),
    Route("GET", f"{_LIBRARY}/stats", libraries.stats, VIEW),
    Route("GET", f"{_LIBRARY}/authors", authors.list_authors, VIEW),
    Route("GET", f"{_LIBRARY}/narrators", libraries.list_narrators, VIEW),
    Route("GET", f"{_LIBRARY}/recent-episodes", libraries.list_recent_episodes, VIEW),
    Route("GET", f"{_LIBRARY}/podcast-titles", libraries.list_titles, VIEW),
    Route("POST", f"{_LIBRARY}/scan", libraries.scan, CONFIGURE),
    # items
    Route("POST", "/api/items/batch/get", items.get_many, VIEW),
    Route("GET", _ITEM, items.get_item, VIEW),
    Route("DELETE", _ITEM, items.remove, DELETE),
    Route("GET", f"{_ITEM}/download", items.download_item, DOWNLOAD),
    Route("GET", f"{_ITEM}/cover", items.get_cover, PUBLIC),
    Route("POST", f"{_ITEM}/play", sessions.play, VIEW),
    Route("POST", f"{_ITEM}/play/{{episode_id}}", sessions.play, VIEW),
    Route("GET", f"{_ITEM}/file/{{file_id}}", items.get_file, VIEW),
    Route("GET", f"{_ITEM}/file/{{file_id}}/download", items.download_file, DOWNLOAD),
    Route("GET", f"{_ITEM}/ebook", items.get_ebook, VIEW),
    Route("GET", f"{_ITEM}/ebook/{{file_id}}", items.get_ebook, VIEW),
    # collections and playlists
    Route("POST", "/api/collections", lists.add_collection, UPLOAD),
    Route("GET", "/api/collections", lists.list_collections, VIEW),
    Route("GET", _COLLECTION, lists.get_collection, VIEW),
    Route("PATCH", _COLLECTION, lists.change_collection, UPLOAD),
    Route("DELETE", _COLLECTION, lists.remove_collection, UPLOAD),
    Route("POST", f"{_COLLECTION}/book", lists.add_book, UPLOAD),
    Route("DELETE", f"{_COLLECTION}/book/{{item_id}}", lists.take_book, UPLOAD),
    Route("POST", f"{_COLLECTION}/batch/add", lists.add_books, UPLOAD),
    Route("POST", f"{_COLLECTION}/batch/remove", lists.take_books, UPLOAD),
    Route("POST", "/api/playlists", lists.add_playlist, VIEW),
    Route("GET", "/api/playlists", lists.list_playlists, VIEW),
    Route("POST", "/api/playlists/collection/{list_id}", lists.copy_collection, VIEW),
    Route("GET", _PLAYLIST, lists.get_playlist, VIEW),
    Route("PATCH", _PLAYLIST, lists.change_playlist, VIEW),
    Route("DELETE", _PLAYLIST, lists.remove_playlist, VIEW),
    Route("POST", f"{_PLAYLIST}/item", lists.add_entry, VIEW),
    Route("DELETE", f"{_PLAYLIST}/item/{{item_id}}", lists.take_entry, VIEW),
    Route("DELETE", f"{_PLAYLIST}/item/{{item_id}}/{{episode_id}}", lists.take_entry, VIEW),
    Route("POST", f"{_PLAYLIST}/batch/add", lists.add_entries, VIEW),
    Route("POST", f"{_PLAYLIST}/batch/remove", lists.take_entries, VIEW),
    # one's own
    Route("GET", "/api/me", me.get_me, SIGNED_IN),
    Route("PATCH", "/api/me/password", me.change_password, SIGNED_IN),
    Route("GET", "/api/me/progress", me.list_progress, VIEW),
    Route("GET", "/api/me/bookmarks", bookmarks.list_all, VIEW),
    Route("GET", "/api/me/bookmarks/{item_id}", bookmarks.list_of_item, VIEW),
    Route("GET", "/api/me/listening-sessions", listening.list_sessions, VIEW),
    Route("GET", "/api/me/item/listening-sessions/{item_id}", listening.list_sessions_of_item, VIEW),
    Route("GET", "/api/me/item/listening-sessions/{item_id}/{episode_id}", listening.list_sessions_of_item, VIEW),
    Route("GET", "/api/me/listening-stats", listening.stats, VIEW),
    Route("GET", "/api/me/stats/year/{year}", listening.year, VIEW),
    Route("GET", "/api/me/items-in-progress", me.in_progress, VIEW),
    Route("PATCH", "/api/me/progress/batch/update", me.change_many, VIEW),
    Route("GET", "/api/me/progress/{item_id}/remove-from-continue-listening", me.set_aside, VIEW),
    Route("GET", "/api/me/progress/{item_id}", me.get_progress, VIEW),
    Route("PATCH", "/api/me/progress/{item_id}", me.change_progress, VIEW),
    Route("DELETE", "/api/me/progress/{item_id}", me.forget_progress, VIEW),
    Route("GET", "/api/me/progress/{item_id}/{episode_id}", me.get_progress, VIEW),
    Route("PATCH", "/api/me/progress/{item_id}/{episode_id}", me.change_progress, VIEW),
    Route("POST", "/api/me/item/{item_id}/bookmark", bookmarks.put, VIEW),
    Route("PATCH", "/api/me/item/{item_id}/bookmark", bookmarks.change, VIEW),
    Route("DELETE", "/api/me/item/{item_id}/bookmark/{time}", bookmarks.remove, VIEW),
    Route("GET", "/api/me/series/{series_id}/remove-from-continue-listening", me.set_series_aside, VIEW),
    Route("GET", "/api/me/series/{series_id}/readd-to-continue-listening", me.take_series_up, VIEW),
    # authors and series
    Route("GET", "/api/authors/{author_id}", authors.get_author, VIEW),
    Route("GET", "/api/authors/{author_id}/image", authors.get_image, PUBLIC),
    Route("GET", "/api/series/{series_id}", series.get_series, VIEW),
    # sessions
    Route("POST", "/api/session/local", sessions.merge_one, VIEW),
    Route("POST", "/api/session/local-all", sessions.merge_all, VIEW),
    Route("GET", _SESSION, sessions.get_session, VIEW),
    Route("POST", f"{_SESSION}/sync", sessions.sync, VIEW),
    Route("POST", f"{_SESSION}/close", sessions.close, VIEW),
    # podcasts
    Route("GET", "/api/podcasts/{item_id}/episode/{episode_id}", podcasts.get_episode, VIEW),
    # names
    Route("GET", "/api/tags", search.list_tags, VIEW),
    Route("GET", "/api/genres", search.list_genres, VIEW),
    # what players open without a token: the id of a session is its key
    Route("GET", "/public/session/{session_id}/track/{index}", sessions.get_track, PUBLIC),
    Route("GET", "/hls/{session_id}/output.m3u8", hls.get_playlist, PUBLIC),
    Route("GET", "/hls/{session_id}/{index}/{name}", hls.get_piece, PUBLIC),
)
