"""The server of a workspace: who is let in, what is served, decided and added; and nothing else."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest
from command import environment, tracker
from served import OIL, Served, served

from tracker.web.guard import LONGEST_FORM
from tracker.web.listing import ROWS

TOKEN = "a-token-that-nobody-guesses"


PAGES = {
    "/": "14 forecasts by 3 forecasters",
    "/?status=refuted": "3 of 14 forecasts",
    "/?text=AMBASSADOR&sort=claim": "1 of 14 forecasts",
    "/?text=nothing-like-this": "No forecast is like that.",
    "/?page=999": "All 14 forecasts",
    f"/forecasts/{OIL}": "Cheaper oil strains Azerbaijan's economy.",
    "/forecasts/no-diplomatic-break": "Confirm says that it did not.",
    "/forecasters/mikhail-nazyamkov": "Mikhail Nazyamkov",
    "/review": "6 cases for a person",
    "/history": "Nothing was decided yet",
    "/add": "Nothing is written before you say so.",
}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_served_whole_with_headers_that_tie_the_browsers_hands(reading: Served, path: str) -> None:
    got = reading.get(path)
    assert (got.status, got.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert PAGES[path] in got.words
    policy = got.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["referrer-policy"] == "same-origin"
    assert got.headers["cache-control"] == "no-store"
    assert "server" not in got.headers
    assert not re.search(r"<script(?![^>]*(src=|ld\+json))|<style| style=| on\w+=", got.body)


def test_files_and_the_feed_are_served_with_their_kind(reading: Served) -> None:
    for path, kind in (
        ("/static/style.css", "text/css"),
        ("/static/served.css", "text/css"),
        ("/static/preview.js", "text/javascript"),
        ("/static/icon.svg", "image/svg+xml"),
        ("/changes.atom", "application/atom+xml"),
    ):
        got = reading.get(path)
        assert (got.status, got.headers["content-type"].partition(";")[0]) == (200, kind)


NOWHERE = (
    "/nothing",
    "/forecasts/none",
    "/forecasters/nobody",
    "/static/../guard.py",
    "/static/none.css",
    "/static/%2e%2e/guard.py",
)


@pytest.mark.parametrize("path", NOWHERE)
def test_an_address_that_leads_nowhere_gets_a_calm_page(reading: Served, path: str) -> None:
    got = reading.get(path)
    assert got.status == 404
    assert "There is no such page." in got.words
    assert got.headers["content-security-policy"]


# Who is let in.

NAMES = {
    "its address": ("127.0.0.1", True),
    "its address and a port": ("127.0.0.1:1234", True),
    "localhost": ("localhost:8477", True),
    "LOCALHOST": ("LOCALHOST", True),
    "another loopback address": ("127.0.0.7", True),
    "the loopback address of IPv6": ("[::1]:8477", True),
    "a name that somebody points here": ("rebind.evil.example:8477", False),
    "localhost as a part of a name": ("localhost.evil.example", False),
    "an address of the network": ("192.0.2.7:8477", False),
    "no name": ("", False),
}


@pytest.mark.parametrize("case", NAMES)
def test_only_its_own_name_is_answered_to(reading: Served, case: str) -> None:
    host, answered = NAMES[case]
    got = reading.get("/", Host=host)
    assert (got.status == 200) == answered
    if not answered:
        assert got.status == 421
        assert "Forecasts by" not in got.words
        assert "oil" not in got.body


def test_a_server_that_others_reach_asks_for_its_token(checked_article: Path) -> None:
    with served(checked_article, host="0.0.0.0", names=frozenset({"tracker.example"}), token=TOKEN) as at:
        for host in ("192.0.2.7:8477", "tracker.example", "127.0.0.1"):
            got = at.get("/review", Host=host)
            assert got.status == 401
            assert "those who have its address with the token" in got.words
        assert at.get("/", Host="evil.example").status == 421
        assert at.get("/static/style.css").status == 200
        for wrong in ("", "x", TOKEN[:-1], f"{TOKEN}x", "тайна"):
            assert at.get(f"/?token={quote(wrong)}").status == 401
        got = at.get(f"/review?page=1&token={TOKEN}")
        assert got.status == 200
        assert got.headers["refresh"] == "0; url=/review?page=1"
        cookie = got.headers["set-cookie"]
        assert re.search(r"; HttpOnly; Path=/; SameSite=strict$", cookie)
        assert TOKEN not in cookie + got.body
        visitor = {"Cookie": cookie.partition(";")[0]}
        assert "6 cases for a person" in at.ask("GET", "/review", visitor).words
        assert at.ask("GET", "/review", {"Cookie": visitor["Cookie"][:-1]}).status == 401
        fields = {"forecast": OIL, "decision": "void", "why": "x", "by": "Ana"}
        assert at.post("/decide", fields).status == 401
    assert not (checked_article / "data" / "decisions.jsonl").exists()


def test_a_welcome_leads_nowhere_else(checked_article: Path) -> None:
    with served(checked_article, host="0.0.0.0", token=TOKEN) as at:
        got = at.get(f"//evil.example/?token={TOKEN}")
        assert got.headers["refresh"] == "0; url=/evil.example/"


ELSEWHERE: dict[str, dict[str, str | None]] = {
    "another site": {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    "another site, by a browser that tells only the origin": {"Origin": "https://evil.example", "Sec-Fetch-Site": None},
    "another port of this machine": {"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site"},
    "a page without an origin": {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    "nobody says where": {"Origin": None, "Sec-Fetch-Site": None},
    "the address bar": {"Origin": None, "Sec-Fetch-Site": "none"},
}


@pytest.mark.parametrize("path", ["/decide", "/undo", "/add", "/add/preview"])
@pytest.mark.parametrize("case", ELSEWHERE)
def test_a_form_from_elsewhere_changes_nothing(reading: Served, case: str, path: str) -> None:
    own = {
        "Origin": reading.origin,
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    headers = {name: value for name, value in {**own, **ELSEWHERE[case]}.items() if value is not None}
    body = f"form_token={reading.guard.form_token}&forecast={OIL}&decision=void&why=x&by=y".encode()
    got = reading.ask("POST", path, headers, body)
    assert got.status == 403
    assert "This was not sent from a page of this server." in got.words


NOT_TAKEN = {
    "no token": ("form_token=&forecast=x", {}, 403),
    "another token": ("form_token=guess&forecast=x", {}, 403),
    "a token with letters of elsewhere": ("form_token=%D1%82&forecast=x", {}, 403),
    "not a form": ("{}", {"Content-Type": "application/json"}, 415),
    "a file": ("--x--", {"Content-Type": "multipart/form-data; boundary=x"}, 415),
    "too long": ("a=" + "x" * LONGEST_FORM, {}, 413),
    "too many fields": ("&".join(f"a{n}=1" for n in range(200)), {}, 400),
    "no UTF-8": ("why=%ff", {}, 400),
}


@pytest.mark.parametrize("case", NOT_TAKEN)
def test_what_is_no_form_of_ours_is_not_taken(reading: Served, case: str) -> None:
    body, headers, status = NOT_TAKEN[case]
    own = {"Origin": reading.origin, "Content-Type": "application/x-www-form-urlencoded"}
    got = reading.ask("POST", "/decide", own | headers, body.encode())
    assert got.status == status
    assert "Traceback" not in got.body


def test_a_long_form_is_cut_off_even_if_it_says_that_it_is_short(reading: Served) -> None:
    with socket.create_connection(("127.0.0.1", reading.guard.port), timeout=30) as connection:
        head = (
            "POST /decide HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\nConnection: close\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        connection.sendall(head.encode())
        try:
            for _ in range(20):
                connection.sendall(b"2000\r\n" + b"x" * 0x2000 + b"\r\n")
            connection.sendall(b"0\r\n\r\n")
        except OSError:
            pass  # it has hung up already
        assert connection.recv(64).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_not_done_here(reading: Served, method: str) -> None:
    assert reading.ask(method, "/decide", {"Origin": reading.origin}).status == 405


def test_nothing_is_changed_by_a_link(reading: Served) -> None:
    for path in ("/decide", "/undo", "/add/preview"):
        assert reading.get(f"{path}?form_token={reading.guard.form_token}&forecast={OIL}&decision=void").status == 405


def test_a_long_list_comes_by_the_page(workspace: Path) -> None:
    head = "article:\n  title: Many\n  published: 2025-02-01\nforecasts:\n"
    entry = (
        "  - {{id: f-{0}, forecaster: A, quote: q, claim: Claim {0}, likelihood: will, window: in 2025,"
        " expects: happens, topic: oil, event: oil}}\n"
    )
    (workspace / "forecasts" / "many.yaml").write_text(head + "".join(entry.format(n) for n in range(250)), "utf-8")
    with served(workspace) as at:
        first, last = at.get("/?forecaster=A"), at.get("/?forecaster=A&page=3")
    assert first.body.count("<tr data-status") == ROWS
    assert 'href="/?forecaster=A&amp;page=2"' in first.body
    assert last.body.count("<tr data-status") == 50
    assert "Page 3 of 3" in last.words


# The command.


def test_the_command_serves_until_it_is_stopped(checked_article: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", "serve", "--port", "0"],
        cwd=checked_article,
        env=environment(checked_article),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    told = process.stdout.readline()
    address = re.search(r"http://127\.0\.0\.1:\d+/", told)
    assert address, told
    with urllib.request.urlopen(address[0], timeout=30) as answer:
        assert "14 forecasts" in answer.read().decode()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (out, "Traceback" in err) == ("", False)


def test_a_server_for_others_makes_up_a_token_and_prints_it_once(checked_article: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", "serve", "--port", "0", "--name", "tracker.example"],
        cwd=checked_article,
        env=environment(checked_article),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout
    told = process.stdout.readline()
    process.terminate()
    process.communicate(timeout=30)
    assert re.search(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{32} \(Ctrl-C", told), told


def test_a_port_that_is_taken_and_a_weak_token_are_refused(workspace: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = tracker(workspace, "serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "choose another --port" in done.stderr
    (workspace / "tracker.toml").write_text('serve_token = "short"\n')
    done = tracker(workspace, "serve")
    assert done.returncode == 2
    assert "serve_token is not a token" in done.stderr
    assert "short" not in done.stderr


def test_other_commands_do_not_wait_for_the_server(checked_article: Path) -> None:
    code = (
        "import json, sys; from tracker.cli import tracker; tracker(['list'], standalone_mode=False);"
        " print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=checked_article,
        env={**environment(checked_article), "PYTHONPATH": os.environ.get("PYTHONPATH", "")},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = json.loads(done.stdout.splitlines()[-1])
    assert not {"starlette", "uvicorn", "jinja2"} & set(loaded)
