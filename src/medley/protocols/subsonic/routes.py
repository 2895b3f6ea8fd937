"""The whole door on one page: every method in the order of the protocol's manual, who may call it, what it answers.

https://opensubsonic.netlify.app/docs/api-reference/ — a method that has no line here does not exist.
"""

from medley.protocols.subsonic import (
    annotation,
    bookmarks,
    browsing,
    captions,
    chat,
    downloads,
    hls,
    jukebox,
    lists,
    lyrics,
    pictures,
    playing,
    playlists,
    podcasts,
    queue,
    radio,
    scanning,
    searching,
    sharing,
    similar,
    streaming,
    system,
    transcoding,
    users,
)
from medley.protocols.subsonic._route import PUBLIC, SIGNED_IN, Route

PREFIX = "/rest"

VIEW = "media.view"
DOWNLOAD = "media.download"
UPLOAD = "media.upload"
DELETE = "media.delete"
CONFIGURE = "system.configure"

ROUTES = (
    # System
    Route("ping", system.ping, SIGNED_IN),
    Route("getLicense", system.get_license, SIGNED_IN, "license"),
    Route("getOpenSubsonicExtensions", system.get_extensions, PUBLIC, "openSubsonicExtensions"),
    Route("tokenInfo", system.token_info, SIGNED_IN, "tokenInfo"),
    # Browsing
    Route("getMusicFolders", browsing.get_music_folders, VIEW, "musicFolders"),
    Route("getIndexes", browsing.get_indexes, VIEW, "indexes"),
    Route("getMusicDirectory", browsing.get_music_directory, VIEW, "directory"),
    Route("getGenres", browsing.get_genres, VIEW, "genres"),
    Route("getArtists", browsing.get_artists, VIEW, "artists"),
    Route("getArtist", browsing.get_artist, VIEW, "artist"),
    Route("getAlbum", browsing.get_album, VIEW, "album"),
    Route("getSong", browsing.get_song, VIEW, "song"),
    Route("getVideos", browsing.get_videos, VIEW, "videos"),
    Route("getVideoInfo", browsing.get_video_info, VIEW, "videoInfo"),
    Route("getArtistInfo", browsing.get_artist_info, VIEW, "artistInfo"),
    Route("getArtistInfo2", browsing.get_artist_info, VIEW, "artistInfo2"),
    Route("getAlbumInfo", browsing.get_album_info, VIEW, "albumInfo"),
    Route("getAlbumInfo2", browsing.get_album_info, VIEW, "albumInfo"),
    Route("getSimilarSongs", similar.get_similar_songs, VIEW, "similarSongs"),
    Route("getSimilarSongs2", similar.get_similar_songs, VIEW, "similarSongs2"),
    Route("getTopSongs", similar.get_top_songs, VIEW, "topSongs"),
    # Album and song lists
    Route("getAlbumList", lists.get_album_list, VIEW, "albumList"),
    Route("getAlbumList2", lists.get_album_list2, VIEW, "albumList2"),
    Route("getRandomSongs", lists.get_random_songs, VIEW, "randomSongs"),
    Route("getSongsByGenre", lists.get_songs_by_genre, VIEW, "songsByGenre"),
    Route("getStarred", lists.get_starred, VIEW, "starred"),
    Route("getStarred2", lists.get_starred2, VIEW, "starred2"),
    Route("getNowPlaying", playing.get_now_playing, VIEW, "nowPlaying"),
    # Searching
    Route("search", searching.search, VIEW, "searchResult"),
    Route("search2", searching.search2, VIEW, "searchResult2"),
    Route("search3", searching.search3, VIEW, "searchResult3"),
    # Playlists
    Route("getPlaylists", playlists.get_playlists, VIEW, "playlists"),
    Route("getPlaylist", playlists.get_playlist, VIEW, "playlist"),
    Route("createPlaylist", playlists.create_playlist, VIEW, "playlist"),
    Route("updatePlaylist", playlists.update_playlist, VIEW),
    Route("deletePlaylist", playlists.delete_playlist, VIEW),
    # Media retrieval
    Route("stream", streaming.stream, VIEW, binary=True),
    Route("download", downloads.download, DOWNLOAD, binary=True),
    Route("hls.m3u8", hls.master, VIEW, binary=True),
    Route("hls/", hls.part, PUBLIC, binary=True),  # and all below it; the address says who may
    Route("getCaptions", captions.get_captions, VIEW, binary=True),
    Route("getCoverArt", pictures.get_cover_art, VIEW, binary=True),
    Route("getLyrics", lyrics.get_lyrics, VIEW, "lyrics"),
    Route("getAvatar", pictures.get_avatar, SIGNED_IN, binary=True),
    Route("getLyricsBySongId", lyrics.get_lyrics_by_song_id, VIEW, "lyricsList"),
    # Media annotation
    Route("star", annotation.star, VIEW),
    Route("unstar", annotation.unstar, VIEW),
    Route("setRating", annotation.set_rating, VIEW),
    Route("scrobble", annotation.scrobble, VIEW),
    Route("reportPlayback", annotation.report_playback, VIEW),
    # Sharing
    Route("getShares", sharing.get_shares, DOWNLOAD, "shares"),
    Route("createShare", sharing.create_share, DOWNLOAD, "shares"),
    Route("updateShare", sharing.update_share, DOWNLOAD),
    Route("deleteShare", sharing.delete_share, DOWNLOAD),
    # Podcast
    Route("getPodcasts", podcasts.get_podcasts, VIEW, "podcasts"),
    Route("getNewestPodcasts", podcasts.get_newest_podcasts, VIEW, "newestPodcasts"),
    Route("getPodcastEpisode", podcasts.get_podcast_episode, VIEW, "podcastEpisode"),
    Route("refreshPodcasts", podcasts.refresh_podcasts, UPLOAD),
    Route("createPodcastChannel", podcasts.create_podcast_channel, UPLOAD),
    Route("deletePodcastChannel", podcasts.delete_podcast_channel, UPLOAD),
    Route("deletePodcastEpisode", podcasts.delete_podcast_episode, DELETE),
    Route("downloadPodcastEpisode", podcasts.download_podcast_episode, UPLOAD),
    # Jukebox
    Route("jukeboxControl", jukebox.jukebox_control, CONFIGURE),
    # Internet radio
    Route("getInternetRadioStations", radio.get_stations, VIEW, "internetRadioStations"),
    Route("createInternetRadioStation", radio.create_station, CONFIGURE),
    Route("updateInternetRadioStation", radio.update_station, CONFIGURE),
    Route("deleteInternetRadioStation", radio.delete_station, CONFIGURE),
    # Chat
    Route("getChatMessages", chat.get_chat_messages, SIGNED_IN, "chatMessages"),
    Route("addChatMessage", chat.add_chat_message, SIGNED_IN),
    # User management
    Route("getUser", users.get_user, SIGNED_IN, "user"),
    Route("getUsers", users.get_users, CONFIGURE, "users"),
    Route("createUser", users.create_user, CONFIGURE),
    Route("updateUser", users.update_user, CONFIGURE),
    Route("deleteUser", users.delete_user, CONFIGURE),
    Route("changePassword", users.change_password, SIGNED_IN),
    # Bookmarks
    Route("getBookmarks", bookmarks.get_bookmarks, VIEW, "bookmarks"),
    Route("createBookmark", bookmarks.create_bookmark, VIEW),
    Route("deleteBookmark", bookmarks.delete_bookmark, VIEW),
    Route("getPlayQueue", queue.get_play_queue, VIEW, "playQueue"),
    Route("savePlayQueue", queue.save_play_queue, VIEW),
    Route("getPlayQueueByIndex", queue.get_play_queue_by_index, VIEW, "playQueueByIndex"),
    Route("savePlayQueueByIndex", queue.save_play_queue_by_index, VIEW),
    # Media library scanning
    Route("getScanStatus", scanning.get_scan_status, VIEW, "scanStatus"),
    Route("startScan", scanning.start_scan, CONFIGURE, "scanStatus"),
    # Transcoding
    Route("getTranscodeDecision", transcoding.get_transcode_decision, VIEW, "transcodeDecision"),
    Route("getTranscodeStream", transcoding.get_transcode_stream, VIEW, binary=True),
)
