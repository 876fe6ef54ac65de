"""What went wrong between us and a web server, in one calm line?"""

from __future__ import annotations

import errno
import re
from http import HTTPStatus

import pycurl

from tracker.feeds.clean import plain_text

# CURLE_TOO_LARGE, which the binding has no name for.
_HEAD_TOO_LARGE = 100
# OpenSSL's number of an error, behind its words.
_NUMBERED = re.compile(r" \(\d+\)$")


def refusal(status: int) -> str:
    """An HTTP status in words.

    >>> refusal(404), refusal(799)
    ('HTTP 404 Not Found', 'HTTP 799')
    """
    try:
        return f"HTTP {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"HTTP {status}"


def breakdown(code: int, words: str, system: int) -> str:
    """Why libcurl gave up: by its `code`, in its own `words` where there are no better, and by the system's errno."""
    match code:
        case _ if code == _HEAD_TOO_LARGE:
            return "the head of the answer is too large"
        case pycurl.E_COULDNT_RESOLVE_HOST | pycurl.E_COULDNT_RESOLVE_PROXY:
            return "no such host, or no answer from the name server"
        case pycurl.E_COULDNT_CONNECT if system in (errno.ENETUNREACH, errno.EHOSTUNREACH):
            return "no way to the host: the network is unreachable"
        case pycurl.E_COULDNT_CONNECT:
            return "refused: nothing listens there"
        case pycurl.E_PEER_FAILED_VERIFICATION | pycurl.E_SSL_CACERT_BADFILE:
            return f"TLS certificate not valid: {_said(words.rpartition(': ')[2])}"
        case pycurl.E_SSL_CONNECT_ERROR:
            return f"TLS failed: {_said(words.rpartition(': ')[2])}"
        case pycurl.E_RECV_ERROR | pycurl.E_SEND_ERROR | pycurl.E_GOT_NOTHING | pycurl.E_PARTIAL_FILE:
            return "the server broke off the connection"
        case pycurl.E_URL_MALFORMAT | pycurl.E_UNSUPPORTED_PROTOCOL:
            return "not an address that can be asked"
    return _said(words) or f"libcurl's error {code}"


def _said(words: str) -> str:
    words = _NUMBERED.sub("", plain_text(words, limit=80)).rstrip(".")
    return f"{words[:1].lower()}{words[1:]}"
