"""Photos: albums (folders) and what is in them; raw and edited files are editions of one photo."""

from medley.core.kinds._reading_names import IMAGES
from medley.core.kinds.kind import Kind, Level
from medley.core.kinds.photo.recognise import FOLDER_NAMES, recognise

KIND = Kind(
    name="photo",
    title="Photo",
    plural="Photos",
    levels=(Level("album", "Album", "Albums"), Level("photo", "Photo", "Photos", playable=True)),
    media="image",
    extensions=IMAGES,
    recognise=recognise,
    sorts=("date", "added", "title", "rating"),
    featured="photo",
    opens_with="viewer",
    artwork_shape="landscape",
    fields={
        "taken": "local wall clock of the moment, ISO 8601",
        "taken_by": "where that is from: file, sidecar, name, or modified (the file's own time, which may be a copy's)",
        "offset": "distance from UTC, +02:00, where it is known",
        "width": "pixels as shown",
        "height": "pixels as shown",
        "latitude": "degrees north",
        "longitude": "degrees east",
        "altitude": "metres",
        "camera_make": "maker of the camera",
        "camera_model": "the camera",
        "lens": "the lens",
        "iso": "sensitivity",
        "aperture": "f-number",
        "exposure": "seconds, as a fraction below half a second",
        "focal_length": "millimetres",
        "rating": "-1 rejected, 0 none, 1 to 5",
        "people": "list of people in it",
        "burst": "photos of one burst share this",
        "motion": "embedded: a short film is inside the file",
        "media": "video for a clip among photos",
    },
    folder_names=FOLDER_NAMES,
)
