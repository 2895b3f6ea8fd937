"""Where downloaded episodes go: a source of podcasts that its owner lets Medley write to."""

from pathlib import Path

from medley.core.identity import Asker
from medley.core.library import Library, Source
from medley.kernel.errors import Forbidden, InvalidInput

KIND = "podcast"


class Home:
    """Finds the source; makes one in the data folder where there is none."""

    def __init__(self, library: Library, folder: Path) -> None:
        self._library, self._folder = library, folder

    def find(self, asker: Asker | None, source_id: str = "") -> Source:
        """The chosen source, else the first that fits, else `<data>/podcasts`."""
        if source_id:
            return self._checked(self._library.sources.get(source_id, asker))
        fitting = [each for each in self._library.sources.all(asker) if each.kind == KIND and each.writable]
        return fitting[0] if fitting else self._made()

    def _made(self) -> Source:
        self._folder.mkdir(parents=True, exist_ok=True)
        made = self._library.sources.ensure(KIND, str(self._folder), "Subscribed podcasts")
        return made if made.writable else self._library.sources.change(made.id, {"writable": True})

    @staticmethod
    def _checked(source: Source) -> Source:
        if source.kind != KIND:
            raise InvalidInput(f"“{source.name}” is no source of podcasts.", hint="Choose one of this kind.")
        if not source.writable:
            raise Forbidden(
                f"Medley may only read “{source.name}”.",
                hint="Allow writing on the page of the source, or choose another.",
            )
        return source
