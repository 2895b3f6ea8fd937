"""Which ffmpeg to run."""

import os
import shutil
from pathlib import Path

from medley.kernel.errors import Unavailable


def locate(setting: str = "") -> Path:
    """The program that `setting` names (a path, or a name on PATH); else the one from imageio-ffmpeg's wheel."""
    if setting:
        found = shutil.which(setting)
        if found is None:
            raise Unavailable(
                f"There is no program {setting}.", hint="Correct the setting, or remove it to use Medley's own ffmpeg."
            )
        return Path(found).absolute()
    import imageio_ffmpeg  # its import looks at the platform and is not free

    try:
        program = Path(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError:
        program = Path()
    if not program.is_absolute() or not os.access(program, os.X_OK):
        raise Unavailable("ffmpeg is missing.", hint="Install imageio-ffmpeg again, or name an ffmpeg in the settings.")
    return program
