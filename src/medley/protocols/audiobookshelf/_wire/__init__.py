"""Their shapes: https://api.audiobookshelf.org and the answers that apps insist on. Times are in the names' units."""
