"""The house's lints find what they are for, and nothing else."""

from textwrap import dedent

import pytest

from scripts.lint import shape, words
from scripts.lint.source import Source, project_files


def source(text, path="backend/services/x.py"):
    return Source(path=path, text=dedent(text))


def messages(rule, *sources):
    return [str(finding) for finding in rule(sources)]


def test_a_file_of_three_hundred_lines_passes_and_one_more_does_not():
    assert messages(shape.long_files, source("x = 1\n" * 300)) == []
    assert "301 lines" in messages(shape.long_files, source("x = 1\n" * 301))[0]


def test_migrations_may_be_as_long_as_they_are():
    assert messages(shape.long_files, source("x = 1\n" * 301, "backend/db/migrations/versions/0001.py")) == []


def test_a_function_of_forty_lines_passes_and_one_more_does_not():
    body = "    x = 1\n"
    assert messages(shape.long_functions, source("def f():\n" + body * 39)) == []
    assert "f has 41 lines" in messages(shape.long_functions, source("def f():\n" + body * 40))[0]


def test_tests_may_have_long_functions():
    assert messages(shape.long_functions, source("def f():\n" + "    x = 1\n" * 40, "tests/unit/test_x.py")) == []


@pytest.mark.parametrize("caught", ["Exception", "BaseException", "(ValueError, Exception)", "Exception as error"])
def test_catching_everything_is_found(caught):
    text = f"try:\n    f()\nexcept {caught}:\n    pass\n"
    assert "backend/services/x.py:3" in messages(shape.broad_catches, source(text))[0]


def test_a_bare_except_is_found():
    assert messages(shape.broad_catches, source("try:\n    f()\nexcept:\n    pass\n"))


def test_catching_one_kind_is_fine():
    assert messages(shape.broad_catches, source("try:\n    f()\nexcept ValueError:\n    pass\n")) == []


def test_a_listed_place_may_catch_everything_once():
    once = "try:\n    f()\nexcept Exception:\n    pass\n"
    place = next(iter(shape.BROAD_CATCHES))
    assert messages(shape.broad_catches, source(once, place)) == []
    assert len(messages(shape.broad_catches, source(once * 2, place))) == 1


@pytest.mark.parametrize(
    "method",
    [
        "def get(self, key):\n        return self._store.get(key)",
        "async def get(self, key, *, fresh):\n        return await self._store.get(key, fresh=fresh)",
        'def get(self):\n        """Return it."""\n        return self._store.get()',
    ],
)
def test_a_method_that_only_forwards_is_found(method):
    assert "Door.get only forwards" in messages(shape.forwarding_methods, source(f"class Door:\n    {method}\n"))[0]


@pytest.mark.parametrize(
    "method",
    [
        "def get(self, key):\n        return self._store.read(key)",
        "def get(self, key):\n        return self._store.get(key.lower())",
        "def get(self, key):\n        self.count += 1\n        return self._store.get(key)",
        "def estimate_cost(self, request):\n        return self._plans.estimate_cost(request)",
    ],
)
def test_a_method_that_does_something_is_fine_and_so_is_a_given_name(method):
    assert messages(shape.forwarding_methods, source(f"class Door:\n    {method}\n")) == []


ACME = Source(path="backend/providers/acme.py", text='class Acme:\n    name = "acme"\n')
PROPERTY = 'class Acme:\n    @property\n    def name(self):\n        """Return it."""\n        return "acme"\n'


@pytest.mark.parametrize("engine", [ACME, Source(path="backend/providers/acme.py", text=PROPERTY)])
def test_an_engine_is_named_in_its_folder_alone(engine):
    assert "names the engine 'acme'" in messages(words.engine_names, engine, source('choice = "acme"\n'))[0]
    assert messages(words.engine_names, engine, source('choice = "other"\n')) == []


def test_asking_which_engine_it_is_is_found():
    assert messages(words.engine_names, source('if offer.provider == "local":\n    pass\n'))
    assert messages(words.engine_names, source('if request.provider == "auto":\n    pass\n')) == []


@pytest.mark.parametrize("line", ["# TODO: later", "raise NotImplementedError", "@pytest.mark.skip", "it.only('x')"])
def test_left_overs_are_found(line):
    assert messages(words.left_overs, source(line))


@pytest.mark.parametrize(
    "line",
    [
        '"resolved": "https://somewhere/x.tgz"',
        "from https://somewhere/simple/numpy",
        "see https://somewhere/numpy-2.4.6.whl",
        "pip install --index-url https://somewhere",
        "see /home/ada/studio",
        "open('/root/x')",
    ],
)
def test_places_outside_the_project_are_found(line):
    assert messages(words.places, Source(path="docs/index.md", text=line))


@pytest.mark.parametrize("line", ["GET /api/jobs", "https://example.org/home/page", "uv --no-emit-index-url"])
def test_addresses_of_the_product_are_fine(line):
    assert messages(words.places, Source(path="docs/index.md", text=line)) == []


def test_a_check_is_switched_off_with_a_reason():
    assert messages(words.silencers, source("x = 1  # noqa: S101\n"))
    assert messages(words.silencers, source("x = 1  # pyright: ignore[reportAny]\n"))
    assert messages(words.silencers, source("x = 1  # noqa: S101, E501 - the shape of every spec\n")) == []
    assert messages(words.silencers, source("x = 1  # pyright: ignore[reportAny]  (comes without types)\n")) == []


def test_the_reason_may_stand_on_the_line_above_and_hold_on():
    assert messages(words.silencers, source("# The base's shape.\nx = 1  # noqa: S101\n")) == []
    assert messages(words.silencers, source("x = 1  # noqa: S101 - as it is\ny = 1  # noqa: S101\n")) == []


def test_the_project_reads_its_own_files():
    paths = {found.path for found in project_files()}
    assert {"Makefile", "pyproject.toml", "scripts/lint/source.py"} <= paths
    assert not any(path.startswith(".venv/") for path in paths)
