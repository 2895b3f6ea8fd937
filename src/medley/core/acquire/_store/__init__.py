"""Every statement of SQL of this room."""
