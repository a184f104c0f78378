"""What commands write can be read by people and by programs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from backend.cli import screen


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (4_574_861, "4.6 MB"),
        (80_226_062_336, "80 GB"),
        (10**16, "10000 TB"),
    ],
)
def test_sizes_read_as_people_say_them(count, said):
    assert screen.size(count) == said


def test_another_program_gets_one_line_a_row_with_tabs(capsys):
    moment = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    screen.listing(("a", "b"), [("x\ty\nz", None), (True, 1.50), (moment, 3)])
    assert capsys.readouterr().out == "x y z\t\nyes\t1.5\n2026-11-22 09:30\t3\n"


def test_markup_in_somebody_s_words_stays_words(capsys):
    screen.line("[bold]x[/]")
    screen.aside("[red]y[/]")
    out = capsys.readouterr()
    assert out.out == "[bold]x[/]\n"
    assert out.err == "[red]y[/]\n"


def test_facts_leave_out_addresses_and_what_is_empty(capsys):
    screen.facts({"id": "1", "url": "/x", "file_url": "/y", "none": None, "cost": {"credits": 2.0}, "tags": ["a", "b"]})
    assert capsys.readouterr().out == "id\t1\ncost.credits\t2\ntags\ta, b\n"
