"""Print the OpenAPI document of the native API, as the running server would tell it at `/api/v1/openapi.json`."""

import json
import sys
import tempfile

from medley.app.parts import build as build_parts
from medley.app.settings import Settings
from medley.protocols.native import build as build_door


def main() -> None:
    """The document depends on no data: an empty house in a passing folder is enough."""
    with tempfile.TemporaryDirectory() as folder:
        parts = build_parts(Settings(data=folder))
        try:
            document = build_door(parts).openapi()
        finally:
            parts.close()
    json.dump(document, sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
