"""The one way out: requests to other people's servers. See README.md in this folder."""

from medley.adapters.egress.client import Client

__all__ = ["Client"]
