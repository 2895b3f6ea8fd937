"""The ground: ids, clock, errors, pages, database, events, jobs, files, settings and pure HTTP.

Nothing here knows what a film or a user is.
"""
