"""The library's SQL. Nothing outside this folder (and the kernel) writes a statement."""
