"""How do forecasts leave for a spreadsheet, a page in Markdown or another program? With where each stands.

What an article said is somebody else's text: in CSV it must not become a formula, in Markdown not a link or markup.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from importlib.resources import files
from urllib.parse import quote

from tracker.model import Decision
from tracker.report.data import standing_data
from tracker.report.scorecard_data import scorecard_data
from tracker.report.standing import Grouping, Selection, Standing
from tracker.report.words import likelihood_words
from tracker.wording import counted

FORMAT = "tracker-export/1"
"""What the JSON calls itself. The number grows when a key changes its meaning or goes, not when one is added."""

# A spreadsheet takes a cell for a formula that begins so; the wide forms do in East Asian settings. Where it takes the
# semicolon for the separator, as in most of Europe, a cell may begin inside of one of ours.
_FORMULA = re.compile(r"(?:^|(?<=[;\t\r\n]))(?=[=+\-@\t\r\n＝＋－＠])")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~&$])")
_IN_ADDRESSES = "%/:?#@!$&*+,;=~'-._"


def as_json(standings: Sequence[Standing], as_of: date, selection: Selection) -> str:
    """The forecasts with their scorecard, as `export.schema.json` beside this file describes it."""
    found = {
        "format": FORMAT,
        **scorecard_data(standings, Grouping.FORECASTER, as_of, selection),
        "forecasts": [{**standing_data(one), "overdue": one.overdue(as_of)} for one in standings],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def schema() -> str:
    """The JSON Schema of what `as_json` writes."""
    return files("tracker.report").joinpath("export.schema.json").read_text("utf-8")


def as_csv(standings: Sequence[Standing], as_of: date) -> str:
    """A line for each forecast under a line of heads, every cell in quotes (RFC 4180, but lines end in \\n)."""
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([safe_cell(str(cell(one, as_of) or "")) for cell in _COLUMNS.values()] for one in standings)
    return stream.getvalue()


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before what would begin one.

    >>> safe_cell("=1+1"), safe_cell("Prices: +5%"), safe_cell("a;=1+1")
    ("'=1+1", 'Prices: +5%', "a;'=1+1")
    """
    return _FORMULA.sub("'", text)


def as_markdown(standings: Sequence[Standing], as_of: date) -> str:
    """A table, a line for each forecast, and below it how many there are."""
    lines = ["| status | forecast | said | due | forecaster | article |", "|---|---|---|---|---|---|"]
    for one in standings:
        forecast = one.forecast
        cells = (
            _status(one, as_of),
            _plain(forecast.claim),
            _plain(likelihood_words(forecast.likelihood)),
            "open" if forecast.window.open_ended else str(forecast.window.closes),
            _plain(forecast.forecaster),
            f"{_link(forecast.article.title, forecast.article.url)}, {forecast.article.published}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", f"{counted(len(standings), 'forecast')}, as of {as_of}."]
    return "\n".join(lines) + "\n"


def _decision(one: Standing) -> Decision | None:
    """The person's word, where it is what stands."""
    return one.decision if one.decided else None


_COLUMNS: Mapping[str, Callable[[Standing, date], object]] = {
    "id": lambda one, _: one.forecast.id,
    "status": lambda one, _: one.status.value,
    "overdue": lambda one, as_of: "yes" if one.overdue(as_of) else "no",
    "machine": lambda one, _: one.machine and one.machine.value,
    "decided_by": lambda one, _: (decision := _decision(one)) and decision.by,
    "decided_why": lambda one, _: (decision := _decision(one)) and decision.why,
    "strength": lambda one, _: one.strength and one.strength.value,
    "contested": lambda one, _: "yes" if one.contested else "no",
    "event_day": lambda one, _: one.event_day,
    "forecaster": lambda one, _: one.forecast.forecaster,
    "claim": lambda one, _: one.forecast.claim,
    "quote": lambda one, _: one.forecast.quote,
    "expects": lambda one, _: one.forecast.expects.value,
    "likelihood": lambda one, _: one.forecast.likelihood.words,
    "probability": lambda one, _: str(one.forecast.likelihood.probability),
    "low": lambda one, _: str(one.forecast.likelihood.low),
    "high": lambda one, _: str(one.forecast.likelihood.high),
    "opens": lambda one, _: one.forecast.window.opens,
    "closes": lambda one, _: None if one.forecast.window.open_ended else one.forecast.window.closes,
    "tags": lambda one, _: ", ".join(one.forecast.tags),
    "article": lambda one, _: one.forecast.article.title,
    "published": lambda one, _: one.forecast.article.published,
    "url": lambda one, _: one.forecast.article.url,
    "reason": lambda one, _: one.reason,
}
"""The columns of the CSV; a cell is empty where there is nothing to tell."""


def _status(one: Standing, as_of: date) -> str:
    told = f"{one.status.value}{', overdue' if one.overdue(as_of) else ''}"
    decision = _decision(one)
    return f"{told}, by {_plain(decision.by)}" if decision else told


def _plain(text: str) -> str:
    """Text in one line that means nothing to Markdown.

    >>> print(_plain("a|b *c* <d>"))
    a\\|b \\*c\\* \\<d\\>
    """
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def _link(title: str, address: str) -> str:
    """A title that leads to its address, if that is one on the web."""
    if not address.startswith(("https://", "http://")):
        return _plain(title)
    # A space, a bracket or a stroke would end the link, or the cell; what is encoded already stays so.
    return f"[{_plain(title)}]({quote(address, safe=_IN_ADDRESSES)})"
