"""What must hold in a library's database at all times, whatever happened to it."""

from sqlalchemy import text

from medley.kernel.database import Database

# Each query gives the rows that are wrong.
_WRONG = {
    "a shelf's count is not that of its items": """
        SELECT shelf.id, shelf.count, count(item.id) FROM shelf
        LEFT JOIN item ON item.shelf_id = shelf.id AND item.trashed_at_ms = 0
        GROUP BY shelf.id, shelf.count HAVING shelf.count <> count(item.id)""",
    "a parent's child_count is not that of its children": """
        SELECT item.id, item.title, item.child_count, count(child.id) FROM item
        LEFT JOIN item child ON child.parent_id = item.id AND child.trashed_at_ms = 0
        GROUP BY item.id, item.title, item.child_count HAVING item.child_count <> count(child.id)""",
    "an item has neither files nor children, and is not missing": """
        SELECT item.id, item.title FROM item WHERE item.missing_since_ms = 0
        AND NOT EXISTS (SELECT 1 FROM edition JOIN edition_file ON edition_file.edition_id = edition.id
                        WHERE edition.item_id = item.id)
        AND NOT EXISTS (SELECT 1 FROM item child WHERE child.parent_id = item.id)""",
    "an item is missing although a file of it is there": """
        SELECT item.id, item.title FROM item WHERE item.missing_since_ms <> 0
        AND EXISTS (SELECT 1 FROM edition JOIN edition_file ON edition_file.edition_id = edition.id
                    JOIN file ON file.id = edition_file.file_id
                    WHERE edition.item_id = item.id AND edition.extra = '' AND file.missing_since_ms = 0)""",
    "an item is there although all its files are missing": """
        SELECT item.id, item.title FROM item JOIN edition ON edition.item_id = item.id
        JOIN edition_file ON edition_file.edition_id = edition.id JOIN file ON file.id = edition_file.file_id
        WHERE item.missing_since_ms = 0 AND edition.extra = ''
        GROUP BY item.id, item.title HAVING min(file.missing_since_ms) > 0""",
    "a parent is missing although a child is there, or the other way round": """
        SELECT item.id, item.title FROM item JOIN item child ON child.parent_id = item.id
        WHERE NOT EXISTS (SELECT 1 FROM edition WHERE edition.item_id = item.id)
        GROUP BY item.id, item.title, item.missing_since_ms
        HAVING (item.missing_since_ms = 0) <> (min(child.missing_since_ms) = 0)""",
    "an edition has no files": """
        SELECT edition.id, edition.label FROM edition
        WHERE NOT EXISTS (SELECT 1 FROM edition_file WHERE edition_file.edition_id = edition.id)""",
    "two files that are there fill one place of an edition": """
        SELECT edition_file.edition_id, part, start_ms FROM edition_file
        JOIN edition ON edition.id = edition_file.edition_id
        JOIN file ON file.id = edition_file.file_id
        WHERE file.missing_since_ms = 0
        GROUP BY edition_file.edition_id, part, start_ms HAVING count(*) > 1""",
    "a file belongs to editions of different sources": """
        SELECT file.id, file.name FROM file JOIN folder ON folder.id = file.folder_id
        JOIN edition_file ON edition_file.file_id = file.id JOIN edition ON edition.id = edition_file.edition_id
        JOIN item ON item.id = edition.item_id JOIN shelf ON shelf.id = item.shelf_id
        WHERE shelf.source_id <> folder.source_id""",
    "a child stands in another source or kind than its parent": """
        SELECT child.id, child.title FROM item child JOIN item parent ON parent.id = child.parent_id
        JOIN shelf one ON one.id = child.shelf_id JOIN shelf two ON two.id = parent.shelf_id
        WHERE one.source_id <> two.source_id OR one.kind <> two.kind OR one.level = two.level""",
    "an alias names an id that still is an item": """
        SELECT old_id FROM item_alias JOIN item ON item.id = item_alias.old_id""",
    "an item shows a picture that does not exist": """
        SELECT item.id, item.title FROM item LEFT JOIN artwork a ON a.id = item.artwork_id
        LEFT JOIN artwork b ON b.id = item.backdrop_id
        WHERE (item.artwork_id IS NOT NULL AND a.id IS NULL) OR (item.backdrop_id IS NOT NULL AND b.id IS NULL)""",
    "progress is not the newest line of its log": """
        SELECT progress.user_id, progress.item_id FROM progress
        JOIN progress_log ON progress_log.user_id = progress.user_id AND progress_log.item_id = progress.item_id
        GROUP BY progress.user_id, progress.item_id, progress.happened_at_ms
        HAVING max(progress_log.happened_at_ms) > progress.happened_at_ms""",
}


def check(database: Database, *, exact: bool = True) -> None:
    """Assert all of it; not `exact` leaves out what only a whole scan settles."""
    with database.read() as connection:
        for sentence, query in _WRONG.items():
            if not exact and "is there" in sentence:
                continue
            wrong = [tuple(row) for row in connection.execute(text(query))][:5]
            assert not wrong, f"{sentence}: {wrong}"
