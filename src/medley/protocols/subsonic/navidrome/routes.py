"""All of it on one page: every address below `/navidrome` but Subsonic's, and who may use it."""

from medley.protocols.subsonic.navidrome import account, music, playlists, queue, words
from medley.protocols.subsonic.navidrome._route import PUBLIC, Route

PREFIX = "/navidrome"

VIEW = "media.view"
CONFIGURE = "system.configure"

ROUTES = (
    Route("POST", "/auth/login", account.login, PUBLIC),
    Route("GET", "/api/user", account.list_users, VIEW),
    Route("GET", "/api/user/{id}", account.get_user, VIEW),
    Route("GET", "/api/song", music.list_songs, VIEW),
    Route("GET", "/api/song/{id}", music.get_song, VIEW),
    Route("GET", "/api/album", music.list_albums, VIEW),
    Route("GET", "/api/album/{id}", music.get_album, VIEW),
    Route("GET", "/api/artist", music.list_artists, VIEW),
    Route("GET", "/api/artist/{id}", music.get_artist, VIEW),
    Route("GET", "/api/genre", words.list_genres, VIEW),
    Route("GET", "/api/tag", words.list_tags, VIEW),
    Route("GET", "/api/playlist", playlists.list_playlists, VIEW),
    Route("POST", "/api/playlist", playlists.create, VIEW),
    Route("GET", "/api/playlist/{id}", playlists.get, VIEW),
    Route("PUT", "/api/playlist/{id}", playlists.change, VIEW),
    Route("DELETE", "/api/playlist/{id}", playlists.remove, VIEW),
    Route("GET", "/api/playlist/{id}/tracks", playlists.list_tracks, VIEW),
    Route("POST", "/api/playlist/{id}/tracks", playlists.add, VIEW),
    Route("DELETE", "/api/playlist/{id}/tracks", playlists.take_out, VIEW),
    Route("PUT", "/api/playlist/{id}/tracks/{place}", playlists.move, VIEW),
    Route("DELETE", "/api/playlist/{id}/tracks/{place}", playlists.take_out_one, VIEW),
    Route("GET", "/api/queue", queue.get, VIEW),
    Route("POST", "/api/queue", queue.save, VIEW),
    Route("PUT", "/api/queue", queue.change, VIEW),
    Route("DELETE", "/api/queue", queue.clear, VIEW),
    Route("GET", "/api/library", account.list_libraries, CONFIGURE),
    Route("GET", "/api/keepalive/{any}", account.keep_alive, VIEW),
)
