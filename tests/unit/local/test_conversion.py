"""Networks of another format become ONNX that computes the same."""

from __future__ import annotations

import struct

import cv2
import numpy as np
import onnxruntime as ort
import pytest

from backend.errors import MachineTrouble
from backend.providers.local.conversion import converted

MAGIC = "7767517\n9 9\n"
GRAPH = (
    MAGIC
    + """Input data 0 1 data
Convolution first 1 1 data a 0=12 1=3 4=1 5=1 6=324 9=2 -23310=1,2.000000e-01
Split copies 1 2 a a_0 a_1
Swish gate 1 1 a_0 b
Eltwise sum 2 1 b a_1 c 0=1 -23301=2,2.000000e-01,1.000000e+00
BinaryOp less 1 1 c d 0=1 1=1 2=5.000000e-01
Sigmoid soft 1 1 d e
PixelShuffle shuffle 1 1 e f 0=2
Interp wide 1 1 f output 0=1 1=2.0 2=2.0
"""
)


def numbers() -> tuple[np.ndarray, np.ndarray, bytes]:
    rng = np.random.default_rng(1)
    weights = rng.normal(0, 0.3, (12, 3, 3, 3)).astype(np.float16)
    bias = rng.normal(0, 0.1, 12).astype(np.float32)
    return weights.astype(np.float32), bias, struct.pack("<I", 0x01306B47) + weights.tobytes() + bias.tobytes()


def expected(picture: np.ndarray) -> np.ndarray:
    """What the network means, written out in numpy."""
    weights, bias, _ = numbers()
    a = np.zeros((12, *picture.shape[1:]), np.float32)
    for out in range(12):
        for channel in range(3):
            a[out] += cv2.filter2D(picture[channel], -1, weights[out, channel], borderType=cv2.BORDER_CONSTANT)
        a[out] += bias[out]
    a = np.where(a > 0, a, 0.2 * a)
    d = 0.2 * a / (1 + np.exp(-a)) + a - 0.5
    e = 1 / (1 + np.exp(-d))
    f = e.reshape(3, 2, 2, *picture.shape[1:]).transpose(0, 3, 1, 4, 2).reshape(3, 2 * picture.shape[1], -1)
    return f.repeat(2, axis=1).repeat(2, axis=2)


def test_every_layer_computes_what_it_means():
    data = converted(GRAPH.encode(), numbers()[2], name="little")
    session = ort.InferenceSession(data, providers=["CPUExecutionProvider"])
    picture = np.random.default_rng(2).random((3, 10, 14), np.float32)
    (found,) = session.run(None, {"data": picture[None]})
    assert np.abs(found[0] - expected(picture)).max() < 1e-5


def test_the_same_network_gives_the_same_bytes():
    assert converted(GRAPH.encode(), numbers()[2], name="a") == converted(GRAPH.encode(), numbers()[2], name="a")


@pytest.mark.parametrize(
    ("graph", "data", "why"),
    [
        (GRAPH.replace("Sigmoid", "Softmax"), numbers()[2], "Softmax"),
        (GRAPH, numbers()[2] + b"\0\0\0\0", "belong to nothing"),
        (GRAPH, numbers()[2][:-4], "end too early"),
        ("other", b"", "not a network"),
        (GRAPH.replace("0=12 1=3", "0=12 1=3 3=2"), numbers()[2], "strides"),
    ],
)
def test_what_is_understood_half_is_refused(graph: str, data: bytes, why: str):
    with pytest.raises(MachineTrouble, match=why):
        converted(graph.encode(), data, name="little")
