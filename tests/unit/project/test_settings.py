"""The table of settings: each is read, each can be set, each is told of; and no number hides from it."""

from __future__ import annotations

import ast
import functools
from dataclasses import replace

import pytest
from pydantic import SecretStr, ValidationError
from structlog.testing import capture_logs

from backend.settings import Settings
from backend.settings.strays import tell_of_strays
from backend.settings.table import NAME, leaves, source, unknown, values
from scripts.docs import timeouts
from scripts.docs.constants import CONSTANTS, found
from scripts.lint.source import ROOT

LEAVES = leaves()
OTHER_VALUES = {
    "public_url": "https://studio.example.org",
    "web.base_path": "/else",
    "web.trusted_proxies": "192.0.2.0/24",
    "web.hosts": "studio.example.org",
    "web.asset_base": "https://cdn.example.org",
    "web.cors_origins": "https://example.org",
    "telemetry.ratio": "0.25",
    "identity.algorithms": "ES512",
    "identity.roles": '{"staff": "editor"}',
}
"""What else a setting may be, where that can't be told from its type."""

COMPANIONS = {
    "IMAGE_STUDIO_IDENTITY__ISSUER": "https://id.example.org",
    "IMAGE_STUDIO_IDENTITY__CLIENT_ID": "studio",
    "IMAGE_STUDIO_IDENTITY__ROLES": '{"staff": "viewer"}',
    "IMAGE_STUDIO_IDENTITY__AUDIENCES": "studio",
    "IMAGE_STUDIO_IDENTITY__DEFAULT_ROLE": "viewer",
}
"""What has to be set for other settings to mean anything."""
SERVER = {
    "IMAGE_STUDIO_SERVERS__STABILITY__BASE_URL": "http://127.0.0.1:8080/v1",
    "IMAGE_STUDIO_SERVERS__STABILITY__MODELS": '[{"name": "m"}]',
}
NAMED = {
    "hosts": ('["a.example.org"]', ("a.example.org",)),
    "servers.base_url": ("http://127.0.0.1:9/v1", "http://127.0.0.1:9/v1"),
    "servers.models": ('[{"name": "n"}]', ("n",)),
    "answer_s": ("7", 7.0),
}
"""What settings of engines and servers may be, and what is then held, where that is not simply a word."""
AWAITED = {"providers.api_key", "providers.base_url"}
"""What engines of vendors are told; none of them is part of the studio yet."""


def by_name(leaf):
    return leaf.variable


# --- each can be set ----------------------------------------------------------------------------------------


def another(leaf):
    """Return another value that a setting may have, as it is written in the environment."""
    path = ".".join(leaf.path)
    if path in OTHER_VALUES:
        return OTHER_VALUES[path]
    default = leaf.field.get_default(call_default_factory=True)
    match leaf.kind:
        case "true or false":
            return str(not default).lower()
        case "whole number" | "number":
            return numbers(leaf, default)
        case "folder":
            return "/somewhere/else"
        case _ if leaf.range:
            return next(one for one in leaf.range.split(", ") if one != default)
        case _:
            return "https://else.example.org" if "url" in leaf.name or leaf.name == "issuer" else "another"


def numbers(leaf, default):
    for candidate in ((default or 1) + 1, (default or 2) / 2, 1, 2, 500, 2000):
        written = str(int(candidate)) if leaf.kind == "whole number" else str(candidate)
        try:
            held = getattr(leaf.owner.model_validate({leaf.name: written}), leaf.name)
        except ValidationError:
            continue
        if held != default:
            return written
    raise AssertionError(leaf.variable)


def held(settings, leaf):
    found = settings
    for step in leaf.path:
        found = found[step] if isinstance(found, dict) else getattr(found, step)
    return found.get_secret_value() if isinstance(found, SecretStr) else found


@pytest.mark.parametrize("leaf", LEAVES, ids=by_name)
def test_each_variable_changes_the_value_that_it_stands_for(leaf, monkeypatch):
    for variable, written in COMPANIONS.items() if leaf.path[0] == "identity" else ():
        monkeypatch.setenv(variable, written)
    for variable in leaf.variables:
        monkeypatch.delenv(variable, raising=False)
    if NAME in leaf.path:
        word = "3" if leaf.kind == "whole number" else "told"
        written, meant = NAMED.get(f"{leaf.path[0]}.{leaf.name}") or NAMED.get(leaf.name) or (word, word)
        for variable, value in SERVER.items() if leaf.path[0] == "servers" else ():
            monkeypatch.setenv(variable, value)
        monkeypatch.setenv(leaf.variable.replace(NAME, "STABILITY"), written)
        found = held(Settings(), _of("stability", leaf))
        names = tuple(one.name for one in found) if leaf.path[0] == "servers" and leaf.name == "models" else found
        assert names == meant or str(names) == meant
        return
    before = leaf.field.get_default(call_default_factory=True)
    for variable in leaf.variables:
        with monkeypatch.context() as patched:
            patched.setenv(variable, another(leaf))
            after = Settings()
            assert held(after, leaf) != before
            assert source(leaf, {variable: "x"}) == variable


def _of(engine, leaf):
    return replace(leaf, path=(leaf.path[0], engine, leaf.name))


@pytest.mark.parametrize(
    "leaf", [one for one in LEAVES if one.bounds and one.kind != "text" and not one.field.is_required()], ids=by_name
)
def test_a_default_lies_within_its_range(leaf):
    default = leaf.field.get_default(call_default_factory=True)
    if default is not None:
        others = {"base_url": "http://127.0.0.1/v1", "models": [{"name": "m"}]} if leaf.path[0] == "servers" else {}
        assert getattr(leaf.owner.model_validate({**others, leaf.name: default}), leaf.name) == default


@pytest.mark.parametrize("leaf", [one for one in LEAVES if one.kind in {"whole number", "number"}], ids=by_name)
def test_a_number_has_a_range_and_what_lies_outside_is_refused(leaf):
    assert leaf.range, "say what it may be"
    with pytest.raises(ValidationError):
        leaf.owner.model_validate({leaf.name: -1})


# --- each is read -------------------------------------------------------------------------------------------


code_of = functools.cache(ast.unparse)


class Reads(ast.NodeVisitor):
    """Collects which members of which groups of settings a file reads."""

    def __init__(self, groups, classes):
        self.groups, self.classes = groups, classes
        names = [leaf.name for leaf in LEAVES]
        self.only = {leaf.name: ".".join(leaf.path) for leaf in LEAVES if names.count(leaf.name) == 1}
        """Names that only one group has: whoever reads such a one from settings reads that."""
        self.aliases: dict[str, set[str]] = {}
        self.read: set[str] = set()

    def visit_arg(self, node):
        if node.annotation:
            self._named(node.arg, code_of(node.annotation))

    def visit_AnnAssign(self, node):
        self._named(code_of(node.target), code_of(node.annotation))
        self.generic_visit(node)

    def _named(self, name, annotation):
        for one, groups in self.classes.items():
            if one in annotation:
                self.aliases.setdefault(name, set()).update(groups)

    def visit_Assign(self, node):
        for target, value in self._pairs(node):
            groups = self._groups(value)
            if groups:
                self.aliases.setdefault(code_of(target), set()).update(groups)
        self.generic_visit(node)

    def _pairs(self, node):
        target = node.targets[0]
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            return list(zip(target.elts, node.value.elts, strict=False))
        return [(target, node.value)]

    def _groups(self, value):
        said = code_of(value)
        groups = set(self.aliases.get(said, ()))
        last = said.rpartition(".")[2]
        if last in self.groups and ("settings" in said or said == f"self.{last}"):
            groups.add(last)
        return groups

    def visit_ClassDef(self, node):
        before = self.aliases.pop("self", set())
        self.aliases["self"] = self.classes.get(node.name, set())
        self.generic_visit(node)
        self.aliases["self"] = before

    def visit_comprehension(self, node):
        if ".providers.items()" in code_of(node.iter):
            self.aliases.setdefault(code_of(node.target.elts[1]), set()).add("providers")
        self.generic_visit(node)

    def visit_Attribute(self, node):
        base = code_of(node.value)
        for group in self._groups(node.value):
            self.read.add(f"{group}.*" if node.attr == "model_dump" else f"{group}.{node.attr}")
        if "settings" in base.lower() or base in {"self", "said"}:
            self.read |= {node.attr, self.only.get(node.attr, "")}
        self.generic_visit(node)


def reads():
    """Return `group.setting` for each that the program reads, and `group.*` for groups that it takes whole."""
    groups = {leaf.path[0] for leaf in LEAVES if len(leaf.path) > 1}
    classes: dict[str, set[str]] = {}
    for leaf in LEAVES:
        if len(leaf.path) > 1:
            classes.setdefault(leaf.owner.__name__, set()).add(leaf.path[0])
    found: set[str] = set()
    for path in sorted((ROOT / "backend").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "settings" not in text.lower():  # such a file is told of none
            continue
        tree = ast.parse(text)
        visitor = Reads(groups, classes)
        for _ in range(2):  # a name may be used above the line that says what it is
            visitor.visit(tree)
        found |= visitor.read
    return found


def test_each_setting_is_read():
    found = reads()
    wanted = [leaf for leaf in LEAVES if ".".join(part for part in leaf.path if part != NAME) not in AWAITED]
    idle = [leaf.variable for leaf in wanted if not _ways_to_read(leaf) & found]
    assert idle == [], "an option that does nothing"


def _ways_to_read(leaf):
    return {leaf.name} if len(leaf.path) == 1 else {f"{leaf.path[0]}.{leaf.name}", f"{leaf.path[0]}.*"}


# --- each is told of ----------------------------------------------------------------------------------------


def test_no_limit_and_no_time_hides_as_a_constant():
    named = [name for kept in CONSTANTS for name in kept.names]
    assert len(named) == len(set(named))
    assert set(found()) == set(named), "make it a setting, or say in scripts/docs/constants.py why it is none"


def test_the_page_of_timeouts_names_settings_that_exist_and_every_time_of_what_is_outside():
    known, fixed = timeouts.by_path(), found()
    told = [name for thing in timeouts.THINGS for limit in thing.limits for name in limit.settings]
    assert [name for name in told if name not in known and name not in fixed] == []
    outside = ("db.", "storage.", "imaging.", "workers.", "identity.connect", "identity.answer", "telemetry.")
    times = {name for name, leaf in known.items() if name.startswith(outside) and leaf.unit == "seconds"}
    assert times - set(told) == {"storage.redirect_s"}


def test_settings_are_shown_with_what_set_them(monkeypatch):
    monkeypatch.setenv("IMAGE_STUDIO_DB__POOL", "7")
    monkeypatch.setenv("IMAGE_STUDIO_PROVIDERS__STABILITY__API_KEY", "k")
    shown = {
        leaf.variable: (str(value), source(leaf, {"IMAGE_STUDIO_DB__POOL": "7"})) for leaf, value in values(Settings())
    }
    assert shown["IMAGE_STUDIO_DB__POOL"] == ("7", "IMAGE_STUDIO_DB__POOL")
    assert shown["IMAGE_STUDIO_DB__WAIT_S"] == ("30", "default")
    assert shown["IMAGE_STUDIO_PROVIDERS__STABILITY__API_KEY"][0] == "**********"


# --- and what is none is warned of --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("IMAGE_STUDIO_JOBS__WAIT", "IMAGE_STUDIO_JOBS__WAIT_S"),
        ("IMAGE_STUDIO_STORGE__URL", "IMAGE_STUDIO_STORAGE__URL"),
        ("IMAGE_STUDIO_PROVIDERS__GEMINI__API_KE", "IMAGE_STUDIO_PROVIDERS__GEMINI__API_KEY"),
        ("IMAGE_STUDIO_SOMETHING_ELSE", None),
    ],
)
def test_a_misspelt_variable_is_told_with_what_may_be_meant(given, meant):
    assert unknown([given, "PATH"]) == {given: meant}
    with capture_logs() as said:
        tell_of_strays({given: "x"})
    assert [(line["variable"], line["meant"], line["log_level"]) for line in said] == [(given, meant, "warning")]


@pytest.mark.parametrize(
    "given",
    [
        "IMAGE_STUDIO_DATABASE_URL",
        "image_studio_tier",
        "IMAGE_STUDIO_DB",
        "IMAGE_STUDIO_PROVIDERS__ACME__BASE_URL",
        "IMAGE_STUDIO_SERVER",
        "DATABASE_URL",
    ],
)
def test_what_is_a_setting_is_not_warned_of(given):
    assert unknown([given]) == {}
