"""Settings of what files say of where they come from."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel


class ProvenanceSettings(BaseModel):
    """Marks in files: XMP, and a signed manifest by C2PA."""

    prompts: bool = True
    """Write prompts into files; whoever gets a file can read them."""
    certificate: Path | None = None
    """The certificate that files are signed with, and those that vouch for it, as PEM; a self-made one by default."""
    private_key: Path | None = None
    """Its key, as PEM, without a password."""
    anchors: Path | None = None
    """Certificates whose signatures are called trusted when files are verified, as PEM; none by default."""
