"""Writes the encoder as one ONNX file, made of the operators that onnxruntime runs fastest, weights in int8.

Inputs: `input_ids` (batch, length) int64 piece ids of `tokenizer.json` without silent pieces, `attention_mask` (batch,
length) int64. Output: `embedding` (batch, 384) float32, unit length.

Activations are int8 too, with scales fixed beforehand from training text, so that a text's vector does not depend on
its company in a batch. A few channels are ten times as loud as the rest; each channel is first divided by its own
loudness and the weights multiplied by it (the idea of SmoothQuant), else the quiet ones would round to nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from model import DIMENSION, ENGLISH, EPSILON, GATES, HEADS, LAYERS, Transformer
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

LONGEST = 256  # pieces, MiniLM's limit; positions above are not stored
MICROSOFT = "com.microsoft"
SMOOTHING = 0.9  # how much of a channel's loudness moves into the weights; .7 .9917, .8 .9939, .9 .9951, .95 .9948
ZERO = 128  # of the unsigned activations
LINEARS = ("query_key_value", "attention_out", "widen", "narrow")

Array = np.ndarray


def int8_rows(rows: Array) -> tuple[Array, Array]:
    """(int8 values, one float32 scale per row) of a float matrix."""
    scale = np.maximum(np.abs(rows).max(axis=1), 1e-8) / 127
    return np.round(rows / scale[:, None]).astype(np.int8), scale.astype(np.float32)


@torch.no_grad()
def loudness(model: Transformer, rows: Tensor, texts: list[Tensor]) -> dict[str, Array]:
    """Greatest absolute input of every linear layer per channel, over texts given as row numbers (1, length)."""
    heard: dict[str, Tensor] = {}

    def listen(name: str) -> Any:
        def hook(_: Any, inputs: tuple[Tensor, ...]) -> None:
            top = inputs[0].abs().flatten(0, -2).amax(0)
            heard[name] = torch.maximum(heard[name], top) if name in heard else top

        return hook

    hooks = [
        getattr(layer, kind).register_forward_pre_hook(listen(f"layers.{n}.{kind}"))
        for n, layer in enumerate(model.layers)
        for kind in LINEARS
    ]
    for numbers in texts:
        model(rows[numbers], torch.tensor([numbers.shape[1]]), numbers)
    for hook in hooks:
        hook.remove()
    return {name: top.numpy() for name, top in heard.items()}


class Graph:
    """Nodes and weights in the making; every method returns the name of what it adds."""

    def __init__(self, weights: dict[str, Array], loud: dict[str, Array]) -> None:
        self.weights, self.loud = weights, loud
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: Array) -> str:
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def weight(self, name: str) -> str:
        return self.constant(name, self.weights[name])

    def add(self, operator: str, inputs: list[str], name: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def quantise(self, x: str, layer: str) -> tuple[str, Array]:
        """Input `x` of the linear layer in uint8, and what its channels were divided by times the step."""
        loud = np.maximum(self.loud[layer], 1e-3)
        strong = np.maximum(np.abs(self.weights[f"{layer}.weight"]).max(axis=0), 1e-3)
        divisor = loud**SMOOTHING / strong ** (1 - SMOOTHING)
        step = (loud / divisor).max() / 127
        quiet = self.add("Mul", [x, self.constant(f"{layer}.quiet", (1 / divisor).astype(np.float32))], f"{layer}.even")
        inputs = [quiet, self.constant(f"{layer}.step", np.float32(step)), self.constant("zero", np.uint8(ZERO))]
        return self.add("QuantizeLinear", inputs, f"{layer}.in"), divisor * step

    def linear(self, quantised: tuple[str, Array], layer: str) -> str:
        """The input times the layer's weight, in float32, without the bias (the next operator adds it)."""
        x, scale = quantised
        weight = (self.weights[f"{layer}.weight"] * scale).T  # torch keeps (out, in)
        top = np.abs(weight).max(axis=0) / 127
        inputs = [
            x,
            self.constant(f"{layer}.int8", np.round(weight / top).astype(np.int8)),
            self.constant("one", np.float32(1)),
            self.constant(f"{layer}.scale", top.astype(np.float32)),
            "zero",
        ]
        return self.add("MatMulIntegerToFloat", inputs, f"{layer}.product", MICROSOFT)

    def normal(self, x: str, skip: str, norm: str, bias: str | None, name: str) -> str:
        inputs = [x, skip, self.weight(f"{norm}.weight"), self.weight(f"{norm}.bias")]
        if bias:
            inputs.append(self.weight(bias))
        return self.add("SkipLayerNormalization", inputs, name, MICROSOFT, epsilon=EPSILON)


def branch(nodes: list[onnx.NodeProto]) -> onnx.GraphProto:
    """What one side of an `If` does; its result is that of the last node."""
    name = nodes[-1].output[0]
    result = helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "length", DIMENSION])
    return helper.make_graph(nodes, name, [], [result])


def write(model: Transformer, rows: Tensor, table: Array, loud: dict[str, Array], target: Path) -> None:
    """The model, its rows (n, 384) and the table piece id -> row, as `target`."""
    g = Graph({name: value.detach().numpy() for name, value in model.state_dict().items()}, loud)
    last, second = g.constant("axis.last", np.array([-1])), g.constant("axis.1", np.array([1]))
    start = g.constant("start", np.array([0]))

    values, scales = int8_rows(rows.numpy())
    row = g.add("Gather", [g.constant("table", table.astype(np.int32)), "input_ids"], "row")
    words = g.add("Gather", [g.constant("rows", values), row], "row.int8")
    words = g.add("Cast", [words], "row.float", to=TensorProto.FLOAT)
    scale = g.add("Gather", [g.constant("rows.scale", scales), row], "row.scale")
    words = g.add("Mul", [words, g.add("Unsqueeze", [scale, last], "row.scale.wide")], "words")
    g.constant("position", g.weights["position"][:LONGEST])
    length = g.add("Shape", ["input_ids"], "length", start=1, end=2)
    places = g.add("Unsqueeze", [g.add("Slice", ["position", start, length], "place"), start], "places")
    x = g.normal(words, places, "norm", None, "layers.in")

    mask = g.add("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
    script = []
    for name, first in (("han", ENGLISH), ("cyrillic", model.first_cyrillic)):
        reached = g.add("GreaterOrEqual", [row, g.constant(f"{name}.first", np.int32(first))], f"{name}.reached")
        script.append(g.add("Cast", [reached], f"{name}.is", to=TensorProto.INT32))
    gate = g.add("Gather", [g.constant("gates", GATES.numpy()), g.add("Add", script, "script")], "gate")
    foreign = g.add("Cast", [g.add("ReduceMax", ["script"], "script.last", keepdims=0)], "foreign", to=TensorProto.BOOL)

    for n in range(LAYERS):
        p = f"layers.{n}"
        packed = g.linear(g.quantise(x, f"{p}.query_key_value"), f"{p}.query_key_value")
        parts = [f"{p}.{part}" for part in ("query", "key", "value")]
        g.nodes.append(helper.make_node("Split", [packed], parts, name=f"{p}.split", axis=2, num_outputs=3))
        inputs = [*parts, g.weight(f"{p}.query_key_value.bias"), mask]
        attended = g.add("MultiHeadAttention", inputs, f"{p}.attended", MICROSOFT, num_heads=HEADS)
        out = g.linear(g.quantise(attended, f"{p}.attention_out"), f"{p}.attention_out")
        x = g.normal(out, x, f"{p}.attention_norm", f"{p}.attention_out.bias", f"{p}.attention_sum")

        quantised = g.quantise(x, f"{p}.widen")
        wide = g.linear(quantised, f"{p}.widen")
        wide = g.add("BiasGelu", [wide, g.weight(f"{p}.widen.bias")], f"{p}.wide", MICROSOFT)
        out = g.linear(g.quantise(wide, f"{p}.narrow"), f"{p}.narrow")
        outside, g.nodes = g.nodes, []
        inner = g.linear(quantised, f"{p}.adapter_in")
        inner = g.add("BiasGelu", [inner, g.weight(f"{p}.adapter_in.bias")], f"{p}.adapter", MICROSOFT)
        inner = g.add("Mul", [inner, gate], f"{p}.adapter_gated")
        outer = g.constant(f"{p}.adapter_out", g.weights[f"{p}.adapter_out.weight"].T)
        g.add("Add", [out, g.add("MatMul", [inner, outer], f"{p}.adapter_product")], f"{p}.adapted_new")
        inside, g.nodes = g.nodes, outside
        # a batch of English alone has nothing to adapt: a twelfth of its time
        branches = {
            "then_branch": branch(inside),
            "else_branch": branch([helper.make_node("Identity", [out], [f"{p}.same"])]),
        }
        out = g.add("If", [foreign], f"{p}.adapted", **branches)
        x = g.normal(out, x, f"{p}.output_norm", f"{p}.narrow.bias", f"{p}.out")

    kept = g.add("Cast", ["attention_mask"], "kept", to=TensorProto.FLOAT)
    # (batch, 1, length) @ (batch, length, 384) sums the real pieces; their mean differs by what the norm takes away
    total = g.add("MatMul", [g.add("Unsqueeze", [kept, second], "kept.row"), x], "total")
    total = g.add("Squeeze", [total, second], "sum")
    g.add("Div", [total, g.add("ReduceL2", [total, last], "size", keepdims=1)], "embedding")

    info = helper.make_tensor_value_info
    asked = [info(name, TensorProto.INT64, ["batch", "length"]) for name in ("input_ids", "attention_mask")]
    given = [info("embedding", TensorProto.FLOAT, ["batch", DIMENSION])]
    graph = helper.make_graph(g.nodes, "kzrag-encoder", asked, given, list(g.constants.values()))
    domains = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
    onnx.save(helper.make_model(graph, opset_imports=domains, ir_version=9), str(target))
