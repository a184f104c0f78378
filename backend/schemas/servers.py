"""Model servers of an operator's own that speak as OpenAI does: where they are, and what their models take."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, JsonValue, SecretStr

Change = Literal["general_edit", "inpaint", "erase", "search_replace", "search_recolor", "relight"]
Said = Literal["negative_prompt", "seed", "steps", "guidance", "quality"]
"""What of a request a field of a server's may get."""
Sides = Annotated[str, Field(pattern=r"^[1-9]\d{1,4}x[1-9]\d{1,4}$")]
ServerName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,31}$")]


class ServerModel(BaseModel):
    """A model of such a server."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    """What the server calls it."""
    label: str | None = None
    """What people call it; its name by default."""
    sizes: Annotated[tuple[Sides, ...], Field(min_length=1)] = ("512x512", "768x512", "512x768")
    """The sizes that it makes well; others are cut from the one that is nearest in shape."""
    changes: tuple[Change, ...] = ()
    """The changes to pictures that it makes at `/images/edits`; none by default."""
    send: dict[str, Said] = Field(default_factory=dict[str, Said])
    """Further fields that it knows, and what of a request each gets, such as `{"num_inference_steps": "steps"}`."""
    always: dict[str, JsonValue] = Field(default_factory=lambda: {"n": 1, "response_format": "b64_json"})
    """Fields that are the same in every request."""
    milli_credits: Annotated[int, Field(ge=0)] = 0
    """What a picture costs: 1000 are 1 credit."""
    seconds: Annotated[float, Field(gt=0)] = 30.0
    """About how long it takes for a picture."""


class ServerSettings(BaseModel):
    """A server that speaks as OpenAI does, such as one with open models on a machine of one's own."""

    base_url: Annotated[str, Field(pattern=r"^https?://[^/?#@]+(/[^?#]*)?$")]
    """Its address, with the path before `/images/generations`, such as `http://127.0.0.1:8080/v1`."""
    models: Annotated[tuple[ServerModel, ...], Field(min_length=1)]
    """Its models, as JSON."""
    api_key: SecretStr | None = None
    """Its key; most have none."""
    label: str | None = None
    """What people call it; its name in the settings by default."""
    hosts: tuple[Annotated[str, Field(pattern=r"^\.?[a-z0-9-]+(\.[a-z0-9-]+)+$")], ...] = ()
    """More hosts that its pictures may be fetched from, as JSON; its own is one anyway."""
    answer_s: Annotated[float, Field(gt=0, le=3600)] = 600.0
    """How long a picture may take."""
