"""The shapes that this protocol's apps expect, under the names of https://opensubsonic.netlify.app/docs/responses/.

A field that may be unknown is `UNSET` then and left out. One that OpenSubsonic added and that we always know is sent
even when it is empty, which tells apps that it is spoken here.
"""
