"""What is accepted in a forecast, but probably not what was meant? Warnings for `tracker lint`; they change nothing."""

from __future__ import annotations

from tracker.errors import LedgerError, TrackerError
from tracker.ledger.fields import Block
from tracker.ledger.quotes import offsets
from tracker.model import Article, Criterion, Expects, Forecast


def forecast_doubts(forecast: Forecast, block: Block) -> list[TrackerError]:
    """What is odd about a forecast as a whole; `block` says where its keys stand."""
    found: list[TrackerError] = []
    likelihood, closes = forecast.likelihood, forecast.criterion.window.closes
    if forecast.expects is Expects.DOES_NOT_HAPPEN and likelihood.probability > 0.5:
        what = f"“{likelihood.words}” is the likelihood of the event, which is expected not to happen"
        mend = "say how likely the event itself is: unlikely, or 10%"
        found.append(LedgerError(what, where=block.places["likelihood"], mend=mend))
    if forecast.condition and forecast.condition.window.closes > closes:
        what = f"the condition counts beyond {closes}, when the forecast's window closes: met later, it leaves it void"
        mend = "close the condition's window no later, or let the forecast's go on"
        found.append(LedgerError(what, where=block.values["if"].places["window"], mend=mend))
    return found


def place_doubts(block: Block, text: str) -> list[TrackerError]:
    """Whether the quote stands where `at` says, in the characters of the article's text."""
    said = block.values["at"]
    if said is None or not text:
        return []
    found = offsets(block.values["quote"], text)
    if not found or said in found:
        return []
    nearest = min(found, key=lambda place: abs(place - said))
    what = f"at: the quote does not begin at character {said} of the article's text"
    return [LedgerError(what, where=block.places["at"], mend=f"it has moved: write at: {nearest}")]


def criterion_doubts(criterion: Criterion, article: Article, block: Block) -> list[TrackerError]:
    """What is odd about a forecast's criterion, or about its condition's; `block` says where its keys stand."""
    found: list[TrackerError] = []

    def doubt(key: str, what: str, mend: str) -> None:
        found.append(LedgerError(what, where=block.places.get(key, block.place), mend=mend))

    reading = block.values["window"]
    if reading and reading.doubt:
        other = f"for {reading.other} write {reading.other.opens}/{reading.other.closes}" if reading.other else ""
        doubt("window", f"“{reading.phrase}” is read as {criterion.window}: {reading.doubt}", other)
    if reading and criterion.window.closes < article.published:
        what = f"the window closes on {criterion.window.closes}, before the article of {article.published}"
        doubt("window", what, "write the year, or check the article's date")
    elif reading and criterion.window.opens < article.published:
        opens = criterion.window.opens
        what = f"the window opens on {opens}: what happened before the article of {article.published} counts"
        doubt("window", what, f"write {article.published}/{criterion.window.closes}")
    if criterion.sources == 1:
        doubt("sources", "with sources: 1 a single report settles it", "write 2, unless one source decides")
    if criterion.times > 1 and criterion.lasts:
        doubt("times", f"an event that lasts is one event, not {criterion.times}", "leave out times or lasts")
    return found
