"""The site and its search on a network of one's own: read-only, bounded, keeping no record of readers."""
