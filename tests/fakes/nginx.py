"""An nginx with the configuration that deploy/nginx.conf documents, and a host that hands out the frontend's files."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.ground.ports import free_port

if TYPE_CHECKING:
    from types import TracebackType

PATIENCE_S = 30.0
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
        until = time.monotonic() + PATIENCE_S
        while self._process.poll() is None and time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.02)
        self.__exit__(None, None, None)
        log = self._config.with_name("error.log")
        raise AssertionError(f"nginx did not start: {log.read_text() if log.exists() else 'it wrote no log'}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait(20)
