"""MobileNetV2's published weights (a pickle of tensors) as an ONNX file, without torch and without running the pickle.

Network: https://arxiv.org/abs/1801.04381 table 2. Format of the file: torch's legacy serialization, five pickles and the raw storages.
"""

from __future__ import annotations

import pickle
import struct
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from reelwright.kit.errors import PartMissing

Weights = Mapping[str, NDArray[Any]]

_STORAGES: dict[str, np.dtype[Any]] = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}
_NORM_EPSILON = 1e-5
# expansion, channels, repeats, first stride
_STAGES = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))
_FIRST_CHANNELS = 32


def convert_mobilenet(weights: Path) -> bytes:
    """An ONNX file: input ``picture`` n × 3 × 224 × 224, output ``logits`` n × 1000. Raises PartMissing where the weights cannot be read."""
    return bytes(_Network(read_weights(weights)).build().SerializeToString())


def read_weights(path: Path) -> Weights:
    """Name → array. Only tensors are rebuilt; anything else in the pickle raises PartMissing."""
    with path.open("rb") as stream:
        try:
            for _ in range(3):  # magic number, protocol, machine
                _TensorReader(stream).load()
            reader = _TensorReader(stream)
            tensors: Mapping[str, _Tensor] = reader.load()
            keys = _TensorReader(stream).load()
            storages = {key: _read_storage(stream, reader.types[key]) for key in keys}
        except (pickle.UnpicklingError, struct.error, KeyError, EOFError, ValueError) as error:
            raise PartMissing("The weights of the part “labels” cannot be read; add it again with: make setup") from error
    return {name: tensor.cut_from(storages[tensor.storage]) for name, tensor in tensors.items()}


@dataclass(frozen=True)
class _Tensor:
    storage: str
    offset: int
    shape: tuple[int, ...]

    def cut_from(self, storage: NDArray[Any]) -> NDArray[Any]:
        size = int(np.prod(self.shape, dtype=np.int64))
        return storage[self.offset : self.offset + size].reshape(self.shape)


def _rebuild(storage: str, offset: int, shape: tuple[int, ...], *_: object) -> _Tensor:
    return _Tensor(storage, offset, tuple(shape))


class _TensorReader(pickle.Unpickler):
    """Knows three names; no other can be called."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(stream)
        self.types: dict[str, str] = {}

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _rebuild
        if module == "torch" and name in _STORAGES:
            return name
        raise pickle.UnpicklingError(f"{module}.{name} has no place in weights.")

    def persistent_load(self, pid: Any) -> str:
        key = str(pid[2])
        self.types[key] = str(pid[1])
        return key


def _read_storage(stream: IO[bytes], type_: str) -> NDArray[Any]:
    (count,) = struct.unpack("<q", stream.read(8))
    kind = _STORAGES[type_]
    return np.frombuffer(stream.read(count * kind.itemsize), kind)


@dataclass
class _Network:
    """Collects the graph's nodes; batch norms are folded into the convolutions before them."""

    weights: Weights
    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)

    def build(self) -> Any:
        self._constant("zero", np.float32(0))
        self._constant("six", np.float32(6))
        tip = self._convolve("picture", "features.0.0", "features.0.1", stride=2)
        channels, number = _FIRST_CHANNELS, 1
        for expansion, width, repeats, stride in _STAGES:
            for repeat in range(repeats):
                tip = self._block(tip, f"features.{number}.conv", channels, expansion, width, stride if repeat == 0 else 1)
                channels, number = width, number + 1
        tip = self._convolve(tip, "features.18.0", "features.18.1")
        self._add("GlobalAveragePool", [tip], "pooled")
        self._add("Flatten", ["pooled"], "features")
        matrix = self._constant("classifier.weight", self.weights["classifier.1.weight"])
        offset = self._constant("classifier.bias", self.weights["classifier.1.bias"])
        self._add("Gemm", ["features", matrix, offset], "logits", transB=1)
        return self._wrap()

    def _wrap(self) -> Any:
        takes = [helper.make_tensor_value_info("picture", TensorProto.FLOAT, ["n", 3, 224, 224])]
        gives = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", 1000])]
        graph = helper.make_graph(self.nodes, "mobilenet_v2", takes, gives, self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
        model.ir_version = 8
        onnx.checker.check_model(model)
        return model

    def _block(self, source: str, name: str, channels: int, expansion: int, width: int, stride: int) -> str:
        """Widen, filter each channel, narrow; added to its own input where the shape is kept."""
        tip, place = source, 0
        if expansion != 1:
            tip, place = self._convolve(tip, f"{name}.0.0", f"{name}.0.1"), 1
        tip = self._convolve(tip, f"{name}.{place}.0", f"{name}.{place}.1", stride=stride, groups=channels * expansion)
        tip = self._convolve(tip, f"{name}.{place + 1}", f"{name}.{place + 2}", is_linear=True)
        return self._add("Add", [source, tip], f"{name}.sum") if stride == 1 and channels == width else tip

    def _convolve(self, source: str, name: str, norm: str, *, stride: int = 1, groups: int = 1, is_linear: bool = False) -> str:
        gain, shift, mean, variance = (self.weights[f"{norm}.{part}"] for part in ("weight", "bias", "running_mean", "running_var"))
        scale = gain / np.sqrt(variance + _NORM_EPSILON)
        kernel = self.weights[f"{name}.weight"] * scale[:, None, None, None]
        side = int(kernel.shape[-1])
        inputs = [source, self._constant(f"{name}.kernel", kernel), self._constant(f"{name}.offset", shift - mean * scale)]
        self._add("Conv", inputs, name, strides=[stride] * 2, pads=[(side - 1) // 2] * 4, group=groups, kernel_shape=[side, side])
        return name if is_linear else self._add("Clip", [name, "zero", "six"], f"{name}.clipped")

    def _constant(self, name: str, values: Any) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values, np.float32), name))
        return name

    def _add(self, operation: str, inputs: list[str], output: str, **settings: Any) -> str:
        self.nodes.append(helper.make_node(operation, inputs, [output], **settings))
        return output
