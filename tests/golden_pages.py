"""Pages that hardly ever change, for a reader to look over when they do: `make golden` writes tests/golden/ anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from builders import (
    affirmed,
    against,
    covered,
    criterion,
    day,
    denied,
    forecast,
    item,
    moment,
    reprint,
    window,
)

from tracker import __version__
from tracker.judging import Judgement
from tracker.model import Article, Decision, Evidence, Expects, Forecast, Likelihood, Status, VerdictRecord
from tracker.report.pages.addresses import FolderAddresses, slugs_of
from tracker.report.pages.feed import changes, feed
from tracker.report.pages.forecast import ForecastPage, forecast_page
from tracker.report.pages.forecaster import ForecasterPage, forecaster_page
from tracker.report.pages.index import IndexPage, index_page
from tracker.report.pages.render import Site, render
from tracker.report.standing import Standing
from tracker.resolve import Findings, resolve

FOLDER = Path(__file__).parent / "golden"
SITE = Site("Forecasts of Freedonia", "https://example.org/freedonia/")
AS_OF = day(60)
TRENTINO, TEASDALE = "Ambassador Trentino", "Mrs. Teasdale & Sons"
ARTICLE = (
    "Freedonia is on the brink.\n“War is not what I fear,” the ambassador said. “The envoys will meet.”\n"
    "Mrs. Teasdale would not say <more> than that."
)
ADDRESSES = FolderAddresses(slugs_of([TRENTINO, TEASDALE]))


def met() -> ForecastPage:
    """A forecast that came true, by two origins of three, and one that a headline of script cannot break."""
    hostile = item("Envoys </script><script>alert(1)</script> met", on=9, source="c.org", link="javascript:alert(1)")
    reports = [
        affirmed("Reuters", 8),
        affirmed("TASS", 9),
        reprint(affirmed("TASS", 9), 10),
        denied("Gazette", 4),
        replace(affirmed("Courier", 9), item=hostile, spans=((0, 6), (42, 45))),
    ]
    return _page(_forecast(), reports)


def decided() -> ForecastPage:
    """A forecast that the machine leaves pending and a person decided; its watch has gaps, and an item tells
    of such an event."""
    asked = criterion(against="recall NEAR/3 envoy", kind="(envoys OR presidents) NEAR/6 (meet OR sit OR talk)")
    about = forecast(asked, expects=Expects.DOES_NOT_HAPPEN, id="no-meeting")
    decision = Decision("no-meeting", Status.CONFIRMED, "The ministry says that they never met.", "Firefly", moment(50))
    coverage = replace(covered(20), gaps=(window(6, 10), window(26, 30)))
    near = replace(affirmed("Courier", 12), item=item("Presidents of Freedonia and Sylvania sit down", on=12))
    found = Findings((), coverage, (near.item,), similar=(near,))
    return _page(about, [against("Reuters", 8)], found, decision)


def scores() -> ForecasterPage:
    """A forecaster with enough settled forecasts for a calibration."""
    return forecaster_page(TRENTINO, _many(), AS_OF)


def listed() -> IndexPage:
    """A list of forecasts of all kinds."""
    by_another = replace(_forecast(), id="war-declared", forecaster=TEASDALE, tags=("war", "duck & soup"))
    every = [met().standing, decided().standing, Standing(by_another, Status.VOID), *_many()[:3]]
    return index_page(every, AS_OF)


def _forecast() -> Forecast:
    return forecast(article=Article("Envoys <b>at odds</b>", day(0), "https://example.org/envoys", "seeds/envoys.txt"))


def _page(
    about: Forecast, reports: list[Evidence], findings: Findings | None = None, decision: Decision | None = None
) -> ForecastPage:
    found = replace(findings or Findings((), covered()), evidence=tuple(reports))
    verdict = resolve(about, found, AS_OF)
    standing = Standing.of(about, verdict, decision)
    first = VerdictRecord(
        forecast=about.id,
        status=Status.PENDING,
        rule="open",
        reason="no report of it so far",
        as_of=day(1),
        event_day=None,
        strength=None,
        contested=False,
        evidence=(),
        missing=(),
        recorded_at=moment(1),
    )
    recorded = [first, replace(first, status=verdict.status, reason=verdict.reason, recorded_at=moment(40))]
    return forecast_page(standing, Judgement(verdict, found, None), recorded, [decision] if decision else [], ARTICLE)


def _many() -> list[Standing]:
    """Twenty-five settled forecasts, said with three likelihoods, every third wrong."""
    said = (
        Likelihood("unlikely", 0.2, 0.1, 0.3),
        Likelihood("likely", 0.7, 0.6, 0.8),
        Likelihood("90%", 0.9, 0.9, 0.9),
    )
    return [
        Standing(
            replace(_forecast(), id=f"claim-{number:02}", likelihood=said[number % 3]),
            Status.REFUTED if (number % 3 == 0) != (number % 4 == 0) else Status.CONFIRMED,
            event_day=day(number),
        )
        for number in range(1, 26)
    ]


def golden() -> dict[str, str]:
    """Each golden file's name, and what it should hold."""
    up = replace(ADDRESSES, up="../")
    pages = {
        "forecast-met.html": render("forecast.html", met(), up, SITE, f"{SITE.url}forecasts/envoys-meet.html"),
        "forecast-decided.html": render("forecast.html", decided(), up, SITE),
        "forecaster.html": render("forecaster.html", scores(), up, SITE),
        "index.html": render("index.html", listed(), ADDRESSES, SITE, f"{SITE.url}index.html"),
    }
    changed = [change for page in (met(), decided()) for change in changes(page.forecast, page.history)]
    pages["changes.atom"] = feed(changed, ADDRESSES, SITE).decode("utf-8")
    return {name: text.replace(__version__, "VERSION") for name, text in pages.items()}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in golden().items():
        (FOLDER / name).write_text(text, "utf-8")
