"""What somebody did with works → their media progress."""

from medley.core.library import Work
from medley.protocols.audiobookshelf._ask import seconds
from medley.protocols.audiobookshelf._wire.server import MediaProgress


def progress_of(work: Work, user_id: str) -> MediaProgress | None:
    """Where somebody is in a work; None where it was never opened. Its id is the work's."""
    mine = work.mine
    if mine is None:
        return None
    is_episode = work.kind == "podcast"
    read = work.duration_ms == 0
    return MediaProgress(
        id=work.id,
        user_id=user_id,
        library_item_id=(work.parent_id or work.id) if is_episode else work.id,
        episode_id=work.id if is_episode else None,
        media_item_id=work.id,
        media_item_type="podcastEpisode" if is_episode else "book",
        duration=seconds(work.duration_ms),
        progress=1.0 if mine.finished else 0.0 if read else mine.fraction,
        current_time=seconds(mine.position_ms),
        is_finished=mine.finished,
        hide_from_continue_listening=mine.set_aside,
        ebook_location=mine.locator or None,
        ebook_progress=mine.fraction if read else 0.0,
        last_update=mine.happened_at_ms,
        started_at=mine.started_at_ms,
        finished_at=mine.finished_at_ms or None,
    )
