"""The scan pipeline. See README.md in this folder."""
