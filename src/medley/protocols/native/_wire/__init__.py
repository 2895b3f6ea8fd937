"""Shapes that only this door has: what it is asked (pydantic), and what rooms do not already say (msgspec)."""
