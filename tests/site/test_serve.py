"""The server as operators start it: on a port of its own, and told from a unit file."""

import socket

import pytest
from django.core.management import CommandError, call_command

from socialekaart.site.management.commands import serve


@pytest.fixture
def started(monkeypatch):
    """What the command becomes, without becoming it."""
    programs = []
    monkeypatch.setattr(serve.os, "execv", lambda program, arguments: programs.append(arguments))
    return programs


def test_a_port_that_another_program_uses_is_not_shared(started):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Poort {port} is in gebruik"):
            call_command("serve", port=port)
    assert started == []


def test_a_free_port_is_served(started):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    call_command("serve", port=port, workers=3)
    (arguments,) = started
    assert {f"--port={port}", "--workers=3", "--respawn-failed-workers"} <= set(arguments)


@pytest.mark.parametrize(
    ("host", "port", "sentence"),
    [("127.0.0.1", 70_000, "geen poort"), ("192.0.2.1", 8000, "kan niet geluisterd worden")],
)
def test_what_cannot_be_listened_to_is_named(started, host, port, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("serve", host=host, port=port)
