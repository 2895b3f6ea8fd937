"""Full-text indexes behind the `Index` port of `core/search`."""
