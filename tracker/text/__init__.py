"""How is text read? Words and their inflections and sentences (`words`), numbers with scale and unit (`numbers`)."""

from tracker.text.words import Word, base, index_term, index_terms, normal, offsets, sentences, stem, surfaces, words

__all__ = ["Word", "base", "index_term", "index_terms", "normal", "offsets", "sentences", "stem", "surfaces", "words"]
