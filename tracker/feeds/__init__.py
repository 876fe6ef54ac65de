"""What do the feeds say? From an address, or a file, to items as plain text."""
