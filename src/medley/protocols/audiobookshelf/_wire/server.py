"""The server, its settings, people and libraries."""

from typing import Any

import msgspec

from medley.protocols.audiobookshelf._wire.base import Wire

# The release whose behaviour this door has. Apps choose by it: tokens in pairs from 2.26, public tracks from 2.22.
SPOKEN = "2.36.0"


class AuthForm(Wire, frozen=True, kw_only=True):
    auth_login_custom_message: str | None = None


class Status(Wire, frozen=True, kw_only=True):
    app: str = "audiobookshelf"
    server_version: str = SPOKEN
    is_init: bool
    language: str = "en-us"
    auth_methods: list[str] = msgspec.field(default_factory=lambda: ["local"])
    auth_form_data: AuthForm = AuthForm()


class ServerSettings(Wire, frozen=True, kw_only=True):
    """What is true of Medley, in their words; what Medley does not do is off."""

    id: str = "server-settings"
    scanner_find_covers: bool = False
    scanner_cover_provider: str = "google"
    scanner_parse_subtitle: bool = True
    scanner_prefer_matched_metadata: bool = False
    scanner_disable_watcher: bool = False
    store_cover_with_item: bool = False
    store_metadata_with_item: bool = False
    metadata_file_format: str = "json"
    rate_limit_login_requests: int = 5
    rate_limit_login_window: int = 15 * 60_000
    allow_iframe: bool = False
    backup_path: str = ""
    backup_schedule: bool = False
    backups_to_keep: int = 3
    max_backup_size: int = 0
    logger_daily_logs_to_keep: int = 0
    logger_scanner_logs_to_keep: int = 0
    home_bookshelf_view: int = 1
    bookshelf_view: int = 1
    podcast_episode_schedule: str = "0 * * * *"
    sorting_ignore_prefix: bool = True
    sorting_prefixes: list[str] = msgspec.field(default_factory=lambda: ["the", "a", "an"])
    chromecast_enabled: bool = False
    date_format: str = "yyyy-MM-dd"
    time_format: str = "HH:mm"
    language: str = "en-us"
    allowed_origins: list[str] = msgspec.field(default_factory=list)
    log_level: int = 2
    version: str = SPOKEN
    build_number: int = 1
    auth_login_custom_message: str | None = None
    auth_active_auth_methods: list[str] = msgspec.field(default_factory=lambda: ["local"])


class Permissions(Wire, frozen=True, kw_only=True):
    download: bool
    update: bool
    delete: bool
    upload: bool
    create_ereader: bool = False
    access_all_libraries: bool
    access_all_tags: bool = True
    access_explicit_content: bool = True
    selected_tags_not_accessible: bool = False


class MediaProgress(Wire, frozen=True, kw_only=True):
    """Where somebody is; times in seconds, moments in milliseconds."""

    id: str
    user_id: str
    library_item_id: str
    episode_id: str | None
    media_item_id: str
    media_item_type: str
    duration: float
    progress: float
    current_time: float
    is_finished: bool
    hide_from_continue_listening: bool
    ebook_location: str | None
    ebook_progress: float
    last_update: int
    started_at: int
    finished_at: int | None


class Bookmark(Wire, frozen=True, kw_only=True):
    library_item_id: str
    title: str
    time: int
    created_at: int


class User(Wire, frozen=True, kw_only=True):
    id: str
    username: str
    email: str | None = None
    type: str
    token: str
    is_old_token: bool = False
    access_token: str | None = None
    refresh_token: str | None = None
    media_progress: list[MediaProgress]
    series_hide_from_continue_listening: list[str]
    bookmarks: list[Bookmark]
    is_active: bool = True
    is_locked: bool = False
    last_seen: int | None
    created_at: int
    permissions: Permissions
    libraries_accessible: list[str]
    item_tags_selected: list[str] = msgspec.field(default_factory=list)
    has_openid_link: bool = msgspec.field(default=False, name="hasOpenIDLink")


class Login(Wire, frozen=True, kw_only=True):
    user: User
    user_default_library_id: str | None
    server_settings: ServerSettings = ServerSettings()
    ereader_devices: list[Any] = msgspec.field(default_factory=list)
    source: str = msgspec.field(default="medley", name="Source")


class Folder(Wire, frozen=True, kw_only=True):
    id: str
    full_path: str
    library_id: str
    added_at: int


class LibrarySettings(Wire, frozen=True, kw_only=True):
    cover_aspect_ratio: int = 1  # square
    disable_watcher: bool = False
    skip_matching_media_with_asin: bool = False
    skip_matching_media_with_isbn: bool = False
    auto_scan_cron_expression: str | None = None
    audiobooks_only: bool = False
    epubs_allow_scripted_content: bool = False
    hide_single_book_series: bool = False
    only_show_later_books_in_continue_series: bool = False
    metadata_precedence: list[str] = msgspec.field(default_factory=list)
    mark_as_finished_time_remaining: int | None = 10
    mark_as_finished_percent_complete: int | None = None
    podcast_search_region: str = "us"


class LibraryView(Wire, frozen=True, kw_only=True):
    id: str
    name: str
    folders: list[Folder]
    display_order: int
    icon: str
    media_type: str
    provider: str = "medley"
    settings: LibrarySettings = LibrarySettings()
    last_scan: int | None
    last_scan_version: str = SPOKEN
    created_at: int
    last_update: int
    stats: Any = None
