#!/usr/bin/env python3
"""The proxies of docs/guide-operator.md in front of a service, as their examples stand there.

nginx and Caddy, whichever is there; ends with 77 where neither is. Through each: the page over TLS,
the socket, the bound of an address by what the proxy says of it, and no socket for another site.
"""
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from service import KONTAK157, ROOT, Service, Verdict

NAME = "chat.example.org"
HELLO = b'{"type":"hello","v":1,"last":"0"}'


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as one:
        return one.getsockname()[1]


def examples():
    """The nginx block and the Caddy block of the guide."""
    guide = (ROOT / "docs/guide-operator.md").read_text()
    nginx = re.search(r"```nginx\n(.*?)```", guide, re.S).group(1)
    caddy = re.search(r"```\n(chat\.example\.org \{.*?)```", guide, re.S).group(1)
    return nginx, caddy


def nginx_command(folder, example, port, web):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:P-256", "-nodes", "-keyout", folder / "key.pem", "-out",
                    folder / "cert.pem", "-days", "2", "-subj", f"/CN={NAME}"],
                   check=True, capture_output=True)
    server = re.sub(r"listen 443 ssl", f"listen 127.0.0.1:{port} ssl", example)
    server = re.sub(r".*listen \[::\]:443.*\n", "", server)
    server = re.sub(r"ssl_certificate .*;", f"ssl_certificate {folder}/cert.pem;", server)
    server = re.sub(r"ssl_certificate_key .*;", f"ssl_certificate_key {folder}/key.pem;", server)
    server = server.replace("127.0.0.1:8158", f"127.0.0.1:{web}")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in
                    ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        f"daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/nginx.log;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{paths}{server}}}\n")
    return [shutil.which("nginx"), "-c", str(folder / "nginx.conf"), "-p", str(folder)]


def caddy_command(folder, example, port, web):
    site = example.replace(f"{NAME} {{", f"{NAME}:{port} {{\n  tls internal\n  bind 127.0.0.1")
    (folder / "Caddyfile").write_text(
        "{\n  admin off\n  auto_https disable_redirects\n  skip_install_trust\n"
        f"  storage file_system {folder}/caddy\n}}\n"
        + site.replace("127.0.0.1:8158", f"127.0.0.1:{web}"))
    return [shutil.which("caddy"), "run", "--config", str(folder / "Caddyfile"), "--adapter",
            "caddyfile"]


class Browser:
    def __init__(self, port):
        self.host = f"{NAME}:{port}"
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        plain = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.line = context.wrap_socket(plain, server_hostname=NAME)

    def ask(self, lines):
        self.line.sendall((lines + "\r\n").encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            piece = self.line.recv(65536)
            if not piece:
                break
            answer += piece
        return answer[9:12].decode()

    def page(self):
        return self.ask(f"GET / HTTP/1.1\r\nHost: {self.host}\r\n")

    def upgrade(self, origin=None):
        return self.ask(f"GET /socket HTTP/1.1\r\nHost: {self.host}\r\n"
                        f"Origin: {origin or 'https://' + self.host}\r\nConnection: Upgrade\r\n"
                        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n")

    def greet(self):
        mask = b"\1\2\3\4"
        self.line.sendall(bytes([0x81, 0x80 | len(HELLO)]) + mask +
                          bytes(byte ^ mask[i % 4] for i, byte in enumerate(HELLO)))
        return b'"type":"welcome"' in self.line.recv(4096)


def wait_for(port, seconds=15):
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        try:
            return Browser(port).page()
        except OSError:
            time.sleep(0.1)
    return ""


def through(verdict, name, command, port, folder):
    env = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder),
           "XDG_CONFIG_HOME": str(folder)}
    log = (folder / f"{name}.out").open("w")
    proxy = subprocess.Popen(command, stdout=log, stderr=log, env=env)
    try:
        verdict.expect(wait_for(port) == "200", f"{name}: the page, over TLS")
        two = [Browser(port), Browser(port)]
        verdict.expect([one.upgrade() for one in two] == ["101", "101"]
                       and all(one.greet() for one in two), f"{name}: sockets, and who is there is greeted")
        verdict.expect(Browser(port).upgrade() == "429", f"{name}: the third of an address is refused")
        verdict.expect(Browser(port).upgrade("https://evil.example") == "403",
                       f"{name}: no socket for another site")
    finally:
        proxy.terminate()
        proxy.wait()


def main():
    verdict = Verdict()
    commands = {"nginx": nginx_command, "caddy": caddy_command}
    there = [name for name in commands if shutil.which(name)]
    if not there:
        print("neither nginx nor caddy is there: apt install nginx-light caddy")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = folder / "alur.yaml"
        settings.write_text(f"app: {KONTAK157}\nweb:\n  proxies: [127.0.0.1]\n"
                            "  connections_of_address: 2\n")
        for example, proxy in zip(examples(), commands):
            if proxy not in there:
                print(f"not tried: {proxy} is not there")
                continue
            service = Service(KONTAK157, folder / f"{proxy}.db", "--config", str(settings))
            service.start()
            said = service.wait_until_said("to chat")
            web = re.search(r"open http://[^:]+:(\d+) to chat", said).group(1)
            port = free_port()
            through(verdict, proxy, commands[proxy](folder, example, port, web), port, folder)
            verdict.expect(service.stop() == 0, "stops as it should")
    verdict.end()


if __name__ == "__main__":
    main()
