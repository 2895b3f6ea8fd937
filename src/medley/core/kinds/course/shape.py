"""Courses: course, section, lesson."""

from medley.core.kinds._video_names import VIDEO
from medley.core.kinds.course.recognise import FOLDER_NAMES, recognise
from medley.core.kinds.kind import Kind, Level

KIND = Kind(
    name="course",
    title="Course",
    plural="Courses",
    levels=(
        Level("course", "Course", "Courses"),
        Level("section", "Section", "Sections", browsable=False),
        Level("lesson", "Lesson", "Lessons", playable=True),
    ),
    media="video",
    extensions=VIDEO,
    recognise=recognise,
    sorts=("title", "added", "year"),
    serial=True,
    artwork_shape="landscape",
    folder_names=FOLDER_NAMES,
)
