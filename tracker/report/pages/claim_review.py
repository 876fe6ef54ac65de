"""What do search engines and archives read? A page's verdict as schema.org's ClaimReview, in JSON for Linked Data.

https://schema.org/ClaimReview. Only a settled forecast has a number; "pending" is told in words alone.
"""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from tracker.model import Status
from tracker.report.pages.forecast import ForecastPage

BEST, WORST = 5, 1
_RATINGS = {Status.CONFIRMED: BEST, Status.REFUTED: WORST}


def claim_review(page: ForecastPage, publisher: str, url: str = "") -> Markup:
    """The JSON of a page for a script element, which nothing in it can end. `url` is the page's address, if known."""
    text = json.dumps(claim_review_data(page, publisher, url), ensure_ascii=False, indent=1)
    for character in "<>&\u2028\u2029":  # within JSON they stand in strings alone, where \u says the same
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - escaped above, as JSON must be


def claim_review_data(page: ForecastPage, publisher: str, url: str = "") -> dict[str, Any]:
    """The review of what a forecaster said, with what it came to; keys without a value are left out."""
    forecast, decision = page.forecast, page.standing.decision
    article = forecast.article
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": page.status.value.capitalize()}
    if page.status in _RATINGS:
        rating |= {"ratingValue": _RATINGS[page.status], "bestRating": BEST, "worstRating": WORST}
    rating["ratingExplanation"] = decision.why if decision and decision.status else page.verdict.reason
    source = {"@type": "CreativeWork", "headline": article.title, "datePublished": str(article.published)}
    if article.url:
        source["url"] = article.url
    review = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "datePublished": str(page.as_of),
        "claimReviewed": forecast.quote,
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": forecast.forecaster},
            "datePublished": str(article.published),
            "appearance": source,
        },
        "author": {"@type": "Organization", "name": publisher},
        "reviewRating": rating,
    }
    return review | {"url": url} if url else review
