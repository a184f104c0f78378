"""Writing ONNX files: the few messages of the format that a network of convolutions needs.

Written by hand so that the same network gives the same bytes with every version of every library: the result has a
known sha256. Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto (read 2026-11-22)
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

Attribute = float | str | tuple[int, ...]
Attributes = Mapping[str, Attribute]

_IR_VERSION = 8
_OPSET = 17
_VARINT, _BYTES, _FLOAT32 = 0, 2, 5
"""Wire types of protocol buffers."""
_FLOAT = 1
"""TensorProto.DataType."""
_LOW_BITS = 0x7F
_MORE = 0x80


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One operation of a network."""

    kind: str
    reads: tuple[str, ...]
    makes: str
    attributes: Attributes = field(default_factory=dict[str, Attribute])


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Operations in the order in which they are done, and the numbers they work with.

    `input` and `output` are named pictures: one, of `channels`, of any height and width.
    """

    name: str
    input: str
    output: str
    nodes: tuple[Node, ...]
    numbers: Mapping[str, NDArray[np.float32]]
    channels: int = 3


def written(network: Network) -> bytes:
    """Return the network as an ONNX file."""
    opset = _number(2, _OPSET)
    return b"".join((_number(1, _IR_VERSION), _text(2, "image-studio"), _bytes(7, _graph(network)), _bytes(8, opset)))


def _graph(network: Network) -> bytes:
    parts = [_bytes(1, _node(node)) for node in network.nodes]
    parts.append(_text(2, network.name))
    parts += [_bytes(5, _tensor(name, values)) for name, values in network.numbers.items()]
    parts.append(_bytes(11, _picture(network.input, network.channels)))
    parts.append(_bytes(12, _picture(network.output, network.channels)))
    return b"".join(parts)


def _node(node: Node) -> bytes:
    parts = [_text(1, name) for name in node.reads]
    parts += [_text(2, node.makes), _text(3, node.makes), _text(4, node.kind)]
    parts += [_bytes(5, _attribute(name, value)) for name, value in sorted(node.attributes.items())]
    return b"".join(parts)


def _attribute(name: str, value: Attribute) -> bytes:
    match value:
        case int():
            content, kind = _number(3, value), 2
        case float():
            content, kind = _key(2, _FLOAT32) + struct.pack("<f", value), 1
        case str():
            content, kind = _text(4, value), 3
        case tuple():
            content, kind = b"".join(_number(8, one) for one in value), 7
    return _text(1, name) + content + _number(20, kind)


def _tensor(name: str, values: NDArray[np.float32]) -> bytes:
    dims = b"".join(_number(1, side) for side in values.shape)
    return dims + _number(2, _FLOAT) + _text(8, name) + _bytes(9, values.astype("<f4").tobytes())


def _picture(name: str, channels: int) -> bytes:
    sides = (_number(1, 1), _number(1, channels), _text(2, f"{name}_height"), _text(2, f"{name}_width"))
    shape = b"".join(_bytes(1, side) for side in sides)
    tensor = _number(1, _FLOAT) + _bytes(2, shape)
    return _text(1, name) + _bytes(2, _bytes(1, tensor))


def _number(place: int, value: int) -> bytes:
    return _key(place, _VARINT) + _varint(value)


def _text(place: int, value: str) -> bytes:
    return _bytes(place, value.encode())


def _bytes(place: int, value: bytes) -> bytes:
    return _key(place, _BYTES) + _varint(len(value)) + value


def _key(place: int, wire_type: int) -> bytes:
    return _varint(place << 3 | wire_type)


def _varint(value: int) -> bytes:
    """Return a number that is not negative, seven bits a byte, the lowest first."""
    return bytes(_digits(value))


def _digits(value: int) -> Iterable[int]:
    while value > _LOW_BITS:
        yield value & _LOW_BITS | _MORE
        value >>= 7
    yield value
