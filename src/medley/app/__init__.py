"""The hall: the command line, settings, parts and processes. The only place that knows every room and door."""
