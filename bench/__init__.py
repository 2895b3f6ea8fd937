"""The figures of section 7 of the design, measured against a peer in the same run. See README.md."""
