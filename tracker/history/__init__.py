"""Where can the past of a feed, or of some words, be had from? One small file for each source, behind one protocol."""
