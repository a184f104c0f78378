"""An nginx with the configuration that deploy/nginx.conf documents, and a host that hands out the frontend's files."""

from __future__ import annotations

import shutil
import socket
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.ground.ports import free_port

if TYPE_CHECKING:
    from types import TracebackType

DOCUMENTED = Path(__file__).parents[2] / "deploy" / "nginx.conf"
AROUND = """
user root;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{site}
    server {{
        listen 127.0.0.1:{files};
        location / {{ proxy_pass http://studio/studio/; }}
    }}
}}
"""


class Nginx:
    """A proxy before a studio that listens on a port of this machine."""

    def __init__(self, folder: Path, studio: int) -> None:
        self.port, self.files = free_port(), free_port()
        site = DOCUMENTED.read_text()
        for documented, here in (("127.0.0.1:8000", f"127.0.0.1:{studio}"), ("listen 80", f"listen {self.port}")):
            assert documented in site, f"deploy/nginx.conf has no {documented}"
            site = site.replace(documented, here)
        self._config = folder / "nginx.conf"
        self._config.write_text(AROUND.format(folder=folder, site=site, files=self.files))
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
        assert program, "no nginx: apt-get install nginx-light"
        command = [program, "-c", str(self._config), "-g", "daemon off;"]
        self._process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        for _ in range(500):
            with socket.socket() as probe:
                probe.settimeout(0.02)
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
        raise AssertionError(f"nginx did not start: {self._config.with_name('error.log').read_text()}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait(20)
