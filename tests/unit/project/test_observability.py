"""The dashboard and the alerts ask for figures that the studio tells."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
import yaml

from scripts.docs import metrics
from scripts.lint.source import ROOT

FOLDER = ROOT / "deploy" / "observability"
NAME = re.compile(r"\b(?:image_studio|process)_\w+")
OF_EVERY_PROCESS = {"process_resident_memory_bytes", "process_cpu_seconds_total"}


def dashboard():
    panels = json.loads((FOLDER / "dashboard.json").read_text())["panels"]
    return [target["expr"] for panel in panels for target in panel.get("targets", [])]


def alerts():
    groups = yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"]
    return [rule["expr"] for group in groups for rule in group["rules"]]


@pytest.mark.parametrize("asked", [dashboard, alerts])
def test_every_figure_that_is_asked_for_is_told(asked):
    found = {name for expression in asked() for name in NAME.findall(expression)}
    assert len(found) > 5
    assert found - metrics.names() - OF_EVERY_PROCESS == set()


def test_every_label_that_is_asked_for_is_told():
    told = {
        label
        for family in (*metrics.own(), *metrics.shared(sums=metrics.NOTHING))
        for sample in family.samples
        for label in sample.labels
    }
    asked = {
        label.strip()
        for expression in dashboard() + alerts()
        for labels in re.findall(r"by \(([^)]*)\)", expression)
        for label in labels.split(",")
    }
    assert asked - told == {"instance"}


def test_no_label_is_of_many_kinds():
    families = (*metrics.own(), *metrics.shared(sums=metrics.NOTHING))
    labels = {label for family in families for sample in family.samples for label in sample.labels}
    assert not labels & {"workspace", "workspace_id", "user", "job", "job_id", "path", "url", "address", "key"}


def test_each_alert_says_what_to_do():
    groups = yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"]
    for rule in groups[0]["rules"]:
        assert {"summary", "description"} <= set(rule["annotations"]), rule["alert"]


def test_prometheus_reads_the_rules_that_are_there():
    asked = yaml.safe_load((FOLDER / "prometheus.yml").read_text())
    assert [name for name in asked["rule_files"] if not (FOLDER / name).is_file()] == []


@pytest.mark.slow
def test_what_is_not_configured_is_not_even_imported():
    heavy = "{'opentelemetry.sdk', 'opentelemetry.exporter', 'prometheus_client'} & set(sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", f"import sys, backend.app, backend.worker; print(*{heavy})"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert found.stdout.strip() == ""
