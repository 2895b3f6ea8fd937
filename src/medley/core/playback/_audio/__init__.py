"""Sound without a picture: what a client can play, what is made for it, and the making, shared by all who listen."""
