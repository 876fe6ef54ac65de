"""What do whole feeds look like, of each kind that is in use? Short ones, as publishers write them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

_FIRST = datetime(2026, 4, 30, 18, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Story:
    """What an item of any feed says; `at` is in UTC."""

    title: str
    link: str
    text: str
    at: datetime

    @property
    def iso(self) -> str:
        """The moment in ISO 8601."""
        return self.at.isoformat()

    @property
    def mail(self) -> str:
        """The moment in RFC 822's form."""
        return format_datetime(self.at)


def _stories(host: str, titles: Sequence[str]) -> tuple[Story, ...]:
    return tuple(
        Story(
            title,
            f"https://{host}/world/2026/04/story-{4100 + number}",
            f"{title}. A correspondent reports from the scene, page {number + 1}.",
            _FIRST - timedelta(minutes=95 * number),
        )
        for number, title in enumerate(titles)
    )


STORIES = _stories(
    "gazette.example",
    (
        "Baku recalls its ambassador from Moscow",
        "Oil falls below 60 dollars for the first time in four years",
        "Parliament votes down the budget",
        "Flood waters recede along the Danube",
        "Central bank holds its rate at 4.5%",
        "Two ministers resign over port contract",
        "Ceasefire holds for a third day, monitors say",
        "Airline cancels 200 flights as pilots strike",
        "Court orders recount in two provinces",
        "Wheat harvest seen 8% below last year's",
        "Summit of the five states moved to Astana",
        "Researchers date the cave paintings to 40,000 years",
    ),
)
RUSSIAN = _stories(
    "vesti.example",
    (
        "Баку отозвал посла из Москвы",
        "Цена нефти опустилась ниже 60 долларов",
        "Государственная дума приняла бюджет во втором чтении",
        "Центральный банк сохранил ключевую ставку",
        "Паводок на Урале пошёл на спад",
        "В Астане открылся саммит пяти государств",
    ),
)
TITLES = tuple(story.title for story in STORIES)
RUSSIAN_TITLES = tuple(story.title for story in RUSSIAN)
_NAMES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"'
)


def rss(*items: str, title: str = "The Gazette", names: str = _NAMES) -> str:
    """An RSS 2.0 document around what its items hold."""
    inside = "".join(f"<item>{item}</item>\n" for item in items)
    return f"<rss {names} version='2.0'><channel><title>{title}</title>\n{inside}</channel></rss>\n"


def atom(*entries: str, names: str = 'xmlns="http://www.w3.org/2005/Atom"') -> str:
    """An Atom document around what its entries hold."""
    inside = "".join(f"<entry>{entry}</entry>\n" for entry in entries)
    return f"<feed {names}><title>The Gazette</title><id>urn:gazette</id>\n{inside}</feed>\n"


def rss20(stories: Sequence[Story] = STORIES, *, encoding: str = "UTF-8") -> str:
    """RSS 2.0 as a newspaper's software writes it."""
    items = (
        f"\n  <title>{escape(one.title)}</title>\n  <link>{one.link}?utm_source=rss&amp;utm_medium=feed</link>"
        f'\n  <guid isPermaLink="false">{one.link}</guid>\n  <pubDate>{one.mail}</pubDate>'
        f"\n  <dc:creator>News desk</dc:creator>\n  <description><![CDATA[<p>{one.text}</p>]]></description>"
        f'\n  <media:thumbnail url="{one.link}.jpg" width="240" height="135"/>\n'
        for one in stories
    )
    return f'<?xml version="1.0" encoding="{encoding}"?>\n{rss(*items)}'


def rss091(stories: Sequence[Story] = STORIES) -> str:
    """RSS 0.91: nothing but titles, links and descriptions."""
    items = (
        f"<title>{escape(one.title)}</title><link>{one.link}</link><description>{one.text}</description>"
        for one in stories
    )
    return '<?xml version="1.0"?>\n' + rss(*items, names="").replace("version='2.0'", 'version="0.91"')


def rdf(stories: Sequence[Story] = STORIES) -> str:
    """RSS 1.0: items stand beside the channel, dates in Dublin Core."""
    items = "".join(
        f'<item rdf:about="{one.link}"><title>{escape(one.title)}</title><link>{one.link}</link>'
        f"<description>{one.text}</description><dc:date>{one.iso}</dc:date></item>\n"
        for one in stories
    )
    listed = "".join(f'<rdf:li rdf:resource="{one.link}"/>' for one in stories)
    return (
        '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<channel rdf:about="https://gazette.example/"><title>The Gazette</title><link>https://gazette.example/</link>'
        f"<items><rdf:Seq>{listed}</rdf:Seq></items></channel>\n{items}</rdf:RDF>\n"
    )


def atom10(stories: Sequence[Story] = STORIES) -> str:
    """Atom 1.0 with escaped HTML."""
    entries = (
        f'\n  <title type="html">{escape(escape(one.title))}</title>\n  <id>{one.link}</id>'
        f'\n  <link rel="alternate" type="text/html" href="{one.link}"/>\n  <published>{one.iso}</published>'
        f"\n  <updated>{one.iso}</updated>\n  <author><name>News desk</name></author>"
        f'\n  <summary type="html">&lt;p&gt;{escape(one.text)}&lt;/p&gt;</summary>\n'
        for one in stories
    )
    return f'<?xml version="1.0" encoding="utf-8"?>\n{atom(*entries)}'


def json_feed(stories: Sequence[Story] = STORIES, **changed: object) -> str:
    """JSON Feed 1.1; `changed` is laid over every item."""
    items = [
        {"id": one.link, "url": one.link, "title": one.title, "content_text": one.text, "date_published": one.iso}
        | changed
        for one in stories
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "The Gazette", "items": items}
    return json.dumps(feed, ensure_ascii=False, indent=1)


def podcast(stories: Sequence[Story] = STORIES) -> str:
    """A podcast: episodes are sound files, much is said in iTunes' own elements."""
    items = (
        f"<title>{escape(one.title)}</title><itunes:title>{escape(one.title)}</itunes:title>"
        f'<guid isPermaLink="false">episode-{number}</guid><pubDate>{one.mail}</pubDate>'
        f'<enclosure url="{one.link}.mp3" length="34216300" type="audio/mpeg"/>'
        f"<itunes:duration>00:31:05</itunes:duration><itunes:summary>{one.text}</itunes:summary>"
        for number, one in enumerate(stories)
    )
    return '<?xml version="1.0"?>\n' + rss(*items, names='xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"')


def videos(stories: Sequence[Story] = STORIES) -> str:
    """A channel of videos as YouTube writes it: each description stands in a media:group."""
    entries = (
        f"<id>yt:video:{number:011}</id><yt:videoId>{number:011}</yt:videoId><title>{escape(one.title)}</title>"
        f'<link rel="alternate" href="https://video.example/watch?v={number:011}"/><published>{one.iso}</published>'
        f"<updated>{one.iso}</updated><media:group><media:title>{escape(one.title)}</media:title>"
        f'<media:content url="https://video.example/v/{number:011}" type="application/x-shockwave-flash"/>'
        f"<media:description>{one.text}</media:description></media:group>"
        for number, one in enumerate(stories)
    )
    names = (
        'xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:yt="http://www.youtube.com/xml/schemas/2015"'
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{atom(*entries, names=names)}'


WHOLE = {
    "RSS 2.0": rss20().encode(),
    "RSS 0.91": rss091().encode(),
    "RDF": rdf().encode(),
    "Atom": atom10().encode(),
    "JSON Feed": json_feed().encode(),
    "podcast": podcast().encode(),
    "videos": videos().encode(),
    "windows-1251": rss20(RUSSIAN, encoding="windows-1251").encode("cp1251"),
    "koi8-r": rss20(RUSSIAN, encoding="koi8-r").encode("koi8-r"),
}
"""Whole feeds by name, of 12 items each, the Russian ones of 6."""
