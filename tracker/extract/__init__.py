"""Which forecasts does an article hold? Read by words and grammar alone, English and Russian; a person decides.

`article` is the text; `sentences`, `quotation`, `names`, `antecedents`, `attribution`, `turns` and `speakers` say who
speaks; `future` finds what may come, `forecast` refuses what only looks like a forecast, `timing` and `claim` restate
it, and `extraction` puts the proposals together. The words are in cues.en.yaml and cues.ru.yaml.
"""

from tracker.extract.article import ArticleText
from tracker.extract.extraction import extract
from tracker.extract.proposal import Extraction, LeftOut, Proposal, Timing, Why

__all__ = ["ArticleText", "Extraction", "LeftOut", "Proposal", "Timing", "Why", "extract"]
