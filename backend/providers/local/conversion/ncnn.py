"""Reading ncnn's networks (a text of layers, a file of numbers) into ONNX: the layers that enlarging networks have.

What is not known is refused, and so is a byte too many or too few: a network that is understood half is not run.
Source: https://github.com/Tencent/ncnn/wiki/param-and-model-file-structure and
https://github.com/Tencent/ncnn/blob/master/docs/developer-guide/operators.md (read 2026-11-22)
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from backend.errors import MachineTrouble
from backend.providers.local.conversion.onnx_file import Attribute, Network, Node, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

_MAGIC = "7767517"
_HALF = 0x01306B47
"""Marks numbers of 16 bits; 0 marks numbers of 32."""
_BINARY = {0: "Add", 1: "Sub", 2: "Mul"}
_LEAKY = 2
"""The activation of a convolution that is a leaky ReLU."""
_NEAREST = 1
_WEIGHTED_SUM = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layer:
    """One line of the text."""

    kind: str
    reads: tuple[str, ...]
    makes: tuple[str, ...]
    options: dict[int, float]
    listed: tuple[float, ...]
    """The one option that is a list, where there is one: of a convolution its slope, of a sum its factors."""

    def whole(self, key: int, default: int = 0) -> int:
        """Return an option that is a whole number."""
        return int(self.options.get(key, default))


def converted(graph: bytes, numbers: bytes, *, name: str) -> bytes:
    """Return the network as an ONNX file: pictures in and out as 1 x 3 x height x width, in the network's own range.

    Raises:
        MachineTrouble: it has layers that are not known here, or the two files don't belong together.
    """
    lines = graph.decode().splitlines()
    if not lines or lines[0].strip() != _MAGIC:
        raise _foreign(f"{name} is not a network of ncnn's")
    maker = _Maker(numbers)
    for layer in map(_layer, lines[2:]):
        maker.take(layer)
    return written(maker.network(name))


def _layer(line: str) -> _Layer:
    kind, _, inputs, outputs, *rest = line.split()
    reads, makes = int(inputs), int(outputs)
    options: dict[int, float] = {}
    listed: tuple[float, ...] = ()
    for option in rest[reads + makes :]:
        key, value = option.split("=")
        if "," in value:  # how many, then each
            listed = tuple(float(one) for one in value.split(",")[1:])
        else:
            options[int(key)] = float(value)
    named = rest[: reads + makes]
    return _Layer(kind=kind, reads=tuple(named[:reads]), makes=tuple(named[reads:]), options=options, listed=listed)


class _Numbers:
    """The file of numbers, read in the order of the layers."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def weights(self, count: int) -> NDArray[np.float32]:
        """Return numbers that say themselves how wide they are."""
        (mark,) = struct.unpack_from("<I", self._taken(4))
        match mark:
            case 0:
                return self.plain(count)
            case _ if mark == _HALF:
                padded = (2 * count + 3) // 4 * 4
                return np.frombuffer(self._taken(padded), "<f2", count).astype(np.float32)
            case _:
                raise _foreign("its weights are stored in a way that is not known here")

    def plain(self, count: int) -> NDArray[np.float32]:
        """Return numbers of 32 bits."""
        return np.frombuffer(self._taken(4 * count), "<f4").astype(np.float32)

    def end(self) -> None:
        """Refuse what is left over."""
        if self._at != len(self._data):
            raise _foreign(f"{len(self._data) - self._at} bytes of its weights belong to nothing")

    def _taken(self, count: int) -> bytes:
        taken = self._data[self._at : self._at + count]
        if len(taken) < count:
            raise _foreign("its weights end too early")
        self._at += count
        return taken


class _Maker:
    """Makes nodes of layers, one after the other."""

    def __init__(self, data: bytes) -> None:
        self._file = _Numbers(data)
        self._nodes: list[Node] = []
        self._numbers: dict[str, NDArray[np.float32]] = {}
        self._same: dict[str, str] = {}
        """What a copy is a copy of."""
        self._input = self._last = ""
        self._makers: dict[str, Callable[[_Layer], None]] = {
            "Input": self._begin,
            "MemoryData": self._constant,
            "Split": self._copy,
            "Convolution": self._convolution,
            "BinaryOp": self._binary,
            "Eltwise": self._sum,
            "Swish": self._swish,
            "Sigmoid": self._sigmoid,
            "Concat": self._concat,
            "PixelShuffle": self._shuffle,
            "Interp": self._enlarge,
        }

    def take(self, layer: _Layer) -> None:
        """Add a layer."""
        if layer.kind not in self._makers:
            raise _foreign(f"it has a layer {layer.kind}, which is not known here")
        self._makers[layer.kind](layer)
        self._last = layer.makes[-1]

    def network(self, name: str) -> Network:
        """Return all of it."""
        self._file.end()
        return Network(name=name, input=self._input, output=self._last, nodes=tuple(self._nodes), numbers=self._numbers)

    def _begin(self, layer: _Layer) -> None:
        self._input = layer.makes[0]

    def _constant(self, layer: _Layer) -> None:
        width, height, channels = (layer.whole(key, 1) or 1 for key in (0, 1, 2))
        values = self._file.plain(width * height * channels)
        self._numbers[layer.makes[0]] = values.reshape(1, channels, height, width)

    def _copy(self, layer: _Layer) -> None:
        for name in layer.makes:
            self._same[name] = self._own(layer.reads[0])

    def _convolution(self, layer: _Layer) -> None:
        source, made = self._own(layer.reads[0]), layer.makes[0]
        outputs, kernel, pad = layer.whole(0), layer.whole(1), layer.whole(4)
        if layer.whole(2, 1) != 1 or layer.whole(3, 1) != 1 or not layer.whole(5):
            raise _foreign("it has a convolution with strides, with holes or without bias")
        weights = self._file.weights(layer.whole(6)).reshape(outputs, -1, kernel, kernel)
        self._numbers[f"{made}.weight"] = weights
        self._numbers[f"{made}.bias"] = self._file.plain(outputs)
        raw = f"{made}.raw" if layer.whole(9) else made
        reads = (source, f"{made}.weight", f"{made}.bias")
        self._add("Conv", reads, raw, kernel_shape=(kernel, kernel), pads=(pad,) * 4)
        match layer.whole(9):
            case 0:
                return
            case _ if layer.whole(9) == _LEAKY:
                self._add("LeakyRelu", (raw,), made, alpha=layer.listed[0])
            case _:
                raise _foreign("it has an activation that is not known here")

    def _binary(self, layer: _Layer) -> None:
        kind, made = layer.whole(0), layer.makes[0]
        if kind not in _BINARY:
            raise _foreign("it has an operation on two pictures that is not known here")
        reads = tuple(self._own(name) for name in layer.reads)
        if layer.whole(1):
            self._numbers[f"{made}.by"] = np.array([layer.options.get(2, 0.0)], np.float32)
            reads += (f"{made}.by",)
        self._add(_BINARY[kind], reads, made)

    def _sum(self, layer: _Layer) -> None:
        if layer.whole(0) != _WEIGHTED_SUM or len(layer.reads) != len(layer.listed):
            raise _foreign("it has an operation on several pictures that is not known here")
        made, terms = layer.makes[0], list[str]()
        for place, (name, factor) in enumerate(zip(layer.reads, layer.listed, strict=True)):
            if factor == 1:
                terms.append(self._own(name))
                continue
            term = f"{made}.{place}"
            self._numbers[f"{term}.by"] = np.array([factor], np.float32)
            self._add("Mul", (self._own(name), f"{term}.by"), term)
            terms.append(term)
        self._add("Sum", terms, made)

    def _swish(self, layer: _Layer) -> None:
        source, made = self._own(layer.reads[0]), layer.makes[0]
        self._add("Sigmoid", (source,), f"{made}.gate")
        self._add("Mul", (source, f"{made}.gate"), made)

    def _sigmoid(self, layer: _Layer) -> None:
        self._add("Sigmoid", (self._own(layer.reads[0]),), layer.makes[0])

    def _concat(self, layer: _Layer) -> None:
        self._add("Concat", (self._own(name) for name in layer.reads), layer.makes[0], axis=1)

    def _shuffle(self, layer: _Layer) -> None:
        if layer.whole(1):
            raise _foreign("it shuffles its pixels in an order that is not known here")
        self._add("DepthToSpace", (self._own(layer.reads[0]),), layer.makes[0], blocksize=layer.whole(0, 1), mode="CRD")

    def _enlarge(self, layer: _Layer) -> None:
        if layer.whole(0) != _NEAREST:
            raise _foreign("it enlarges inside in a way that is not known here")
        made = layer.makes[0]
        scales = [1.0, 1.0, layer.options.get(1, 1.0), layer.options.get(2, 1.0)]
        self._numbers[f"{made}.scales"] = np.array(scales, np.float32)
        reads = (self._own(layer.reads[0]), "", f"{made}.scales")
        self._add(
            "Resize", reads, made, mode="nearest", coordinate_transformation_mode="asymmetric", nearest_mode="floor"
        )

    def _own(self, name: str) -> str:
        return self._same.get(name, name)

    def _add(self, kind: str, reads: Iterable[str], makes: str, **attributes: Attribute) -> None:
        self._nodes.append(Node(kind=kind, reads=tuple(reads), makes=makes, attributes=attributes))


def _foreign(why: str) -> MachineTrouble:
    return MachineTrouble(
        detail=f"A network can't be converted: {why}. This version of Image Studio was not made for it."
    )
