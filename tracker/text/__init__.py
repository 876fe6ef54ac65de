"""How is text read? Words, inflections, sentences (`words`), numbers with scale and unit (`numbers`), `language`."""

from tracker.text.words import Word, base, index_term, index_terms, normal, offsets, sentences, stem, surfaces, words

__all__ = ["Word", "base", "index_term", "index_terms", "normal", "offsets", "sentences", "stem", "surfaces", "words"]
