"""Courses. See README.md."""

from medley.core.kinds.course.shape import KIND

__all__ = ["KIND"]
