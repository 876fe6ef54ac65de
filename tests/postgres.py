"""Which databases do the store's tests run on? A fresh SQLite file, or a fresh database of a private PostgreSQL server.

The server lives in a temporary folder for as long as the tests run, and listens on a Unix socket in it only.
"""

from __future__ import annotations

import atexit
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import tzinfo
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
import pytest

from tracker.store import Store, open_store

_numbers = count()


KINDS = ("sqlite", "postgresql")


@contextmanager
def fresh_store(kind: str, folder: Path, *, zone: tzinfo | None = None) -> Iterator[Store]:
    """An empty store in a database of its own, of one of the KINDS: a copy of one whose tables were made once."""
    with _database(kind, folder, like=_model(kind)) as url, open_store(url, zone=zone) as store:
        yield store


@contextmanager
def fresh_database(kind: str, folder: Path) -> Iterator[str]:
    """The URL of an empty database of its own, of one of the KINDS."""
    with _database(kind, folder, like="") as url:
        yield url


@contextmanager
def _database(kind: str, folder: Path, *, like: str) -> Iterator[str]:
    """A database that is a copy of another one, a file or a name; without one it is empty."""
    if kind == "sqlite":
        path = folder / "tracker.sqlite"
        if like:
            shutil.copy(like, path)
        yield f"sqlite:///{path}"
        return
    socket, name = server(), f"test{next(_numbers)}"
    with psycopg.connect(host=socket, user="tracker", dbname="postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {like or 'template1'}")
        yield f"postgresql+psycopg://tracker@/{name}?host={socket}"
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@cache
def _model(kind: str) -> str:
    """An empty store, closed: the path of its file, or the name of its database."""
    if kind == "sqlite":
        folder = Path(tempfile.mkdtemp(prefix="tracker-sqlite-"))
        atexit.register(shutil.rmtree, folder)
        open_store(f"sqlite:///{folder}/model.sqlite").close()
        return str(folder / "model.sqlite")
    socket = server()
    with psycopg.connect(host=socket, user="tracker", dbname="postgres", autocommit=True) as admin:
        admin.execute("CREATE DATABASE model")
    open_store(f"postgresql+psycopg://tracker@/model?host={socket}").close()
    return "model"


@cache
def server() -> str:
    """The folder of the socket of the server, started when first asked for; skips the test where there is none."""
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL on this machine: neither initdb on the PATH nor /usr/lib/postgresql")
    folder = Path(tempfile.mkdtemp(prefix="tracker-postgres-"))
    user = _user()
    if user:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        # The output goes to a file: the server would keep a pipe open, and us waiting.
        with (folder / "output").open("w+") as output:
            done = subprocess.run(
                [programs / program, "-D", folder / "data", *arguments],
                user=user,
                cwd=folder,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            )
            output.seek(0)
            if done.returncode:
                raise RuntimeError(f"{program} failed: {output.read()}")

    def stop() -> None:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder)

    version = subprocess.run([programs / "initdb", "--version"], capture_output=True, text=True, check=True).stdout
    # A dictionary's order, as on most servers, so that the tests notice where it matters.
    dictionary = ["--locale-provider=icu", "--icu-locale=en"] if int(re.findall(r"\d+", version)[0]) >= 15 else []
    run("initdb", "-U", "tracker", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", *dictionary)
    run("pg_ctl", "-w", "-o", f"-k {folder} -c listen_addresses='' -c fsync=off", "start")
    atexit.register(stop)
    return str(folder)


def _programs() -> Path | None:
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return installed[-1].parent if installed else None


def _user() -> str | None:
    """Whom to run the server as: PostgreSQL refuses to be run by root."""
    if os.geteuid() != 0:
        return None
    users = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in users else "nobody"
