"""Which feeds does the workspace follow? The list of subscriptions, an OPML file, read and edited.

OPML 2.0 (http://opml.org/spec2.opml): an `outline` with an `xmlUrl` is a feed, one without is a folder. `xmlUrl` may
also be a path relative to the workspace; `type="archive"`, or the category `archive`, marks an archive; `timezone`,
`userAgent` and `certificate="any"` are tracker's own. Edits change the lines of the outline in hand and no other byte
of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from tracker.errors import LedgerError, LockedError, ManyErrors, OpmlError
from tracker.feeds.clean import is_web_address, printable, safe_link
from tracker.feeds.encoding import decode
from tracker.feeds.outlines import Outline, Outlines, parse_outlines
from tracker.model import Place, Subscription

_MAX_BYTES = 10_000_000
_MAX_USER_AGENT = 300
_WAIT_SECONDS = 10
_EMPTY = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>Feeds</title>
  </head>
  <body>
  </body>
</opml>
"""
_DECLARED_ENCODING = re.compile(r"""(\A<\?xml[^>]*?encoding\s*=\s*)(["'])[^"']*\2""")
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]+)?", re.IGNORECASE)


def read_opml(path: Path) -> list[Subscription]:
    """The subscriptions of an OPML file in its order, an address that is listed twice once.

    OpmlError when the file cannot be read at all; ManyErrors, an OpmlError for each outline that is no subscription.
    """
    subscriptions, errors = read_outlines(path)
    if errors:
        raise ManyErrors(errors)
    return subscriptions


def read_outlines(path: Path) -> tuple[list[Subscription], list[OpmlError]]:
    """As `read_opml`, with what is wrong with single outlines beside the subscriptions that are right."""
    found: dict[str, Subscription] = {}
    errors = []
    for outline in parse_outlines(_text(path), path).outlines:
        try:
            subscription = _subscription(outline, path)
        except OpmlError as error:
            errors.append(error)
            continue
        if subscription is not None:
            earlier = found.setdefault(subscription.address, subscription)
            found[subscription.address] = replace(earlier, archive=earlier.archive or subscription.archive)
    return list(found.values()), errors


def add_subscription(path: Path, subscription: Subscription) -> None:
    """Add a subscription at the end of the list, which is made if there is none; OpmlError when it is there already."""
    if not add_subscriptions(path, [subscription]):
        raise OpmlError(f"{subscription.address} is followed already", where=str(path))


def add_subscriptions(path: Path, subscriptions: Sequence[Subscription]) -> list[Subscription]:
    """Add those that are not there yet at the end of the list, in one step, and return them.

    The list is made if there is none. OpmlError, with nothing added, when one of them cannot stand in it.
    """
    wanted: dict[str, Subscription] = {}
    for subscription in subscriptions:
        check_subscription(subscription)
        wanted.setdefault(subscription.address, subscription)
    added: list[Subscription] = []

    def add(text: str) -> bytes:
        parsed = parse_outlines(text, path)
        known = {_address(outline) for outline in parsed.outlines}
        added[:] = [subscription for address, subscription in wanted.items() if address not in known]
        lines = [_line(subscription) for subscription in added]
        return _with_lines(text, parsed, lines, path) if lines else text.encode()

    if wanted:
        _edit(path, add, otherwise=_EMPTY)
    return added


def check_subscription(subscription: Subscription) -> None:
    """OpmlError when a subscription cannot stand in a list as it is: a bad address, language, time zone or name."""
    attributes = {name.lower(): value for name, value in _attributes(subscription).items()}
    try:
        _subscription(Outline(attributes, 0, 0, 0, is_folder=False), Path())
    except OpmlError as error:  # it stands nowhere yet
        raise OpmlError(error.what, mend=error.mend) from error


def as_opml(subscriptions: Sequence[Subscription]) -> str:
    """A list of subscriptions as a document of its own, for other programs."""
    lines = "".join(f"    {_line(subscription)}\n" for subscription in subscriptions)
    return _EMPTY.replace("  </body>", f"{lines}  </body>")


def _attributes(subscription: Subscription) -> dict[str, str]:
    """The attributes of an outline; those that are empty are not written."""
    return {
        "type": "archive" if subscription.archive else "rss",
        "text": subscription.title or subscription.address,
        "xmlUrl": subscription.address,
        "language": subscription.language,
        "timezone": subscription.timezone,
        "userAgent": subscription.user_agent,
        "certificate": "any" if subscription.any_certificate else "",
    }


def _line(subscription: Subscription) -> str:
    from xml.sax.saxutils import quoteattr  # slow to import: it brings urllib.request

    attributes = _attributes(subscription).items()
    return "<outline " + " ".join(f"{name}={quoteattr(value)}" for name, value in attributes if value) + "/>"


def _with_lines(text: str, parsed: Outlines, lines: Sequence[str], path: Path) -> bytes:
    if parsed.body_end < 0:
        raise OpmlError("the file has no <body> to add a feed to", where=str(path), mend="compare an OPML 2.0 file")
    document = text.encode()
    before, after = document[: parsed.body_end], document[parsed.body_end :]
    if parsed.body_is_empty:  # <body/>
        before, after = before[: before.rindex(b"/>")] + b">\n  ", b"</body>" + after
    # `</body>` keeps the white space before it, the new lines get the same and one step more.
    indent = before[len(before.rstrip(b" \t")) :]
    kept = before[: len(before) - len(indent)]
    step = b"" if kept.endswith(b"\n") else b"\n"
    return kept + step + b"".join(indent + b"  " + line.encode() + b"\n" for line in lines) + indent + after


def remove_subscription(path: Path, address: str) -> None:
    """Remove every outline with the address, and the line where nothing else stands on it.

    OpmlError when there is none, or when it holds other outlines.
    """
    _edit(path, lambda text: _without(text, address, path))


def _without(text: str, address: str, path: Path) -> bytes:
    outlines = [outline for outline in parse_outlines(text, path).outlines if _address(outline) == address]
    if not outlines:
        raise OpmlError(f"{address} is not followed", where=str(path), mend="tracker feeds list shows the addresses")
    document = text.encode()
    for outline in reversed(outlines):
        if outline.is_folder:
            where = Place(str(path), outline.line)
            raise OpmlError(f"{address} has other outlines inside", where=where, mend="remove it by hand")
        before, after = document[: outline.start], document[outline.end :]
        rest_of_line = re.match(rb"[ \t]*\r?\n", after)
        start_of_line = before.rstrip(b" \t")
        if rest_of_line and (not start_of_line or start_of_line.endswith(b"\n")):
            before, after = start_of_line, after[rest_of_line.end() :]
        document = before + after
    return document


def _subscription(outline: Outline, path: Path) -> Subscription | None:
    """What an outline subscribes to, None for a folder."""
    where = Place(str(path), outline.line)
    attributes = outline.attributes
    address = _address(outline)
    kind = attributes.get("type", "").strip().lower()
    title = printable(attributes.get("title") or attributes.get("text", ""))
    if not address:
        if not outline.is_folder and kind in ("rss", "atom", "archive"):
            raise OpmlError(
                f"the feed {title!r} has no xmlUrl", where=where, mend="add its address, or remove the line"
            )
        return None
    if printable(address) != address:
        raise OpmlError(f"the address of {title!r} has control characters or gaps", where=where, mend="write it anew")
    if ":" in address.split("/")[0] and not (is_web_address(address) and safe_link(address)):
        mend = "write an http:// or https:// address, or a path relative to the workspace"
        raise OpmlError(f"{address} is not an address on the web", where=where, mend=mend)
    language = attributes.get("language", "").strip()
    if language and not _LANGUAGE.fullmatch(language):
        raise OpmlError(
            f"{language!r} is not a language", where=where, mend="write two letters (ISO 639-1), such as ru"
        )
    return Subscription(
        address,
        title,
        language[:2].lower(),
        archive=kind == "archive" or "archive" in re.split(r"[,/\s]+", attributes.get("category", "").lower()),
        timezone=_timezone(attributes.get("timezone", "").strip(), where),
        user_agent=_user_agent(attributes.get("useragent", "").strip(), where),
        any_certificate=_any_certificate(attributes.get("certificate", "").strip(), where),
    )


def _timezone(name: str, where: Place) -> str:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name).key if name else ""
    except (KeyError, ValueError, OSError) as error:  # OSError: the name of a folder, such as Europe
        mend = "write a name such as Europe/London or UTC"
        raise OpmlError(f"“{printable(name)}” is not a time zone", where=where, mend=mend) from error


def _user_agent(name: str, where: Place) -> str:
    # A header is a line of ASCII (RFC 9110, 5.5); a line break in it would begin another header.
    if len(name) > _MAX_USER_AGENT or not (name.isascii() and (name.isprintable() or not name)):
        what = f"“{printable(name)[:60]}” is not a name for a program that asks"
        raise OpmlError(what, where=where, mend=f"write up to {_MAX_USER_AGENT} plain letters, such as Mozilla/5.0")
    return name


def _any_certificate(value: str, where: Place) -> bool:
    if value.lower() not in ("", "any"):
        what = f"certificate is “{printable(value)[:40]}”"
        raise OpmlError(what, where=where, mend="write any, or leave it out for one that can be verified")
    return bool(value)


def _address(outline: Outline) -> str:
    return outline.attributes.get("xmlurl", "").strip()


def _text(path: Path) -> str:
    return _decoded(_content(path))


def _decoded(content: bytes) -> str:
    return decode(content).removeprefix("\ufeff")


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise OpmlError(f"too large: over {_MAX_BYTES // 1_000_000} MB", where=str(path), mend="split the list")
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OpmlError(f"cannot be read: {reason}", where=str(path), mend="tracker feeds add starts a list") from error


def _edit(path: Path, change: Callable[[str], bytes], *, otherwise: str | None = None) -> None:
    """Replace the file by what `change` makes of it (of `otherwise` if there is none), in UTF-8, and declared so.

    In one step, so that no reader ever sees half of it, and one tracker after the other, so that no edit is lost; what
    another program writes meanwhile is not written over. LockedError when another tracker keeps writing.
    """
    from filelock import FileLock, Timeout

    from tracker.ledger.replace import replace_file

    try:
        with FileLock(path.resolve().with_suffix(".lock"), timeout=_WAIT_SECONDS):
            before = None if otherwise is not None and not path.exists() else _content(path)
            after = change(_decoded(before) if before is not None else otherwise or "")
            replace_file(path, before, _DECLARED_ENCODING.sub(r"\1\2UTF-8\2", after.decode()).encode())
    except Timeout as error:
        raise LockedError("another tracker is editing the list", where=str(path), mend="try again") from error
    except LedgerError as error:
        raise OpmlError(error.what, where=error.where, mend=error.mend or "nothing was changed") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OpmlError(f"cannot be written: {reason}", where=str(path), mend="nothing was changed") from error
