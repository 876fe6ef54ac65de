"""Whom do we trust? The faults that users of feed pollers report most about what servers and feeds may do to us.

Each is met the way that users meet it: a real server, a poll that is stored, and what the user is told afterwards.
What a misbehaving server may do is tried in test_odd_servers.py.
"""

import json
import re
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest
from command import environment
from follower import FEED, HOUR, LOOPBACK, MAIL, NOW, Follower, moving, rss
from server import Reply, Server

from tracker.model import Subscription
from tracker.polling import poll_feeds


class SafeServer(Server):
    """The server over TLS, with a certificate and its key in one file."""

    def __init__(self, certificate: Path) -> None:
        super().__init__()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def url(self, path: str) -> str:
        return super().url(path).replace("http:", "https:")


def certificate(folder: Path, name: str, *, issuer: str = "", host: str = "IP:127.0.0.1", days: int = 2) -> Path:
    """A certificate, by itself or by an issuer, and its key, in one file; `days` that it is valid, from today."""
    made, key, request = (folder / f"{name}.{kind}" for kind in ("pem", "key", "csr"))
    extensions = folder / f"{name}.ext"
    extensions.write_text(f"subjectAltName={host}\nbasicConstraints=critical,CA:{'FALSE' if issuer else 'TRUE'}\n")
    if name == "between":
        extensions.write_text("basicConstraints=critical,CA:TRUE\n")
    signed = (
        ["-CA", f"{issuer}.pem", "-CAkey", f"{issuer}.key", "-CAcreateserial"] if issuer else ["-signkey", key.name]
    )
    elliptic = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    for command in (
        ["req", "-new", *elliptic, "-subj", f"/CN={name}", "-keyout", key.name, "-out", request.name],
        [
            "x509",
            "-req",
            "-in",
            request.name,
            "-extfile",
            extensions.name,
            "-days",
            str(days),
            "-out",
            made.name,
            *signed,
        ],
    ):
        subprocess.run(["openssl", *command], cwd=folder, check=True, capture_output=True)
    made.write_text(made.read_text() + key.read_text())
    return made


@pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl here to make certificates with")
def test_a_certificate_that_proves_nothing_is_told_and_let_through_for_that_feed_alone(
    follower: Follower, tmp_path: Path
) -> None:
    root = certificate(tmp_path, "root")
    certificate(tmp_path, "between", issuer="root")
    shown = {
        "sound": (certificate(tmp_path, "sound", issuer="root"), ""),
        "self-signed": (certificate(tmp_path, "self"), "self.signed certificate"),
        "expired": (certificate(tmp_path, "expired", issuer="root", days=-1), "certificate has expired"),
        "a chain that lacks its middle": (certificate(tmp_path, "leaf", issuer="between"), "local issuer certificate"),
        "of another host": (
            certificate(tmp_path, "other", issuer="root", host="DNS:other.example"),
            "does not match|no alt",
        ),
    }
    with ExitStack() as servers:
        running = {name: servers.enter_context(SafeServer(pem)) for name, (pem, _) in shown.items()}
        for one in running.values():
            one.replies |= {"/strict": FEED, "/lenient": FEED}
            # The lenient one first: a connection that proved nothing is not used again for the other.
            follower.follow(one.url("/lenient"), any_certificate=True)
            follower.follow(one.url("/strict"))
        done = subprocess.run(
            [sys.executable, "-m", "tracker", "feeds", "poll"],
            cwd=follower.root,
            env=environment(follower.root) | {"SSL_CERT_FILE": str(root), "NO_PROXY": "*"},
            capture_output=True,
            text=True,
            timeout=60,
        )
        addresses = {name: one.url("/strict") for name, one in running.items()}
        assert {name: len(one.asked) for name, one in running.items()} == {
            name: 2 if name == "sound" else 1 for name in shown
        }, "who is not trusted is told nothing"
    assert done.returncode == 0, done.stderr
    assert f"{len(shown) + 1} of {2 * len(shown)} feeds read" in done.stdout
    follower.at = datetime.now(UTC) - NOW
    rows = {row["address"]: row for row in json.loads(follower.says("feeds", "doctor", "--json").stdout)}
    for name, (_, error) in shown.items():
        complaints = {one["kind"]: one for one in rows[addresses[name]]["complaints"]}
        assert ("certificate" in complaints) == bool(error)
        if error:
            told = complaints["certificate"]
            assert re.search(error, told["words"], re.IGNORECASE), f"{name}: {told['words']}"
            assert "--any-certificate" in told["mend"]
            assert told["serious"]


PRIVATE = {
    "in figures": "http://127.0.0.1:{port}/feed",
    "by its name": "http://localhost:{port}/feed",
    "by a name below it": "http://news.localhost:{port}/feed",
    "as one number": "http://2130706433:{port}/feed",
    "in octal figures": "http://0177.0.0.1:{port}/feed",
    "in hexadecimal figures": "http://0x7f.0.0.1:{port}/feed",
    "shortened": "http://127.1:{port}/feed",
    "this machine, by any address of it": "http://0.0.0.0:{port}/feed",
    "with full-width figures": "http://１２７.0.0.1:{port}/feed",
    "in IPv6": "http://[::1]:{port}/feed",
    "within IPv6": "http://[::ffff:127.0.0.1]:{port}/feed",
    "within IPv6, in hexadecimal figures": "http://[::ffff:7f00:1]:{port}/feed",
    "by NAT64": "http://[64:ff9b::127.0.0.1]:{port}/feed",
    "by 6to4": "http://[2002:7f00:1::1]:{port}/feed",
    "a neighbour": "http://10.0.0.1:{port}/feed",
    "a neighbour in IPv6": "http://[fd00::1]:{port}/feed",
    "a machine on the same wire": "http://[fe80::1]:{port}/feed",
    "the keeper of a cloud's secrets": "http://169.254.169.254:{port}/latest/meta-data/",
    "everybody": "http://224.0.0.1:{port}/feed",
}


def test_no_way_of_writing_a_private_address_leads_there_unless_the_workspace_allows_it(
    follower: Follower, server: Server
) -> None:
    server.replies["/feed"] = FEED
    port = server.url("/").split(":")[2].rstrip("/")
    addresses = {name: address.format(port=port) for name, address in PRIVATE.items()}
    follower.settings("")
    subscriptions = [Subscription(address) for address in addresses.values()]
    polled = poll_feeds(follower.workspace, follower.store, subscriptions, now=NOW)
    errors = {one.poll.address: one.poll.error for one in polled}
    led = {name: errors[address] for name, address in addresses.items() if "private address" not in errors[address]}
    assert led == {}
    assert server.asked == []
    follower.follow(addresses["in figures"], addresses["by its name"])
    listed = follower.says("feeds", "list").stdout
    assert "127.0.0.1 is a private address" in listed
    rows = json.loads(follower.says("feeds", "doctor", "--json").stdout)
    assert {one["mend"] for row in rows for one in row["complaints"]} == {
        "allow its network with private_networks in tracker.toml, if it is yours"
    }
    follower.settings(LOOPBACK)
    names = ["in figures", "by its name", "by a name below it", "as one number", "in octal figures", "shortened"]
    subscriptions = [Subscription(addresses[name]) for name in names]
    polled = poll_feeds(follower.workspace, follower.store, subscriptions, now=NOW + HOUR)
    assert {one.poll.error for one in polled} == {""}, "they all led there"


WITHIN_IPV6 = {
    "compatible with it (RFC 4291, 2.5.5.1)": "http://[::127.0.0.1]/feed",
    "translated (RFC 2765, 2.1)": "http://[::ffff:0:127.0.0.1]/feed",
    "by a network's own NAT64 (RFC 8215)": "http://[64:ff9b:1::127.0.0.1]/feed",
}


def test_no_address_of_ipv6_stands_for_a_private_one_of_ipv4(follower: Follower) -> None:
    follower.settings("")
    follower.follow(*WITHIN_IPV6.values())
    follower.poll()
    states = follower.store.feed_states()
    led = {name: states[address].error for name, address in WITHIN_IPV6.items()}
    assert {name: error for name, error in led.items() if "private address" not in error} == {}


@contextmanager
def listening(host: str) -> Iterator[socket.socket]:
    """A socket that would take a connection; skips the test where there is no such address."""
    try:
        listener = socket.create_server((host, 0))
    except OSError:
        pytest.skip(f"this machine has no {host}")
    with listener:
        listener.setblocking(False)
        yield listener


def test_a_redirect_leads_to_no_address_that_the_feed_itself_might_not_have(follower: Follower, server: Server) -> None:
    follower.settings('private_networks = ["127.0.0.0/16"]\n')
    with listening("127.5.0.1") as forbidden:
        port = forbidden.getsockname()[1]
        targets = {
            "/301": (301, f"http://127.5.0.1:{port}/"),
            "/302": (302, f"http://127.5.0.1:{port}/"),
            "/308": (308, f"//127.5.0.1:{port}/"),
            "/number": (307, f"http://2131034113:{port}/"),
            "/mapped": (302, f"http://[::ffff:127.5.0.1]:{port}/"),
            "/twice": (302, "/302"),
        }
        server.replies |= {path: moving(*target) for path, target in targets.items()} | {
            "/allowed": moving(302, "/feed")
        }
        server.replies["/feed"] = FEED
        follower.follow(*map(server.url, (*targets, "/allowed")))
        polled = follower.poll()
        with pytest.raises(BlockingIOError):
            forbidden.accept()
    assert {path for path, one in polled.items() if "127.5.0.1 is a private address" in one.poll.error} == set(targets)
    assert polled["/allowed"].new == 1


BOMBS = {
    "a billion laughs": "".join(
        f'<!ENTITY l{level} "{f"&l{level - 1};" * 10 if level else "ha" * 10}">' for level in range(10)
    ),
    "a quadratic one": f'<!ENTITY l9 "{"ha" * 50_000}">',
    "a file from outside": '<!ENTITY l9 SYSTEM "file:///etc/passwd">',
    "an address from outside": '<!ENTITY % l8 SYSTEM "{url}"> %l8; <!ENTITY l9 "x">',
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_a_list_of_feeds_with_entities_of_its_own_is_refused(follower: Follower, server: Server, bomb: str) -> None:
    entities = bomb.replace("{url}", server.url("/entities.dtd"))
    body = f'<outline text="{"&l9;" * 50}" xmlUrl="https://a.example/feed"/>'
    text = f'<?xml version="1.0"?><!DOCTYPE opml [{entities}]><opml version="2.0"><head/><body>{body}</body></opml>'
    (follower.root / "theirs.opml").write_text(text, "utf-8")
    began = monotonic()
    done = follower.says("feeds", "import", "theirs.opml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "theirs.opml" in done.stderr
    assert "entities" in done.stderr
    assert "root:" not in done.stderr
    assert not follower.workspace.opml.exists()
    follower.workspace.opml.write_text(text, "utf-8")
    assert follower.says("feeds", "list").returncode == 2
    assert monotonic() - began < 30
    assert server.asked == []


CLEAR = "\x1b[2J"
TITLE_OF_WINDOW = "\x1b]0;owned\x07"


def test_nothing_that_a_feed_says_reaches_the_terminal_as_a_command(follower: Follower, server: Server) -> None:
    commands = f"red{CLEAR}{TITLE_OF_WINDOW}\x9b31m\x07\u202e\x08 alert"
    written = "red&#27;[2J&amp;#27;]0;owned&amp;#7;\x9b31m\u202e\u200b alert"
    titled = f"<title>{written}</title><link>https://a.example/1</link><pubDate>{MAIL}</pubDate>"
    server.replies |= {
        "/feed": Reply(rss(f"<item>{titled}</item>").replace(b"The Gazette", commands.encode())),
        "/packed": Reply(b"x", 200, {"Content-Encoding": f"x{CLEAR}"}),
        "/moved": moving(301, f"/to/{CLEAR}"),
        "/to": moving(302, f"x{CLEAR}:y"),
        "/nowhere": moving(302, f"{TITLE_OF_WINDOW}://x"),
        "/text": Reply(f"{commands} is no feed".encode()),
        "/element": Reply(f"<{'x' * 5}{CLEAR}>".encode()),
        "/status": Reply(b"", 799),
    }
    follower.follow(*map(server.url, server.replies))
    outlines = follower.workspace.opml.read_text("utf-8")
    named = outlines.replace(
        f'xmlUrl="{server.url("/text")}"', f'title="\x9b31m&#155;2J" xmlUrl="{server.url("/text")}"'
    )
    follower.workspace.opml.write_text(named, "utf-8")
    assert named != outlines
    said = [
        follower.says(*arguments)
        for arguments in (
            ("feeds", "poll"),
            ("feeds", "list"),
            ("feeds", "list", "--json"),
            ("feeds", "doctor"),
            ("search", "alert"),
        )
    ]
    assert "red alert" in said[1].stdout
    assert "1 of 1 stored items match" in said[-1].stdout
    text = "".join(done.stdout + done.stderr for done in said)
    assert {character for character in text if not character.isprintable()} <= {"\n"}
    assert "owned" not in text
    assert "[2J" not in said[1].stdout.partition("/packed")[0]
