"""Finding a workspace, its settings, and making one with an example."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.check import check
from tracker.concepts import load_concepts
from tracker.errors import ConfigError, NotFoundError, TrackerError, UsageError
from tracker.feeds.opml import read_opml
from tracker.ledger import read_ledger
from tracker.model import Place, Status
from tracker.store import open_store
from tracker.workspace import create_workspace, find_workspace, read_interval, read_settings


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "forecasts" / "deep" / "er").mkdir(parents=True)
    return tmp_path


def test_a_workspace_is_found_from_below(root: Path) -> None:
    for start in (root, root / "forecasts", root / "forecasts" / "deep" / "er"):
        assert find_workspace(start).root == root


def test_a_named_workspace_is_taken_as_it_is(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert find_workspace(elsewhere, root).root == root
    with pytest.raises(NotFoundError, match="is not a workspace") as caught:
        find_workspace(root, root / "forecasts")
    assert caught.value.mend == f"tracker init {root / 'forecasts'} makes one"


def test_no_workspace_says_where_it_looked_and_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as caught:
        find_workspace(tmp_path)
    assert str(tmp_path) in caught.value.what
    assert "tracker init" in caught.value.mend


def test_places_do_not_depend_on_where_one_stands(root: Path) -> None:
    workspace = find_workspace(root / "forecasts")
    assert workspace.database == f"sqlite:///{root}/data/tracker.sqlite"
    assert workspace.concepts_file == root / "forecasts" / "concepts.yaml"
    places = (workspace.opml, workspace.decisions, workspace.lock)
    assert [place.relative_to(root).as_posix() for place in places] == [
        "data/feeds.opml",
        "data/decisions.jsonl",
        "data/tracker.lock",
    ]


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("sqlite:///other.db", "sqlite:///{root}/other.db"),
        ("sqlite:////var/lib/tracker.db", "sqlite:////var/lib/tracker.db"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("sqlite://", "sqlite://"),
        ("postgresql+psycopg://me@host/news", "postgresql+psycopg://me@host/news"),
    ],
)
def test_a_relative_database_lies_in_the_workspace(written: str, used: str, root: Path) -> None:
    assert find_workspace(root).with_options(database=written).database == used.format(root=root)


def test_each_setting_says_where_it_comes_from(root: Path) -> None:
    (root / "tracker.toml").write_text('timezone = "Asia/Baku"\nsources = 3\nevery = "30m"\n')
    settings = find_workspace(root).with_options(sources=1, coverage=None, database="sqlite://").settings
    assert (settings.timezone, settings.origin("timezone")) == ("Asia/Baku", "tracker.toml")
    assert (settings.every, settings.origin("every")) == (timedelta(minutes=30), "tracker.toml")
    assert (settings.sources, settings.origin("sources")) == (1, "option")
    assert (settings.database, settings.origin("database")) == ("sqlite://", "option")
    assert (settings.coverage, settings.origin("coverage")) == (0.8, "default")
    assert (settings.lag_days, settings.origin("lag_days")) == (2, "default")


MISTAKES = {
    "an unknown setting": (
        'sources = 2\ntime_zone = "UTC"',
        "tracker.toml:2: unknown setting “time_zone” (did you mean timezone?)",
    ),
    "a setting like no other": (
        "zzz = 1",
        "tracker.toml:1: unknown setting “zzz”"
        " (the settings are database, timezone, coverage, lag_days, sources, every, private_networks, ",
    ),
    "a table": ("\n[poll]\nevery = '1h'", "tracker.toml:2: unknown setting “poll”"),
    "no such time zone": (
        'timezone = "Mars/Olympus"',
        "tracker.toml:1: “Mars/Olympus” is not a time zone (write a name such as Europe/London or UTC)",
    ),
    "half a time zone": ('timezone = "Europe"', "tracker.toml:1: “Europe” is not a time zone"),
    "a path for a time zone": (
        'timezone = "../../etc/passwd"',
        "tracker.toml:1: “../../etc/passwd” is not a time zone",
    ),
    "a share above one": ("coverage = 80", "tracker.toml:1: coverage = 80 is not a number from 0 to 1 (write 0.8)"),
    "a share that is no number": ("coverage = nan", "tracker.toml:1: coverage = nan is not a number from 0 to 1"),
    "half a source": ("sources = 1.5", "tracker.toml:1: sources = 1.5 is not a whole number from 1 to 100"),
    "yes for a number": ("lag_days = true", "tracker.toml:1: lag_days = True is not a whole number from 0 to 3650"),
    "a span without a unit": ('every = "60"', "tracker.toml:1: “60” is not a time span (from 1s to 31d: 30m, 1h, 1d)"),
    "another kind of database": (
        'database = "mysql://root:secret@host/db"',
        "tracker.toml:1: database is not the URL of a SQLite or PostgreSQL database",
    ),
    "a text without quotes": ("coverage = 0.5\ntimezone = UTC", "tracker.toml:2: not TOML: Invalid value"),
    "a setting twice": ("sources = 1\nsources = 2", "tracker.toml:2: not TOML: Cannot overwrite a value"),
    "brackets without end": ("a = " + "[" * 5000, "tracker.toml"),
}


@pytest.mark.parametrize(("content", "says"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_in_the_settings_says_where(content: str, says: str, root: Path) -> None:
    (root / "tracker.toml").write_text(content)
    with pytest.raises(ConfigError) as caught:
        find_workspace(root)
    assert str(caught.value).startswith(says)
    assert "secret" not in str(caught.value)


def test_settings_that_are_not_text_are_an_error(root: Path) -> None:
    (root / "tracker.toml").write_bytes(b"timezone = '\xff'")
    with pytest.raises(ConfigError, match="not in UTF-8"):
        find_workspace(root)


def test_a_bad_option_is_a_mistake_in_the_command(root: Path) -> None:
    with pytest.raises(UsageError, match="is not a whole number from 1 to 100"):
        find_workspace(root).with_options(sources=0)


@given(st.binary(max_size=60))
def test_no_settings_raise_anything_else(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "tracker.toml"
    path.write_bytes(content)
    with suppress(ConfigError):
        assert read_settings(path).sources >= 1


@pytest.mark.parametrize(("words", "seconds"), [("90s", 90), ("30m", 1800), ("1h", 3600), ("2 d", 172_800)])
def test_a_time_span_is_read(words: str, seconds: int) -> None:
    assert read_interval(words) == timedelta(seconds=seconds)


@pytest.mark.parametrize("words", ["", "0s", "h", "-1h", "1.5h", "32d", "9999999d", "1 week", "１h"])
def test_a_time_span_that_makes_no_sense_is_refused(words: str) -> None:
    with pytest.raises(ConfigError):
        read_interval(words)


def test_a_new_workspace_is_complete_and_without_mistakes(tmp_path: Path) -> None:
    made = create_workspace(tmp_path / "new" / "demo")
    workspace = find_workspace(tmp_path / "new" / "demo")
    assert sorted(path.relative_to(workspace.root).as_posix() for path in made) == [
        ".gitignore",
        "data/example.atom",
        "data/feeds.opml",
        "forecasts/concepts.yaml",
        "forecasts/example.yaml",
        "seeds/example.txt",
    ]
    ledger = read_ledger(workspace.forecasts, concepts=load_concepts(workspace.concepts_file))
    assert (ledger.errors, ledger.warnings, len(ledger.forecasts)) == ((), (), 3)
    subscriptions = read_opml(workspace.opml)
    assert [feed.address for feed in subscriptions if feed.archive] == ["data/example.atom"]
    assert len(subscriptions) == 6


def test_the_example_settles_one_way_the_other_and_not_at_all(tmp_path: Path) -> None:
    create_workspace(tmp_path)
    workspace, concepts = find_workspace(tmp_path), load_concepts(None)
    ledger = read_ledger(workspace.forecasts, concepts=concepts)
    with open_store(workspace.database) as store:
        feeds = read_opml(workspace.opml)
        checked = check(workspace, store, ledger, concepts, feeds, now=datetime(2026, 1, 1, tzinfo=UTC), offline=True)
    assert {verdict.forecast: verdict.status for verdict in checked.verdicts} == {
        "talks-resume-in-march": Status.CONFIRMED,
        "strike-before-easter": Status.REFUTED,
        "line-moves-to-eastmouth": Status.PENDING,
    }


def test_the_commented_concept_of_a_new_workspace_works(tmp_path: Path) -> None:
    create_workspace(tmp_path)
    path = tmp_path / "forecasts" / "concepts.yaml"
    lines = path.read_text("utf-8").splitlines()
    start = lines.index("# work-stoppage:")
    path.write_text("\n".join(line.removeprefix("# ") for line in lines[start:]), "utf-8")
    concept = next(one for one in load_concepts(path) if one.name == "work-stoppage")
    assert concept.place == Place("forecasts/concepts.yaml", 1)
    assert len(concept.any) == 2


@pytest.mark.parametrize("present", [".gitignore", "data/feeds.opml", "forecasts/of-another-name.yaml"])
def test_nothing_is_written_where_something_is(present: str, tmp_path: Path) -> None:
    (tmp_path / present).parent.mkdir(exist_ok=True)
    (tmp_path / present).write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UsageError, match="is there already"):
        create_workspace(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_with_other_things_may_become_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    create_workspace(tmp_path)
    assert (tmp_path / "README.md").read_text() == "mine"
    with pytest.raises(UsageError):
        create_workspace(tmp_path)


def test_a_file_cannot_become_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TrackerError, match="cannot be written"):
        create_workspace(tmp_path / "file")
