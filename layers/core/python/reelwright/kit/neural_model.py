"""ONNX models by onnxruntime: quiet threads, and inner tensors made visible without the onnx package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import onnxruntime

# Protocol buffer keys (field number, wire type 2): ModelProto.graph = 7, GraphProto.output = 12, ValueInfoProto.name = 1.
_MODEL_GRAPH = b"\x3a"
_GRAPH_OUTPUT = b"\x62"
_VALUE_NAME = b"\x0a"
QUIET = 3


def open_model(path: Path, *, threads: int = 1, visible: str | None = None) -> Any:
    """An inference session on the CPU. ``visible`` names an inner tensor that becomes one more output, the last."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = QUIET
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    model: bytes | str = str(path) if visible is None else add_output(path.read_bytes(), visible)
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def add_output(model: bytes, tensor: str) -> bytes:
    """The model with ``tensor`` as one more output of its graph.

    A protocol buffer may be continued: a second graph message behind the first is merged into it by every reader.
    """
    value = _field(_VALUE_NAME, tensor.encode())
    return model + _field(_MODEL_GRAPH, _field(_GRAPH_OUTPUT, value))


def _field(key: bytes, body: bytes) -> bytes:
    return key + _variable_length(len(body)) + body


def _variable_length(number: int) -> bytes:
    encoded = bytearray()
    while number > 127:
        encoded.append(number & 127 | 128)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)
