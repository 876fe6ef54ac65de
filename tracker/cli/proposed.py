"""How are an article's proposals shown, to a person and to other programs?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tracker.cli.context import Context, console
from tracker.model import Article

if TYPE_CHECKING:
    from rich.console import RenderableType

    from tracker.cli.proposals import Accepting
    from tracker.extract import Extraction, LeftOut, Proposal
    from tracker.model import Forecast


def show(context: Context, article: Article, found: Extraction, *, show_all: bool) -> None:
    """Print the proposals of an article, and what was left out when `show_all`."""
    from rich.text import Text

    from tracker.report.terminal import write
    from tracker.wording import counted

    out = console()
    address = f", {article.url}" if article.url else ""
    write(out, Text(f"{article.title} ({article.published}{address})", style="bold"))
    for number, proposal in enumerate(found.proposals, start=1):
        write(out, Text(), *_text(context, number, proposal))
    left = counted(len(found.left_out), "sentence") if found.left_out else "none"
    told = f"{counted(len(found.proposals), 'forecast')} proposed; {left} about the future left out"
    write(out, Text(), Text(told + ("" if show_all or not found.left_out else " (--all shows them)"), style="dim"))
    if show_all:
        write(out, *(_left_text(one) for one in found.left_out))


def _text(context: Context, number: int, proposal: Proposal) -> list[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    from tracker.report.words import interval_words

    who = proposal.forecaster or "somebody who is not named"
    default = " (a default: it names no time)" if proposal.window.is_default else ""
    window = f"{proposal.window.phrase}: {proposal.window.reading.window}{default}"
    lines = [
        f"“{' '.join(proposal.sentence.split())}”",
        f"claim    {proposal.claim} ({proposal.expects.value})",
        f"window   {window}",
        *([f"given    {proposal.condition}"] if proposal.condition else []),
        *([f"or       {proposal.window.reading.other}: {proposal.window.reading.doubt}"] if _doubted(proposal) else []),
        f"because  {proposal.reason}; {proposal.attribution}",
        *(f"already  {told}" for told in _already(context, proposal)),
    ]
    head = Text(f"{number:3}  {who}: {interval_words(proposal.likelihood)}", style="bold")
    return [head, *(Padding(Text(line), (0, 0, 0, 5)) for line in lines)]


def _doubted(proposal: Proposal) -> bool:
    return proposal.window.reading.other is not None and not proposal.window.is_default


def _already(context: Context, proposal: Proposal) -> Iterator[str]:
    """Which forecasts of the ledger a proposal would repeat."""
    from tracker.duplicates import like, quoting

    forecasts = context.ledger.forecasts
    quoted = quoting(proposal.sentence, forecasts)
    window = proposal.window.reading.window
    alike = [one for one in like(proposal.forecaster, proposal.claim, window, forecasts) if one not in quoted]
    yield from (f"quoted by {one.id} ({one.place})" for one in quoted)
    yield from (f"like {one.id} ({one.place}): {one.claim}" for one in alike)


def repeated(context: Context, proposal: Proposal) -> Forecast | None:
    """The forecast of the ledger that is this very proposal: like it, and of the same sentence."""
    from tracker.duplicates import like, quoting

    forecasts = context.ledger.forecasts
    quoted = quoting(proposal.sentence, forecasts)
    alike = like(proposal.forecaster, proposal.claim, proposal.window.reading.window, forecasts)
    return next((one for one in alike if one in quoted), None)


def _left_text(left: LeftOut) -> RenderableType:
    from rich.text import Text

    return Text.assemble((f"  –  “{' '.join(left.sentence.split())}”\n", ""), (f"     {left.why.value}", "dim"))


def short(words: str, most: int = 80) -> str:
    """Words on one line, cut at `most` characters."""
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def data(accepting: Accepting, found: Extraction, *, show_all: bool) -> dict[str, Any]:
    """The proposals of an article with their drafts, for other programs."""
    from tracker.cli.proposals import doubts
    from tracker.report.data import window_data

    article = accepting.article
    proposals = []
    for number, proposal in enumerate(found.proposals, start=1):
        made = accepting.draft(proposal)
        condition, about = accepting.condition(proposal)
        reading = proposal.window.reading
        proposals.append(
            {
                "number": number,
                "quote": proposal.sentence,
                "at": proposal.start,
                "forecaster": proposal.forecaster or None,
                "attribution": proposal.attribution,
                "likelihood": {
                    "words": proposal.likelihood.words,
                    "probability": proposal.likelihood.probability,
                    "low": proposal.likelihood.low,
                    "high": proposal.likelihood.high,
                },
                "window": {
                    "phrase": proposal.window.phrase,
                    **window_data(reading.window),
                    "is_default": proposal.window.is_default,
                    "other": window_data(reading.other) if reading.other else None,
                    "doubt": reading.doubt or None,
                },
                "expects": proposal.expects.value,
                "condition": proposal.condition or None,
                "claim": proposal.claim,
                "reason": proposal.reason,
                "already": list(_already(accepting.context, proposal)),
                "draft": {
                    "topic": made.topic,
                    "event": made.event,
                    "against": made.against,
                    "kind": made.kind,
                    "if": condition or None,
                },
                "doubts": list(doubts(proposal, made, about)),
            }
        )
    data: dict[str, Any] = {
        "article": {"title": article.title, "published": str(article.published), "url": article.url or None},
        "language": found.language,
        "proposals": proposals,
    }
    if show_all:
        data["left_out"] = [{"quote": one.sentence, "at": one.start, "why": one.why.value} for one in found.left_out]
        data["other_sentences"] = found.others
    return data
