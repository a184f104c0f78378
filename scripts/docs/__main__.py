"""Write every generated page that is not current, and say which."""

from __future__ import annotations

from scripts.docs.pages import API, all_pages
from scripts.lint.source import ROOT
from scripts.openapi import description


def main() -> None:
    """Bring the generated pages up to date, after the description of the API that one of them is made from."""
    API.write_text(description(), encoding="utf-8")
    for path, text in all_pages().items():
        place = ROOT / path
        if not place.is_file() or place.read_text(encoding="utf-8") != text:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
            print(f"wrote {path}")


if __name__ == "__main__":
    main()
