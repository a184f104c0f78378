"""What deploy/ holds says what can be done, and nothing that must not be."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from deploy.rehearse import context, dockerfile
from deploy.rehearse.libraries import foreign
from tests.fakes.composed import DEPLOY, Unset, example, services

ROOT = DEPLOY.parent
DOCKERFILE = dockerfile.parse((DEPLOY / "Dockerfile").read_text())
FILLED = {**example(), "SITE": "studio.example.org", "BASE_PATH": "/studio"} | dict.fromkeys(
    ("POSTGRES_PASSWORD", "STORE_SECRET", "IMAGE_STUDIO_SECRET_KEY"), "secret"
)


def said(word: str) -> list[str]:
    return [one.rest for one in DOCKERFILE if one.word == word]


# --- the image ----------------------------------------------------------------------------------------------


def test_everything_that_is_copied_is_in_the_tree_and_gets_into_the_build():
    rules = context.read_rules((ROOT / ".dockerignore").read_text())
    for source in dockerfile.copied(DOCKERFILE):
        path = ROOT / source
        assert path.exists(), source
        found = [path] if path.is_file() else [one for one in path.iterdir() if one.is_file()]
        assert any(not context.is_ignored(str(one.relative_to(ROOT)), rules) for one in found), source


@pytest.mark.parametrize(
    "path", ["frontend/node_modules/x/y.js", "frontend/dist/index.html", "backend/__pycache__/a.pyc", "deploy/.env"]
)
def test_what_is_made_here_or_secret_stays_out_of_the_build(path):
    assert context.is_ignored(path, context.read_rules((ROOT / ".dockerignore").read_text()))


def test_the_image_runs_as_nobody_special_and_says_how_it_is():
    assert said("USER") == ["10001:10001"]
    assert said("STOPSIGNAL") == ["SIGTERM"]
    assert said("VOLUME") == ["/data"]
    assert said("ENTRYPOINT") == ['["image-studio"]']
    check = dockerfile.health_command(next(one for one in DOCKERFILE if one.word == "HEALTHCHECK"))
    assert "/api/health/live" in check[-1]


def test_base_images_are_pinned_by_version_and_come_from_no_registry_of_ours():
    versions = dict(one.split("=") for one in said("ARG")[:2])
    for image in (one.split()[0] for one in said("FROM")):
        name = dockerfile.filled(image, versions)
        assert name == "packages" or re.fullmatch(r"(node|python):\d+\.\d+\.\d+-[a-z-]+", name)


def test_packages_are_installed_by_hash_alone():
    pip = [run for run in said("RUN") if "pip install" in run]
    assert all("--require-hashes" in run or "--no-deps" in run for run in pip)
    assert any("npm ci" in run for run in said("RUN"))


# --- compose ------------------------------------------------------------------------------------------------


def test_one_container_needs_no_settings():
    (studio,) = services("compose.yaml", {}).values()
    assert studio["read_only"] is True
    assert studio["ports"] == ["127.0.0.1:8000:8000"]


def test_scaling_out_names_what_is_missing():
    for name in ("SITE", "POSTGRES_PASSWORD", "STORE_SECRET", "IMAGE_STUDIO_SECRET_KEY"):
        with pytest.raises(Unset, match=name):
            services("compose.scale.yaml", {**FILLED, name: ""})


def test_the_example_has_no_secrets_in_it():
    assert not any(example()[name] for name in ("POSTGRES_PASSWORD", "STORE_SECRET", "IMAGE_STUDIO_SECRET_KEY"))
    tracked = subprocess.run(["git", "check-ignore", "deploy/.env"], cwd=ROOT, check=False, capture_output=True)
    assert tracked.returncode == 0, "deploy/.env could be committed"


SCALED = services("compose.scale.yaml", FILLED)


def test_only_the_proxy_is_reached_from_outside():
    assert [name for name, one in SCALED.items() if "ports" in one] == ["proxy"]
    for inner in ("database", "store"):
        assert SCALED[inner]["networks"] == ["inside"]


@pytest.mark.parametrize("name", SCALED)
def test_each_service_has_bounds_and_comes_back(name):
    one = SCALED[name]
    assert one["deploy"]["resources"]["limits"].keys() == {"cpus", "memory", "pids"}
    assert one["restart"] == ("on-failure:5" if name == "migrate" else "unless-stopped")
    assert "no-new-privileges:true" in one.get("security_opt", []) or name == "database"


def test_tables_come_first_then_servers_and_workers():
    for name in ("server", "worker"):
        needs = {other: how["condition"] for other, how in SCALED[name]["depends_on"].items()}
        assert needs["migrate"] == "service_completed_successfully"
        assert needs["database"] == needs["store"] == "service_healthy"
    assert SCALED["worker"]["deploy"]["replicas"] == 2


def test_images_have_a_version():
    images = {one["image"] for one in SCALED.values()}
    assert all(re.search(r":(v?\d|local)", image) for image in images)


def test_the_server_believes_the_network_of_the_proxy_alone():
    server = SCALED["server"]["environment"]
    assert (
        server["IMAGE_STUDIO_WEB__TRUSTED_PROXIES"] in (DEPLOY / "compose.scale.yaml").read_text().split("subnet: ")[1]
    )
    assert server["IMAGE_STUDIO_PUBLIC_URL"] == "https://studio.example.org/studio"


# --- the rehearsal's reading --------------------------------------------------------------------------------


def test_lines_are_joined_and_flags_told_apart():
    text = "# a comment\nFROM a AS b\nRUN one \\\n # within\n && two\nCOPY --from=b --chown=1:2 /x /y\n"
    found = dockerfile.parse(text)
    assert [(one.line, one.word, one.rest) for one in found] == [
        (2, "FROM", "a AS b"),
        (3, "RUN", "one && two"),
        (6, "COPY", "/x /y"),
    ]
    assert found[2].flags == {"from": "b", "chown": "1:2"}


def test_commands_are_words_or_shell():
    made = dockerfile.parse('CMD ["a", "b c"]\nRUN echo "$A"')
    assert [one.command() for one in made] == [["a", "b c"], ["/bin/sh", "-c", 'echo "$A"']]


def test_variables_are_filled_in():
    assert dockerfile.pairs('A=$B/c D="x y" E', {"B": "b"}) == {"A": "b/c", "D": "x y", "E": ""}
    assert dockerfile.filled("${A}-$B-$C", {"A": "1", "B": "2"}) == "1-2-"


@pytest.mark.parametrize("text", ["copy a b", "RUN x \\"])
def test_what_is_no_dockerfile_is_refused(text):
    with pytest.raises(dockerfile.Unreadable):
        dockerfile.parse(text)


def test_the_last_rule_that_fits_decides():
    rules = ["*", "!kept", "kept/not/*.log", "**/cache"]
    ignored = [
        one
        for one in ("a", "kept/a", "kept/not/b.log", "kept/cache/c", "kept/d/cache")
        if context.is_ignored(one, rules)
    ]
    assert ignored == ["a", "kept/not/b.log", "kept/cache/c", "kept/d/cache"]


def test_libraries_that_a_slim_image_lacks_are_named():
    told = """/opt/image-studio/a.so:
\tlinux-vdso.so.1 (0x1)
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x1)
\tlibown.so => /opt/image-studio/own/libown.so (0x1)
\tlibGL.so.1 => /lib/x86_64-linux-gnu/libGL.so.1 (0x1)
\tlibgone.so.2 => not found
"""
    assert foreign(told) == {"libGL.so.1", "libgone.so.2"}


def test_documented_proxies_pass_on_who_calls():
    nginx = (DEPLOY / "nginx.conf").read_text()
    for header in ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host"):
        assert f"proxy_set_header {header} " in nginx
    assert "reverse_proxy server:8000" in Path(DEPLOY / "Caddyfile").read_text()
