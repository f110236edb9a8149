"""docs/deploy/haproxy.cfg, run: which pool gets what."""

import http.client
import shutil
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.breaking.cluster import ADDRESSES, NODES, OTHERS, SERVERS, Cluster, moved
from benchmarks.breaking.programs import HOST, Program, free_ports

pytestmark = [
    pytest.mark.starts_program,
    pytest.mark.skipif(not shutil.which("haproxy"), reason="no HAProxy on this machine"),
]


def until(is_so, *, seconds=20):
    """Wait for what another program does; fail when it does not."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


class Node(BaseHTTPRequestHandler):
    """A machine of the site that answers with its name; one that is not ready says so."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        length = int(self.headers.get("Content-Length", 0))
        self.rfile.read(length)
        ready = self.server.ready or self.path != "/gezond/klaar"
        self.server.refused += not ready
        body = self.server.pool.encode()
        self.send_response(200 if ready else 503)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.do_GET()

    def log_message(self, *_args):
        pass


class Proxy:
    """The proxy in front of two machines a pool."""

    def __init__(self, port, nodes):
        self.port, self.nodes = port, nodes

    def pool(self, method, path, cookie=""):
        """Return the pool that answered."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=5)
        connection.request(method, path, headers={"Cookie": cookie} if cookie else {})
        try:
            return connection.getresponse().read().decode()
        finally:
            connection.close()

    def answers(self):
        try:
            return bool(self.pool("GET", "/"))
        except OSError:
            return False

    def lose(self, pool):
        """Let no machine of a pool be ready, and wait until the proxy knows."""
        lost = [node for node in self.nodes if node.pool == pool]
        for node in lost:
            node.ready = False
        # The proxy believes it at the second time; the third comes after that.
        until(lambda: all(node.refused > 2 for node in lost))


@pytest.fixture
def proxy(tmp_path):
    free = free_ports()
    names = [*ADDRESSES.values(), *(f"{name}_rest" for name in SERVERS), *OTHERS]
    ports = {name: next(free) for name in names}
    file = moved("haproxy.cfg", Cluster(tmp_path, ports, {}))
    file.write_text(file.read_text().replace("inter 2s", "inter 100ms"))
    nodes = [node(name, ports[name]) for name in NODES]
    program = Program("haproxy", ["haproxy", "-f", str(file)], tmp_path)
    program.start()
    found = Proxy(ports["site"], nodes)
    until(found.answers)
    yield found
    program.kill()
    for one in nodes:
        one.shutdown()
        one.server_close()


def node(name, port):
    server = ThreadingHTTPServer((HOST, port), Node)
    server.pool, server.ready, server.refused = name[:-1], True, 0
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server


REQUESTS = [
    ("GET", "/?hulpvraag=somberheid", "", "read"),
    ("GET", "/aanbod/1-a/", "csrftoken=x; sk_tik=1", "read"),
    # A question, and what is offered while it is typed.
    ("POST", "/", "", "read"),
    ("POST", "/suggesties", "", "read"),
    # The letter of referral, asked for by the system of a GP.
    ("POST", "/zoek/brief", "", "read"),
    ("POST", "/aanbod/1/melden/", "", "write"),
    ("GET", "/account/login/", "", "write"),
    ("GET", "/voor-aanbieders/", "", "write"),
    # Who is logged in, and who just wrote.
    ("GET", "/", "sessionid=x", "write"),
    ("GET", "/", "sk_schreef=1", "write"),
]


def test_each_request_goes_to_its_pool(proxy):
    found = [(m, path, cookie, proxy.pool(m, path, cookie)) for m, path, cookie, _pool in REQUESTS]
    assert found == REQUESTS


def test_without_a_primary_everything_that_reads_goes_on(proxy):
    proxy.lose("write")
    assert proxy.pool("GET", "/", "sessionid=x") == "read"
    assert proxy.pool("GET", "/", "sk_schreef=1") == "read"
    # The site itself says there what is wrong.
    assert proxy.pool("POST", "/aanbod/1/melden/") == "write"


def test_without_replicas_the_primary_answers(proxy):
    proxy.lose("read")
    assert proxy.pool("GET", "/") == "write"
