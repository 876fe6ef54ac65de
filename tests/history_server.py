"""A server on 127.0.0.1 that answers as the sources of history do: Google News, Bing News, GDELT, the Wayback Machine,
WordPress.

Each speaks the service's real shape, keeps its limits, and refuses in its words. What it tells is a list of
`Article`s.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.error import HTTPError
from urllib.parse import parse_qs, quote, unquote, urlsplit
from urllib.request import ProxyHandler, build_opener
from xml.sax.saxutils import escape

from tracker.errors import FeedError
from tracker.feeds.answer import Answer

CONSENT = b"<!doctype html><html><title>Before you continue to Google</title><body>We use cookies</body></html>"
_MESSAGE_429 = b"Please limit requests to one every 5 seconds or contact us for larger queries.\n"
_BY_WAY = "http://127.0.0.1/news/apiclick.aspx?ref=FexRss&aid=&tid={tid}&url={url}&c=1&mkt=en-us"


@dataclass(frozen=True)
class Article:
    """A report as the services know it; `published` None is left out of a feed's entry."""

    title: str
    published: datetime | None
    host: str = "www.reuters.com"
    publisher: str = "Reuters"
    summary: str = ""
    language: str = "English"

    @property
    def link(self) -> str:
        return f"https://{self.host}/{quote(self.title.lower().replace(' ', '-'))}"


@dataclass(frozen=True)
class Reply:
    """What is answered."""

    body: bytes
    status: int = 200
    content_type: str = "application/xml; charset=utf-8"
    location: str = ""


MISSING = Reply(b"<!doctype html><html><body>Not found</body></html>", 404, "text/html")


def rss(articles: Sequence[Article], *, head: str = "", entry: Callable[[Article], str] | None = None) -> bytes:
    """An RSS document with the articles in this order; `head` stands before them."""
    entries = "".join(f"<item>{(entry or plain_entry)(article)}</item>" for article in articles)
    names = 'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"'
    return f'<rss version="2.0" {names}><channel><title>News</title>{head}{entries}</channel></rss>'.encode()


def plain_entry(article: Article) -> str:
    """An entry of a publisher's own feed."""
    dated = f"<pubDate>{format_datetime(article.published)}</pubDate>" if article.published else ""
    return f"<title>{escape(article.title)}</title><link>{article.link}</link>{dated}"


@dataclass
class HistoryServer:
    """`with HistoryServer(articles) as server:` then ask `server.url("/rss/search")` and so on.

    `fixed` are answers by path and query, before all services; `copies` are the Wayback Machine's, by when they were
    taken.
    """

    articles: Sequence[Article] = ()
    fixed: dict[str, Reply] = field(default_factory=dict)
    copies: dict[datetime, Reply] = field(default_factory=dict)
    page_size: int = 10
    asked: list[str] = field(default_factory=list)
    reaches_back_to: datetime = datetime(2025, 4, 1, tzinfo=UTC)

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def url(self, path: str = "") -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self._server.server_port}{path}"

    def __enter__(self) -> HistoryServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def reply(self, target: str) -> Reply:
        """The answer to a path with its query."""
        self.asked.append(target)
        if target in self.fixed:
            return self.fixed[target]
        parts = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if copy := re.fullmatch(r"/web/(\d{14})id_/(.+)", target):
            return self._copy(copy[1], copy[2])
        services = {
            "/rss/search": self._google,
            "/news/search": self._bing,
            "/api/v2/doc/doc": self._gdelt,
            "/cdx/search/cdx": self._cdx,
            "/feed/": self._wordpress,
        }
        return services[parts.path](query) if parts.path in services else MISSING

    def _between(self, since: datetime, before: datetime) -> list[Article]:
        found = [article for article in self.articles if article.published and since <= article.published < before]
        return sorted(found, key=lambda article: article.published or since, reverse=True)

    def _google(self, query: dict[str, str]) -> Reply:
        """At most 100 of the days from after: until before:, the latter not included; titles with their publisher."""
        limits = {name: date.fromisoformat(day) for name, day in re.findall(r"\b(after|before):(\S+)", query["q"])}
        if not limits or query["ceid"] != f"{query['gl']}:{query['hl'][:2]}":
            return Reply(CONSENT, content_type="text/html; charset=utf-8")
        since, before = (datetime(day.year, day.month, day.day, tzinfo=UTC) for day in limits.values())
        return Reply(rss(self._between(since, before)[:100], entry=self._google_entry))

    def _google_entry(self, article: Article) -> str:
        title = escape(f"{article.title} - {article.publisher}")
        link = self.url(f"/rss/articles/CBMi{abs(hash(article.title))}?oc=5")
        told = escape(
            f'<a href="{link}">{article.title}</a>&nbsp;&nbsp;<font color="#6f6f6f">{article.publisher}</font>'
        )
        assert article.published
        return (
            f'<title>{title}</title><link>{link}</link><guid isPermaLink="false">CBMi{abs(hash(article.title))}</guid>'
            f"<pubDate>{format_datetime(article.published, usegmt=True)}</pubDate><description>{told}</description>"
            f'<source url="https://{article.host}">{escape(article.publisher)}</source>'
        )

    def _bing(self, query: dict[str, str]) -> Reply:
        """The latest ten; links lead through Bing under an address that is another one each time."""
        if query.get("format") != "rss" or "mkt" not in query:
            return Reply(b"<!doctype html><html><body>Bing</body></html>", content_type="text/html")

        def entry(article: Article) -> str:
            by_way = _BY_WAY.format(tid=len(self.asked), url=quote(article.link, safe="").lower())
            described = f"<description>{escape(article.summary)}</description>"
            return f"{plain_entry(article).replace(article.link, escape(by_way))}{described}"

        return Reply(
            rss(self._between(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))[:10], entry=entry)
        )

    def _gdelt(self, query: dict[str, str]) -> Reply:
        """At most 250 of a span of the last three months; a breach of the rules is told in words, under status 200."""

        def says(what: str) -> Reply:
            return Reply(what.encode(), content_type="text/html; charset=utf-8")

        asked = query["query"]
        outside = re.sub(r"\([^()]*\)", "", asked)
        if len(asked) > 250:
            return says("Your query was too short or too long.")
        if " OR " in outside:
            return says("Queries containing OR'd terms must be surrounded by ().")
        if any(" OR " not in inner for inner in re.findall(r"\(([^()]*)\)", asked)):
            return says("Parentheses may only be used around OR'd statements.")
        if any(len(phrase) < 4 for phrase in re.findall(r'"([^"]*)"', asked)):
            return says("The specified phrase is too short.")
        if "-" in asked:
            return says("One or more of your keywords contained an illegal character.")
        since, until = (_moment(query[name]) for name in ("startdatetime", "enddatetime"))
        if since < self.reaches_back_to:
            return says("Timespan must be within the last 3 months.")
        found = self._between(since, until + timedelta(seconds=1))[: int(query["maxrecords"])]
        rows = [
            {
                "url": article.link,
                "url_mobile": "",
                "title": f"{article.title} ",
                "seendate": f"{article.published:%Y%m%dT%H%M%SZ}",
                "socialimage": "",
                "domain": article.host,
                "language": article.language,
                "sourcecountry": "United States",
            }
            for article in found
        ]
        return Reply(json.dumps({"articles": rows} if rows else {}).encode(), content_type="application/json")

    def _cdx(self, query: dict[str, str]) -> Reply:
        """The index of copies, its first row the fields' names."""
        names = query["fl"].split(",")
        taken = sorted(moment for moment in self.copies if _moment(query["from"]) <= moment <= _moment(query["to"]))
        known = {"original": query["url"], "statuscode": "200", "mimetype": "text/xml"}
        rows = [[(known | {"timestamp": f"{moment:%Y%m%d%H%M%S}"})[name] for name in names] for moment in taken]
        return Reply(json.dumps([names, *rows] if rows else []).encode(), content_type="application/json")

    def _copy(self, timestamp: str, original: str) -> Reply:
        return self.copies.get(_moment(timestamp), MISSING)

    def _wordpress(self, query: dict[str, str]) -> Reply:
        """Page after page of posts, the newest first; 404 past the last."""
        number = int(query.get("paged", 1))
        posts = self.articles[(number - 1) * self.page_size : number * self.page_size]
        return Reply(rss(posts, head="<generator>https://wordpress.org/?v=6.5.2</generator>")) if posts else MISSING

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                reply = server.reply(self.path)
                self.send_response(reply.status)
                self.send_header("Content-Type", reply.content_type)
                if reply.location:
                    self.send_header("Location", reply.location)
                self.end_headers()
                self.wfile.write(reply.body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler


TOO_MANY = Reply(_MESSAGE_429, 429, "text/plain")


def ask(address: str) -> Answer:
    """Ask an address, as the engine does: an error in the engine's words when it has no document."""
    try:
        with build_opener(ProxyHandler({})).open(address, timeout=10) as response:
            kind = response.headers.get("Content-Type", "")
            return Answer(address, final_address=response.url, body=response.read(), content_type=kind)
    except HTTPError as error:
        with error:
            raise FeedError(f"HTTP {error.code} {error.reason}") from error


def searched(target: str) -> str:
    """The words that a request asked for."""
    return unquote(parse_qs(urlsplit(target).query).get("q", parse_qs(urlsplit(target).query).get("query", [""]))[0])


def _moment(timestamp: str) -> datetime:
    return datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
