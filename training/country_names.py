"""Writes src/kzrag/text/countries.tsv: what the countries and regions of the world are called in our languages.

The names are those of the Unicode CLDR (locale data `cldr-localenames-full`, Unicode License v3). Run it once when CLDR
changes:

    KZRAG_DATA_DIR=… python training/country_names.py
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from pathlib import Path

LANGUAGES = ("en", "ru", "kk", "zh", "zh-Hant", "zh-Hant-HK")
REGIONS = {"002", "019", "142", "143", "145", "150", "151", "154", "155"}
"""Continents and their parts that news speak of; the other numeric codes are statistics."""
KEYS = {"TR": "Turkey", "HK": "Hong Kong", "MO": "Macao", "CD": "DR Congo", "CG": "Republic of the Congo"}
"""Where CLDR's first name is not the one that people know."""
NO_COUNTRY = {"ZZ", "XA", "XB", "QO", "EZ", "EU", "UN"}
"""Placeholders, and organisations, which are among the aliases."""


def main() -> None:
    data = os.environ.get("KZRAG_DATA_DIR")
    if not data:
        raise SystemExit("Set KZRAG_DATA_DIR to the folder that holds training/dict/cldr.")
    folder = Path(data) / "training" / "dict" / "cldr" / "cldr-localenames-full" / "main"
    names: dict[str, dict[str, list[str]]] = {}
    for language in LANGUAGES:
        text = (folder / language / "territories.json").read_text(encoding="utf-8")
        for tag, name in json.loads(text)["main"][language]["localeDisplayNames"]["territories"].items():
            code = tag.partition("-alt-")[0]
            if code in NO_COUNTRY or (code.isdigit() and code not in REGIONS):
                continue
            column = language.partition("-")[0]
            known = names.setdefault(code, {}).setdefault(column, [])
            short = re.sub(r"\s*[(（].*[)）]", "", name)
            for written in (name.replace("&", "and"), short.replace("&", "and")):
                if written not in known and "(" not in written and "（" not in written:
                    known.append(written)
    lines = ["# Derived from Unicode CLDR (Unicode License v3) by training/country_names.py: key, en, ru, kk, zh."]
    for code in sorted(names):
        columns = names[code]
        plain = unicodedata.normalize("NFD", KEYS.get(code, columns["en"][0])).encode("ascii", "ignore").decode()
        key = re.sub(r"[^a-z]+", "_", plain.lower()).strip("_")
        lines.append("\t".join([key, *("|".join(columns.get(column, ())) for column in ("en", "ru", "kk", "zh"))]))
    target = Path(__file__).parents[1] / "src" / "kzrag" / "text" / "countries.tsv"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 1} countries and regions in {target.name}")


if __name__ == "__main__":
    main()
