"""What becomes of a proposal that is accepted? Its article is kept, its queries are drafted, it goes into a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import LedgerError, NotFoundError
from tracker.extract import Proposal
from tracker.ledger.quotes import offsets
from tracker.model import Article, Forecast

if TYPE_CHECKING:
    from tracker.cli.context import Context
    from tracker.draft import Draft
    from tracker.ledger.layout import Value

_CONJUNCTION = re.compile(r"^(?:if|once|as long as|in case of|in the event of|если|в случае|пока)\s+", re.IGNORECASE)
_LONGEST_NAME = 60  # characters of a file's name
_NO_END = {
    "en": "The article says that no time is set: it stands until it happens.",
    "ru": "Статья говорит, что срок не задан: прогноз остаётся, пока не сбудется.",
}
_NO_TIME = {
    "en": "No time is named in the article: twelve months from it are taken.",
    "ru": "Срок в статье не назван: взято двенадцать месяцев от неё.",
}


@dataclass
class Accepting:
    """An article on its way into the workspace. `text` is what is kept; `file` its place there, empty for a new one."""

    context: Context
    article: Article
    text: str
    language: str
    file: str = ""
    path: Path | None = None
    _made: list[Path] = field(default_factory=list)

    @cached_property
    def forecasts_file(self) -> Path:
        """The forecast file: the one that is named, else that of this very text, else a new one by the title."""
        if self.path is not None:
            return self.path
        if known := self._file_of_this_text():
            return known
        folder = self.context.workspace.forecasts
        return folder / f"{self._free_name(folder, '.yaml')}.yaml"

    @cached_property
    def kept(self) -> Article:
        """The article with its text kept in the workspace, which is written where it is not there yet."""
        if self.file:
            return self._with_text(self.file)
        folder = self.context.workspace.root / "seeds"
        name = f"seeds/{self._free_name(folder, '.txt')}.txt"
        target = self.context.workspace.root / name
        if not target.exists():
            from tracker.ledger.replace import replace_file

            try:
                folder.mkdir(exist_ok=True)
            except OSError as error:
                raise LedgerError(f"the folder cannot be made: {error.strerror}", where="seeds/") from error
            replace_file(target, None, self.text.encode())
            self._made.append(target)
        return self._with_text(name)

    def take_back(self) -> None:
        """Delete the text that was kept, when no forecast was written that needs it."""
        for path in self._made:
            path.unlink(missing_ok=True)

    def fields(self, proposal: Proposal, made: Draft) -> dict[str, Value]:
        """A proposal by the keys of a forecast file. What could not be drafted is missing."""
        quote = " ".join(proposal.sentence.split())
        counts = [made.counts] if made.counts else []
        if proposal.window.is_default:
            counts.append((_NO_END if proposal.window.is_open else _NO_TIME)[self.language])
        known: dict[str, Value] = {
            "id": self._id(proposal),
            "forecaster": proposal.forecaster,
            "quote": quote,
            "at": min(offsets(quote, self.text), key=lambda at: abs(at - proposal.start), default=proposal.start),
            "claim": proposal.claim,
            "likelihood": proposal.likelihood.words,
            "window": proposal.window.phrase,
            "expects": proposal.expects.value,
            **self._recognised(made),
            "counts": " ".join(counts),
        }
        return {key: value for key, value in known.items() if value != ""}

    def _recognised(self, made: Draft) -> dict[str, Value]:
        """What a draft says of how the news would tell the event, or that it did not happen."""
        fields: dict[str, Value] = {"topic": made.topic, "event": made.event}
        if made.against:
            fields["against"] = made.against
        if made.sources != self.context.defaults.sources:
            fields["sources"] = made.sources
        if made.lasts:
            fields["lasts"] = True
        if made.audible is not None:
            fields["audible"] = made.audible
        if made.kind:
            fields["kind"] = made.kind
        return fields

    def draft(self, proposal: Proposal, claim: str = "") -> Draft:
        """The queries for a proposal, or for another claim in it, such as its condition."""
        from tracker.draft import draft

        return draft(
            claim or proposal.claim,
            sentence=proposal.sentence,
            language=self.language,
            published=self.article.published,
            window=proposal.window.reading.window,
            concepts=self.context.concepts,
        )

    def condition(self, proposal: Proposal) -> tuple[dict[str, Value], tuple[str, ...]]:
        """The block `if` of a proposal, empty where it has no condition or none can be drafted, and the doubts."""
        if not proposal.condition:
            return {}, ()
        bare = _CONJUNCTION.sub("", proposal.condition)
        made = self.draft(proposal, bare)
        if not (made.topic and made.event):
            return {}, (f"no queries could be drafted for its condition, “{proposal.condition}”",)
        claim = bare[:1].upper() + bare[1:] + "."
        return {"claim": claim, **self._recognised(made)}, tuple(f"the condition: {d}" for d in made.doubts)

    def write(self, fields: dict[str, Value]) -> Forecast:
        """Add a forecast to its file."""
        from tracker.ledger.edit import append_forecast

        article = self.kept
        path = self.forecasts_file
        forecast = append_forecast(
            path,
            None if path.exists() else article,
            fields,
            concepts=self.context.concepts,
            defaults=self.context.defaults,
        )
        # What is written is known from now on, so that the next id and the next duplicate see it.
        self.context.__dict__.pop("ledger", None)
        self._made.clear()
        return forecast

    def _with_text(self, name: str) -> Article:
        article = self.article
        return Article(article.title, article.published, article.url, name)

    def _id(self, proposal: Proposal) -> str:
        from tracker.preview import propose_id
        from tracker.text.russian import latin

        taken = {forecast.id for forecast in self.context.ledger.forecasts}
        return propose_id(latin(proposal.claim), taken) or propose_id(f"forecast {proposal.start}", taken)

    def _free_name(self, folder: Path, ending: str) -> str:
        """A name made of the title, of a file that is not there or that holds this very text."""
        from tracker.preview import propose_id
        from tracker.text.russian import latin

        name = propose_id(latin(self.article.title), ())[:_LONGEST_NAME].strip("-") or "article"
        names = [name, *(f"{name}-{number}" for number in range(2, 1000))]
        for one in names:
            path = folder / f"{one}{ending}"
            if not path.exists() or (ending == ".txt" and path.read_bytes() == self.text.encode()):
                return one
        raise NotFoundError(f"no free name like {name} in {folder.name}/", mend="choose one with --file")

    def _file_of_this_text(self) -> Path | None:
        """The forecast file whose article has this text or this address."""
        from tracker.ledger.files import forecast_files

        for forecast in self.context.ledger.forecasts:
            theirs = forecast.article
            same_text = theirs.text and (theirs.text == self.file or self._is_text(theirs.text))
            if same_text or (theirs.url and theirs.url == self.article.url):
                name = Path(forecast.place.file).name
                return next(path for path in forecast_files(self.context.workspace.forecasts) if path.name == name)
        return None

    def _is_text(self, name: str) -> bool:
        path = self.context.workspace.root / name
        return path.is_file() and path.read_bytes().strip() == self.text.strip().encode()


def doubts(proposal: Proposal, made: Draft, about_condition: tuple[str, ...]) -> Iterator[str]:
    """What a person must look at before a drafted forecast may settle anything."""
    if not proposal.forecaster:
        yield "nobody is named who says it"
    if not made.topic:
        yield "no topic could be drafted"
    if not made.event:
        yield "no event could be drafted"
    yield from made.doubts
    yield from about_condition
