"""The reference of the HTTP API, from the OpenAPI document that the app itself makes."""

from __future__ import annotations

from typing import Any

Node = dict[str, Any]  # Any: an OpenAPI document is JSON of many shapes

MADE = "<!-- Made by `make docs` from the app's OpenAPI document. Change the router or schema, not this page. -->"
HEAD = """\
# HTTP API

{made}

Version {version}. Every call but the health check and signing in needs `Authorization: Bearer` with a session token or
an API key, or the browser's session cookie. Refusals and failures are [problems](../problems/index.md).
"""
METHODS = ("get", "post", "put", "patch", "delete")


def page(document: Node) -> str:
    """Return the page: every operation by its tag, then every schema that they name."""
    blocks = [HEAD.format(made=MADE, version=document["info"]["version"])]
    for tag, operations in _by_tag(document).items():
        blocks.append(f"## {tag.replace('-', ' ').replace('_', ' ').capitalize()}\n")
        blocks += [_operation(method, path, operation) for method, path, operation in operations]
    blocks.append("## Schemas\n")
    schemas: dict[str, Node] = document.get("components", {}).get("schemas", {})
    blocks += [_schema(name, schema) for name, schema in sorted(schemas.items())]
    return "\n".join(blocks).rstrip() + "\n"


def _by_tag(document: Node) -> dict[str, list[tuple[str, str, Node]]]:
    found: dict[str, list[tuple[str, str, Node]]] = {}
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                tag = (item[method].get("tags") or ["other"])[0]
                found.setdefault(tag, []).append((method.upper(), path, item[method]))
    return dict(sorted(found.items()))


def _operation(method: str, path: str, operation: Node) -> str:
    lines = [f"### `{method} {path}`", "", operation.get("description") or operation.get("summary", "")]
    parameters: list[Node] = operation.get("parameters", [])
    if parameters:
        lines += ["", "| parameter | in | type | |", "|---|---|---|---|"]
        lines += [_parameter(parameter) for parameter in parameters]
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        lines += ["", f"Body: {_type(content.get('schema', {}))} as `{media}`."]
    answers = [_answer(status, answer) for status, answer in operation.get("responses", {}).items()]
    return "\n".join([*lines, "", "Answers: " + "; ".join(answers) + ".", ""])


def _parameter(parameter: Node) -> str:
    needed = " (required)" if parameter.get("required") else ""
    said = _line(parameter.get("description", ""))
    return f"| `{parameter['name']}`{needed} | {parameter['in']} | {_type(parameter.get('schema', {}))} | {said} |"


def _answer(status: str, answer: Node) -> str:
    for media, content in answer.get("content", {}).items():
        if media == "application/json" and (schema := content.get("schema")):
            return f"{status} {_type(schema)}"
    return f"{status} {answer.get('description', '')}".strip()


def _schema(name: str, schema: Node) -> str:
    lines = [f"### {name}", ""]
    if said := schema.get("description"):
        lines += [said, ""]
    if values := schema.get("enum"):
        return "\n".join([*lines, "One of " + ", ".join(f"`{value}`" for value in values) + ".", ""])
    properties: dict[str, Node] = schema.get("properties", {})
    if not properties:
        return "\n".join([*lines, _type(schema) + ".", ""])
    required = set(schema.get("required", ()))
    rows = [_property(field, node, needed=field in required) for field, node in properties.items()]
    return "\n".join([*lines, "| field | type | default | |", "|---|---|---|---|", *rows, ""])


def _property(field: str, node: Node, *, needed: bool) -> str:
    default = "required" if needed else f"`{node['default']}`" if node.get("default") is not None else ""
    return f"| `{field}` | {_type(node)} | {default} | {_line(node.get('description', ''))} |"


def _type(node: Node) -> str:
    if reference := node.get("$ref"):
        name = reference.rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if parts := node.get("anyOf") or node.get("oneOf") or node.get("allOf"):
        return " or ".join(dict.fromkeys(_type(part) for part in parts))
    if values := [node["const"]] if "const" in node else node.get("enum"):
        return " or ".join(f"`{value}`" for value in values)
    if node.get("type") == "array":
        return f"list of {_type(node.get('items', {}))}"
    return node.get("type", "any") + _range(node)


def _range(node: Node) -> str:
    low = node.get("minimum", node.get("minLength", node.get("exclusiveMinimum")))
    high = node.get("maximum", node.get("maxLength", node.get("exclusiveMaximum")))
    match low, high:
        case None, None:
            return ""
        case _, None:
            return f" from {low}"
        case None, _:
            return f" up to {high}"
        case _:
            return f" {low}..{high}"


def _line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
