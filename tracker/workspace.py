"""Which folder are we working in, where is what in it, and by which settings? Finding a workspace, and making one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.errors import ConfigError, NotFoundError, StoreError, UsageError
from tracker.model import Place

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

CONFIG_FILE = "tracker.toml"
DEFAULT, OPTION = "default", "option"

# Where a file of the template goes when its name there cannot be its own: a .gitignore inside the package would make
# git ignore files of the package.
_PUBLISH = "publish.yml"
_RENAMED = {"gitignore": ".gitignore", _PUBLISH: f".github/workflows/{_PUBLISH}"}
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_RANGES = {"lag_days": (0, 3650), "sources": (1, 100), "feed_megabytes": (1, 1000), "closing_days": (0, 365)}
_SQLITE_FILE = re.compile(r"(sqlite(?:\+\w+)?:///)(?!/|:memory:)(.+)")


@dataclass(frozen=True, slots=True)
class Settings:
    """What may be set for a workspace. `origins` says where each value comes from: default, tracker.toml, or option.

    `database` is a SQLAlchemy URL, `timezone` an IANA name; `coverage`, `lag_days` and `sources` hold for forecasts
    that do not say them; `every` is the time between two passes of `tracker run`. Feeds may lead to addresses that are
    not public only in `private_networks` (in CIDR notation, RFC 4632), and hold up to `feed_megabytes` once unpacked.
    `alerts` are Apprise addresses, which hold secrets; a window is about to close `closing_days` days before it does.
    `serve_token` is the secret that visitors of `tracker serve` need where not only this machine can reach it.
    """

    database: str = "sqlite:///data/tracker.sqlite"
    timezone: str = "UTC"
    coverage: float = 0.8
    lag_days: int = 2
    sources: int = 2
    every: timedelta = timedelta(hours=1)
    private_networks: tuple[str, ...] = ()
    feed_megabytes: int = 10
    alerts: tuple[str, ...] = field(default=(), repr=False)
    closing_days: int = 7
    serve_token: str = field(default="", repr=False)
    origins: Mapping[str, str] = field(default_factory=dict)

    def origin(self, name: str) -> str:
        """Where the value of a setting comes from."""
        return self.origins.get(name, DEFAULT)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with forecasts, and the places of everything in it."""

    root: Path
    settings: Settings

    @property
    def forecasts(self) -> Path:
        """The folder of the forecast files."""
        return self.root / "forecasts"

    @property
    def concepts_file(self) -> Path:
        """The workspace's own concepts; need not exist."""
        return self.forecasts / "concepts.yaml"

    @property
    def opml(self) -> Path:
        """The list of subscriptions; need not exist."""
        return self.root / "data" / "feeds.opml"

    @property
    def decisions(self) -> Path:
        """What people decided; need not exist."""
        return self.root / "data" / "decisions.jsonl"

    @property
    def remembered_ledger(self) -> Path:
        """What the forecast files said when they were read last; may be deleted at any time."""
        return self.root / "data" / ".cache" / "ledger.jsonl"

    @property
    def remembered_judgements(self) -> Path:
        """How forecasts were judged last, and from what; may be deleted at any time."""
        return self.root / "data" / ".cache" / "judgements.sqlite"

    @property
    def lock(self) -> Path:
        """The file that one tracker at a time holds while it makes a pass."""
        return self.root / "data" / "tracker.lock"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which days begin and end."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.settings.timezone)

    def today(self, now: datetime) -> date:
        """The calendar day at a moment."""
        return now.astimezone(self.zone).date()

    def make_data_folder(self) -> None:
        """Make the folder data/ if need be. StoreError when it cannot be."""
        try:
            (self.root / "data").mkdir(exist_ok=True)
        except OSError as error:
            raise StoreError(f"the folder data/ cannot be made: {error.strerror}", where=str(self.root)) from error

    @property
    def database(self) -> str:
        """The database's URL. A SQLite file's path is made absolute: it is relative to the workspace."""
        match = _SQLITE_FILE.fullmatch(self.settings.database)
        return f"{match[1]}{self.root / match[2]}" if match else self.settings.database

    def with_options(self, **options: object) -> Workspace:
        """The workspace by these settings instead of its own; those that are None stay. UsageError for a bad value."""
        given = {name: value for name, value in options.items() if value not in (None, ())}
        values = {}
        for name, value in given.items():
            try:
                values[name] = _setting(name, value)
            except ConfigError as error:
                raise UsageError(error.what, mend=error.mend) from error
        origins = {**self.settings.origins, **dict.fromkeys(values, OPTION)}
        return replace(self, settings=replace(self.settings, **values, origins=origins))


def find_workspace(start: Path, explicit: Path | None = None) -> Workspace:
    """The workspace that `explicit` names, else the nearest at or above `start`, with the settings of its tracker.toml.

    NotFoundError when there is none, ConfigError for the first mistake in tracker.toml.
    """
    base = (explicit or start).absolute()
    for folder in [base] if explicit else [base, *base.parents]:
        if (folder / "forecasts").is_dir():
            return Workspace(folder, read_settings(folder / CONFIG_FILE))
    if explicit:
        what = f"{explicit} is not a workspace: it has no folder forecasts/"
        raise NotFoundError(what, mend=f"tracker init {explicit} makes one")
    what = f"no workspace here: no folder forecasts/ in {base} or above"
    raise NotFoundError(what, mend="tracker init DIR makes one; or name one with --workspace DIR")


def read_settings(path: Path) -> Settings:
    """The settings of a tracker.toml, defaults where it is silent or does not exist. ConfigError if it is wrong."""
    try:
        text = path.read_bytes().decode("utf-8")
        found = tomllib.loads(text)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", where=path.name) from error
    except UnicodeDecodeError as error:
        raise ConfigError("not in UTF-8", where=path.name, mend="save the file as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        # tomllib names no line for what it notices at the end.
        line = re.search(r"at line (\d+)", str(error))
        where = Place(path.name, int(line[1]) if line else len(text.splitlines()))
        what = re.sub(r" \(at .*\)$", "", str(error))
        raise ConfigError(f"not TOML: {what}", where=where, mend="write name = value, texts in quotes") from error
    values = {}
    for name, value in found.items():
        try:
            values[name] = _setting(name, value)
        except ConfigError as error:
            error.where = _line_of(name, text, path.name)
            raise
    return Settings(**values, origins=dict.fromkeys(values, CONFIG_FILE))


def read_interval(words: str) -> timedelta:
    """A time span such as 90s, 30m, 1h or 1d, from a second to 31 days; ConfigError for anything else.

    >>> read_interval("1h")
    datetime.timedelta(seconds=3600)
    """
    match = re.fullmatch(r"([0-9]{1,7})\s?([smhd])", words.strip())
    span = timedelta(**{_UNITS[match[2]]: int(match[1])}) if match else timedelta()
    if not timedelta(seconds=1) <= span <= timedelta(days=31):
        raise ConfigError(f"“{words}” is not a time span", mend="from 1s to 31d: 30m, 1h, 1d")
    return span


def interval_words(span: timedelta) -> str:
    """A time span as `read_interval` reads it, in the largest unit that fits.

    >>> interval_words(timedelta(minutes=90)), interval_words(timedelta(hours=24))
    ('90m', '1d')
    """
    seconds = int(span.total_seconds())
    sizes = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
    unit = next(unit for unit, size in sizes.items() if seconds % size == 0)
    return f"{seconds // sizes[unit]}{unit}"


def create_workspace(folder: Path, *, publish: bool = False) -> list[Path]:
    """Make a workspace with an example in `folder`, and return the files made.

    With `publish` a workflow that publishes its scorecard is one of them. UsageError, with nothing written, when any of
    them or a folder forecasts/ is there already.
    """
    planned = {to: content for name, to, content in _template() if publish or name != _PUBLISH}
    if (folder / "forecasts").exists():
        raise UsageError(f"{folder / 'forecasts'} is there already", mend="nothing was written; choose a new folder")
    return _make(folder, planned, mend="nothing was written; choose a new folder")


def add_publishing(folder: Path) -> list[Path]:
    """Add the workflow that publishes its scorecard to the workspace in `folder`, and return the file made.

    UsageError when there is one already: somebody may have changed it.
    """
    planned = {to: content for name, to, content in _template() if name == _PUBLISH}
    return _make(folder, planned, mend="nothing was written; delete it to have a new one")


def _make(folder: Path, wanted: Mapping[Path, bytes], mend: str) -> list[Path]:
    """Write new files by their paths in a folder, all or none."""
    planned = [(folder / name, content) for name, content in wanted.items()]
    present = [path for path, _ in planned if path.exists()]
    if present:
        raise UsageError(f"{present[0]} is there already", mend=mend)
    try:
        for path, content in planned:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as stream:
                stream.write(content)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}", mend="choose another folder") from error
    return [path for path, _ in planned]


def _template() -> Iterator[tuple[str, Path, bytes]]:
    """The template's files: the name of each there, its path in a workspace, and what is in it."""
    return _files(files("tracker") / "template", Path())


def _files(source: Traversable, to: Path) -> Iterator[tuple[str, Path, bytes]]:
    for entry in sorted(source.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry, to / entry.name)
        else:
            yield entry.name, to / _RENAMED.get(entry.name, entry.name), entry.read_bytes()


def _setting(name: str, value: object) -> Any:  # noqa: ANN401
    """The value of a setting as Settings holds it; ConfigError, without a place, for one that cannot be."""
    match name:
        case "database":
            if isinstance(value, str) and re.fullmatch(r"(sqlite|postgresql)(\+\w+)?://.*", value):
                return value
            mend = "sqlite:///data/tracker.sqlite, or postgresql+psycopg://USER@HOST/NAME"
            # The value is not shown: it may hold a password.
            raise ConfigError("database is not the URL of a SQLite or PostgreSQL database", mend=mend)
        case "timezone":
            return _timezone(value)
        case "coverage":
            if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
                return float(value)
            raise ConfigError(f"coverage = {value!r} is not a number from 0 to 1", mend="write 0.8")
        case "lag_days" | "sources" | "feed_megabytes" | "closing_days":
            least, most = _RANGES[name]
            if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
                return value
            raise ConfigError(f"{name} = {value!r} is not a whole number from {least} to {most}")
        case "serve_token":
            if isinstance(value, str) and re.fullmatch(r"[\w.~-]{16,200}", value, re.ASCII):
                return value
            mend = "at least 16 letters, digits or any of - . _ ~"
            raise ConfigError("serve_token is not a token", mend=mend)  # which is not shown: it is a secret
        case "every":
            return value if isinstance(value, timedelta) else read_interval(str(value))
        case "private_networks":
            return _networks(value)
        case "alerts":
            return _addresses(value)
    known = [name for name in Settings.__dataclass_fields__ if name != "origins"]
    near = get_close_matches(name, known, n=1)
    mend = f"did you mean {near[0]}?" if near else f"the settings are {', '.join(known)}"
    raise ConfigError(f"unknown setting “{name}”", mend=mend)


def _networks(value: object) -> tuple[str, ...]:
    import ipaddress

    if not isinstance(value, list | tuple):
        raise ConfigError(f"private_networks = {value!r} is not a list", mend='write ["10.1.0.0/16"]')
    for network in value:
        try:
            ipaddress.ip_network(str(network))
        except ValueError as error:
            raise ConfigError(f"“{network}” is not a network", mend="write 127.0.0.0/8, or ::1/128") from error
    return tuple(map(str, value))


def _addresses(value: object) -> tuple[str, ...]:
    # What was written is never shown: it may hold a password or a token.
    if not isinstance(value, list | tuple):
        raise ConfigError("alerts is not a list of addresses", mend='write ["json://HOST/PATH"]')
    for number, address in enumerate(value, start=1):
        if not isinstance(address, str) or not re.fullmatch(r"[A-Za-z][\w+.-]*://\S+", address):
            mend = "write SERVICE://…, with spaces as %20: mailto://…, tgram://…, json://…"
            raise ConfigError(f"address {number} of alerts is not an address", mend=mend)
    return tuple(value)


def _timezone(value: object) -> str:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(str(value)).key
    except (KeyError, ValueError, OSError) as error:  # OSError: the name of a folder, such as Europe
        raise ConfigError(f"“{value}” is not a time zone", mend="write a name such as Europe/London or UTC") from error


def _line_of(name: str, text: str, file: str) -> Place | str:
    match = re.search(rf"^\s*\[?\[?[\"']?{re.escape(name)}\b", text, re.MULTILINE)
    return Place(file, text.count("\n", 0, match.end()) + 1) if match else file
