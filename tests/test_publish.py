"""Does the workflow of `tracker init --publish` publish? Its steps are run here in order, as GitHub would run them.

Each run begins with a fresh clone of the repository, and the store of the run before. What cannot be had here is
played: the actions by the few lines that they come to, `gh` by a script that writes down its calls, and `pip install`
by one that installs nothing, since the package is there already.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import run
from server import Reply, Server

PAGES = "https://newsroom.example/forecasts"
WORKFLOW = Path(".github/workflows/publish.yml")
TODAY = datetime.now(UTC).date()
FORECASTS = f"""\
article:
  title: A quiet port
  published: {TODAY - timedelta(days=100)}
forecasts:
  - id: envoys-meet
    forecaster: A. Seer
    quote: The envoys will meet.
    claim: The envoys of Freedonia and Sylvania meet.
    likelihood: 80%
    window: {TODAY - timedelta(days=20)}/{TODAY + timedelta(days=20)}
    expects: happens
    topic: freedonia AND sylvania
    event: envoy NEAR/6 meet
  - id: port-closes
    forecaster: A. Seer
    quote: The port will close.
    claim: The port of Freedonia closes.
    likelihood: 30%
    window: {TODAY - timedelta(days=90)}/{TODAY - timedelta(days=60)}
    expects: happens
    topic: freedonia
    event: port NEAR/4 close
"""
FAKE_GH = """\
#!{python}
import json, os, sys
from pathlib import Path
bodies = [Path(sys.argv[at + 1]).read_text("utf-8") for at, word in enumerate(sys.argv) if word == "--body-file"]
with open(os.environ["GH_LOG"], "a", encoding="utf-8") as log:
    call = {{"said": sys.argv[1:], "body": "".join(bodies), "token": os.environ["GH_TOKEN"]}}
    log.write(json.dumps(call) + "\\n")
if sys.argv[1:3] == ["issue", "list"]:
    print(os.environ["OPEN_ISSUE"])
"""
FAKE_PIP = '#!/bin/sh\necho "$@" >> "$PIP_LOG"\n'


def feed(*items: tuple[str, str, date]) -> Reply:
    """An RSS feed of items: house, title, day."""
    entries = "".join(
        f"<item><title>{title}</title><link>https://{house}/{number}-{day}</link>"
        f"<pubDate>{format_datetime(datetime(day.year, day.month, day.day, tzinfo=UTC))}</pubDate></item>"
        for number, (house, title, day) in enumerate(items)
    )
    body = f'<rss version="2.0"><channel><title>News</title>{entries}</channel></rss>'
    return Reply(body.encode(), headers={"Content-Type": "application/rss+xml"})


@dataclass
class Forge:
    """A forge with one repository, a cache, and one place for pages."""

    home: Path
    open_issue: str = ""
    runs: int = 0
    pages: dict[str, str] = field(default_factory=dict)
    gh: list[dict[str, Any]] = field(default_factory=list)

    @property
    def repository(self) -> Path:
        return self.home / "repository"

    def commit(self, message: str) -> None:
        for command in (["add", "-A"], ["commit", "-qm", message]):
            self.git(*command, folder=self.repository)

    def git(self, *words: str, folder: Path) -> str:
        who = ("-c", "user.name=Ana", "-c", "user.email=ana@newsroom.example", "-c", "init.defaultBranch=main")
        done = subprocess.run(["git", *who, *words], cwd=folder, capture_output=True, text=True, check=True)
        return done.stdout

    def run(self) -> str:
        """Run the job `check` in a fresh clone, then the job `publish`; what the steps printed."""
        self.runs += 1
        clone = self.home / f"run-{self.runs}"
        workflow = yaml.safe_load((self.repository / WORKFLOW).read_text("utf-8"))
        outputs = {"pages": {"base_url": PAGES}}
        printed = ""
        for step in workflow["jobs"]["check"]["steps"]:
            action = step.get("uses", "").partition("@")[0]
            match action:
                case "actions/checkout":
                    self.git("clone", "-q", str(self.repository), str(clone), folder=self.home)
                case "actions/cache/restore":
                    self.restore(clone, step["with"])
                case "actions/cache/save":
                    self.save(clone, step["with"])
                case "actions/upload-pages-artifact":
                    site = clone / step["with"]["path"]
                    self.pages = {
                        path.relative_to(site).as_posix(): path.read_text("utf-8")
                        for path in site.rglob("*")
                        if path.suffix in (".html", ".atom", ".css")
                    }
                case "actions/setup-python" | "actions/configure-pages":
                    pass
                case "":
                    printed += self.step(clone, step, outputs)
                case _:
                    pytest.fail(f"nobody plays {action}")
        assert self.git("status", "--porcelain", "--untracked-files=no", folder=clone) == "", "nothing to commit back"
        (deploy,) = workflow["jobs"]["publish"]["steps"]
        assert deploy["uses"].startswith("actions/deploy-pages@")
        return printed

    def step(self, clone: Path, step: dict[str, Any], outputs: dict[str, dict[str, str]]) -> str:
        script, told = self.home / "step.sh", self.home / "output"
        script.write_text(self.spelled_out(step["run"], outputs), "utf-8")
        told.write_text("")
        tools = (self.home / "tools", Path(sys.executable).parent, Path("/usr/bin"), Path("/bin"))
        environment = {
            "PATH": os.pathsep.join(map(str, tools)),
            "HOME": str(self.home),
            "GITHUB_OUTPUT": str(told),
            "GH_LOG": str(self.home / "gh.log"),
            "PIP_LOG": str(self.home / "pip.log"),
            "OPEN_ISSUE": self.open_issue,
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            **{name: self.spelled_out(value, outputs) for name, value in step.get("env", {}).items()},
        }
        done = subprocess.run(
            ["/bin/bash", "-e", str(script)], cwd=clone, env=environment, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, f"{step['name']}: {done.stdout}{done.stderr}"
        if "id" in step:
            outputs[step["id"]] = dict(line.split("=", 1) for line in told.read_text().splitlines())
        log = self.home / "gh.log"
        self.gh = [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log.exists() else []
        return done.stdout + done.stderr

    def spelled_out(self, words: str, outputs: dict[str, dict[str, str]]) -> str:
        """The words with the forge's expressions filled in; one that it does not know fails the test."""
        known = {
            "github.run_id": str(1000 + self.runs),
            "github.run_attempt": "1",
            "github.token": "the job's token",
            "github.repository": "newsroom/forecasts",
            "github.server_url": "https://github.com",
        }
        known |= {
            f"steps.{step}.outputs.{name}": value for step, told in outputs.items() for name, value in told.items()
        }
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda match: known[match[1]], words)

    def restore(self, clone: Path, options: dict[str, str]) -> None:
        key, begins = self.spelled_out(options["key"], {}), options["restore-keys"]
        kept = sorted((self.home / "cache").glob(f"{begins}*"))
        assert key not in [path.name for path in kept]
        if kept:
            shutil.copytree(kept[-1], clone, dirs_exist_ok=True)

    def save(self, clone: Path, options: dict[str, str]) -> None:
        kept = self.home / "cache" / self.spelled_out(options["key"], {})
        kept.mkdir(parents=True)
        for name in options["path"].split():
            if (clone / name).exists():
                target = kept / name
                target.parent.mkdir(exist_ok=True)
                (shutil.copytree if (clone / name).is_dir() else shutil.copy)(clone / name, target)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as serving:
        yield serving


@pytest.fixture
def forge(tmp_path: Path, server: Server) -> Forge:
    """A repository on the forge, as `tracker init --publish` makes it, with two forecasts and a feed of ours."""
    made = Forge(tmp_path)
    done = run(tmp_path, "init", "--publish", "repository")
    assert done.returncode == 0, done.stderr
    root = made.repository
    for path in (root / "forecasts" / "example.yaml", root / "seeds" / "example.txt", root / "data" / "example.atom"):
        path.unlink()
    (root / "forecasts" / "port.yaml").write_text(FORECASTS, "utf-8")
    (root / "tracker.toml").write_text('private_networks = ["127.0.0.0/8"]\n', "utf-8")
    outline = f'<outline text="News" xmlUrl="{server.url("/news")}"/>'
    (root / "data" / "feeds.opml").write_text(f'<opml version="2.0"><head/><body>{outline}</body></opml>', "utf-8")
    made.git("init", "-q", folder=root)
    made.commit("Our forecasts")
    (tmp_path / "tools").mkdir()
    for name, content in (("gh", FAKE_GH.format(python=sys.executable)), ("pip", FAKE_PIP)):
        tool = tmp_path / "tools" / name
        tool.write_text(content, "utf-8")
        tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    return made


def test_runs_of_the_workflow_publish_what_one_store_has_seen(forge: Forge, server: Server) -> None:
    yesterday, before = TODAY - timedelta(days=1), TODAY - timedelta(days=2)
    server.replies["/news"] = feed(("reuters.com", "Envoys of Freedonia and Sylvania meet", before))
    forge.run()
    assert (forge.home / "pip.log").read_text() == "install forecast-tracker\n"
    assert "envoys-meet" in forge.pages["index.html"]
    assert f"{PAGES}/forecasts/envoys-meet.html" in forge.pages["forecasts/envoys-meet.html"]
    assert "Pending" in forge.pages["forecasts/envoys-meet.html"].replace("pending", "Pending")
    listing, made = forge.gh
    assert listing["token"] == made["token"] == "the job's token"
    assert made["said"] == ["issue", "create", "--title", "Forecasts that need a person", "--body-file", "review.md"]
    assert "`port-closes`" in made["body"]
    assert "envoys-meet" not in made["body"]

    # The feed has dropped its first report; only the store of the first run still knows it.
    server.replies["/news"] = feed(("bbc.co.uk", "Freedonia greets Sylvania as envoys have met", yesterday))
    forge.open_issue = "7"
    forge.run()
    page = forge.pages["forecasts/envoys-meet.html"]
    assert "Envoys of Freedonia and Sylvania" in re.sub(r"</?mark>", "", page)
    assert "confirmed" in page
    assert forge.gh[-1]["said"][:3] == ["issue", "edit", "7"]

    # A person decides the other one by a commit, and breaks a forecast file with it: that is told, and still published.
    line = {"forecast": "port-closes", "status": "refuted", "why": "It stayed open.", "by": "Ana"}
    line["at"] = datetime.now(UTC).isoformat(timespec="seconds")
    decisions = forge.repository / "data" / "decisions.jsonl"
    decisions.write_text(json.dumps(line) + "\n", "utf-8")
    (forge.repository / "forecasts" / "broken.yaml").write_text("article:\n", "utf-8")
    forge.commit("It stayed open")
    printed = forge.run()
    assert "error: forecasts/broken.yaml:1" in printed
    assert "It stayed open" in forge.pages["forecasts/port-closes.html"]
    assert forge.gh[-1]["said"][:3] == ["issue", "edit", "7"]
    assert "port-closes" not in forge.gh[-1]["body"]
    mistake = "the check reports a mistake: [its log](https://github.com/newsroom/forecasts/actions/runs/1003)"
    assert mistake in forge.gh[-1]["body"]

    (forge.repository / "forecasts" / "broken.yaml").unlink()
    forge.commit("Mended")
    forge.run()
    assert forge.gh[-1]["said"][:3] == ["issue", "close", "7"]


def test_where_nothing_can_be_done_nothing_is_published(forge: Forge) -> None:
    (forge.repository / "tracker.toml").write_text("coverage = 2\n", "utf-8")
    forge.commit("A slip")
    with pytest.raises(AssertionError, match=r"Check the forecasts: .*coverage = 2"):
        forge.run()
    assert forge.pages == {}


def test_the_workflow_asks_for_no_more_than_it_needs() -> None:
    text = (Path(__file__).parents[1] / "tracker" / "template" / "publish.yml").read_text("utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    assert workflow["jobs"]["check"]["permissions"] == {"contents": "read", "issues": "write", "pages": "read"}
    assert workflow["jobs"]["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert workflow["concurrency"] == {"group": "publish-scorecard", "cancel-in-progress": False}
    assert set(workflow[True]) == {"schedule", "workflow_dispatch"}
    used = re.findall(r"uses: (\S+)", text)
    assert used
    assert all(re.fullmatch(r"actions/[a-z/-]+@v\d+", action) for action in used)
    for job in workflow["jobs"].values():
        # What others wrote must not become part of a script: expressions go through the environment.
        assert not any("${{" in step.get("run", "") for step in job["steps"])


def test_publishing_is_added_to_a_workspace_and_nothing_is_overwritten(tmp_path: Path) -> None:
    run(tmp_path, "init", "demo")
    assert not (tmp_path / "demo" / ".github").exists()
    before = {path: path.read_bytes() for path in (tmp_path / "demo").rglob("*") if path.is_file()}
    done = run(tmp_path, "init", "--publish", "demo")
    assert done.returncode == 0
    assert done.stdout.startswith(f"{WORKFLOW} publishes the scorecard once it is on GitHub.\n")
    assert "git init" in done.stdout
    workflow = tmp_path / "demo" / WORKFLOW
    workflow.write_text("mine")
    again = run(tmp_path / "demo", "init", "--publish")
    assert again.returncode == 2
    assert "is there already (nothing was written; delete it to have a new one)" in again.stderr
    assert workflow.read_text() == "mine"
    assert (
        before.items() <= {path: path.read_bytes() for path in (tmp_path / "demo").rglob("*") if path.is_file()}.items()
    )
