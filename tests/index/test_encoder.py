"""The shipped encoder: shapes, English as MiniLM has it, meaning across languages; and other encoders in its place."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from kzrag.errors import ModelError
from kzrag.index.encoder import ARTEFACT, BATCH_PIECES, ShippedEncoder, _batches, load_encoder

REFERENCE = Path(__file__).with_name("minilm_reference.json")
SAME = [
    "The parliament adopted a new constitution in spring.",
    "議會在春天通過了新憲法。",
    "Весной парламент принял новую конституцию.",
    "Парламент көктемде жаңа конституцияны қабылдады.",
]
OTHER = [
    "The chef fries onions in butter.",
    "廚師用奶油煎洋蔥。",
    "Повар жарит лук на масле.",
    "Аспазшы пиязды майға қуырады.",
]


@pytest.fixture(scope="module")
def encoder() -> ShippedEncoder:
    return ShippedEncoder(threads=1)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(ARTEFACT / "tokenizer.json"))


def test_id_is_the_content_of_the_files(encoder: ShippedEncoder) -> None:
    digest = hashlib.sha256()
    for name in ("model.onnx", "tokenizer.json"):
        digest.update((ARTEFACT / name).read_bytes())
    assert encoder.id.endswith(digest.hexdigest()[:16])


def test_artefact_is_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in ARTEFACT.iterdir()) <= 60_000_000


def test_vectors_are_float32_rows_of_length_one(encoder: ShippedEncoder) -> None:
    vectors = encoder.encode([*SAME, "", " ", "\n", "😀", "\u0378", "𠀀"])
    assert vectors.dtype == np.float32
    assert vectors.shape == (10, encoder.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_nothing_in_nothing_out(encoder: ShippedEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_english_is_minilm(encoder: ShippedEncoder) -> None:
    """Vectors of the original model in float32, rounded to four digits, made with `training/model.py`."""
    reference = json.loads(REFERENCE.read_text("utf-8"))
    vectors = encoder.encode([entry["text"] for entry in reference])
    cosines = (vectors * np.array([entry["vector"] for entry in reference])).sum(axis=1)
    assert cosines.mean() >= 0.99
    assert cosines.min() >= 0.98


def test_a_translation_is_near_and_another_matter_far(encoder: ShippedEncoder) -> None:
    vectors = encoder.encode(SAME + OTHER)
    likeness = vectors @ vectors.T
    within = likeness[:4, :4][~np.eye(4, dtype=bool)]
    across = likeness[:4, 4:]
    assert within.min() > 0.5
    assert across.max() < 0.3


def test_both_ways_of_writing_chinese_are_one(encoder: ShippedEncoder) -> None:
    traditional, simplified = encoder.encode(
        ["總統宣布修改憲法，２０２２年舉行公投", "总统宣布修改宪法，2022年举行公投"]
    )
    assert traditional @ simplified > 0.9999


def test_order_and_company_do_not_change_a_vector(encoder: ShippedEncoder) -> None:
    texts = [*SAME, *OTHER, "a " * 200]
    together = encoder.encode(texts)
    np.testing.assert_allclose(encoder.encode(texts[::-1])[::-1], together, atol=2e-3)
    np.testing.assert_allclose(np.concatenate([encoder.encode([text]) for text in texts]), together, atol=2e-3)


@pytest.mark.parametrize("text", ["The lighthouse was painted.", "灯塔很高", "Маяк стоит на скале."])
def test_each_piece_tells_where_it_stands(encoder: ShippedEncoder, text: str) -> None:
    _, (told,) = encoder.read([text])
    assert len(told.places) == len(told.ids)
    assert all(0 <= start < end <= len(text) for start, end in told.places)
    assert [start for start, _ in told.places] == sorted(start for start, _ in told.places)


def test_text_beyond_the_limit_is_not_read(encoder: ShippedEncoder) -> None:
    one, other = encoder.encode(["word " * 300 + "reform", "word " * 300 + "onion"])
    assert one @ other > 0.9999


def test_threads_share_one_encoder(encoder: ShippedEncoder) -> None:
    fresh = ShippedEncoder(threads=1)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(fresh.encode, [SAME] * 8))
    for vectors in found:
        np.testing.assert_allclose(vectors, encoder.encode(SAME), atol=1e-5)


def test_english_pieces_are_berts(tokenizer: Tokenizer) -> None:
    expected = "[CLS] to ##ka ##yev ' s naive re - election , 97 % ? [SEP]"
    assert " ".join(tokenizer.encode("Tokayev's naïve re-election, 97%?").tokens) == expected


@pytest.mark.parametrize(
    "text", ["Жапаров Ырысбек Қасым-Жомарт", "нефтегазопереработка", "龘靐齉在此", "ғәңөұүһі", "щъэйё"]
)
def test_no_word_of_the_four_languages_is_unknown(tokenizer: Tokenizer, text: str) -> None:
    assert "[UNK]" not in tokenizer.encode(text).tokens


def test_chinese_runs_are_cut_into_words(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("哈薩克政府宣布改革", add_special_tokens=False).tokens == [
        "哈萨克",
        "##政府",
        "##宣布",
        "##改革",
    ]


@settings(max_examples=50)
@given(st.lists(st.integers(2, 256), max_size=200))
def test_batches_hold_every_text_once_within_the_limit(lengths: list[int]) -> None:
    batches = _batches(lengths)
    assert sorted(number for batch in batches for number in batch) == list(range(len(lengths)))
    for batch in batches:
        longest = max(lengths[number] for number in batch)
        assert lengths[batch[-1]] == longest
        assert longest * len(batch) <= BATCH_PIECES


def test_an_unknown_encoder_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ModelError, match="huggingface:NAME"):
        load_encoder("word2vec:big")


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "llama_index.embeddings.huggingface", None)
    with pytest.raises(ModelError, match="pip install llama-index-embeddings-huggingface"):
        load_encoder("huggingface:intfloat/multilingual-e5-small")


def test_missing_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="install kzrag again"):
        ShippedEncoder(tmp_path)


def test_any_llamaindex_embedding_serves() -> None:
    from llama_index.core.embeddings import MockEmbedding

    encoder = load_encoder(MockEmbedding(embed_dim=8))
    vectors = encoder.encode(["one", ""])
    assert vectors.shape == (2, encoder.dimension) == (2, 8)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert encoder.encode([]).shape == (0, 8)
