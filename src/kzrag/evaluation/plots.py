"""Small plots as SVG, drawn by hand so that a report needs nothing from outside: numbers in, markup out.

Colours come from the page's CSS variables, so that they follow dark mode and paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kzrag.evaluation.stats import Interval

_WIDTH = 520
_LABEL = 130
_ROW = 22
_PAD = 14
_LETTER = 7  # how wide a letter of a label is, at most


def bars(rows: Sequence[tuple[str, Interval]], title: str) -> str:
    """Horizontal bars of shares, 0 to 1, each with its confidence interval and count."""
    if not rows:
        return ""
    height = _ROW * len(rows) + _PAD + 18
    room = _WIDTH - _LABEL - 96
    parts = [_grid(room, height)]
    for number, (label, figure) in enumerate(rows):
        top = _PAD + number * _ROW
        middle = top + _ROW / 2 - 2
        low, high, mean = (_LABEL + end * room for end in (figure.low, figure.high, figure.mean))
        parts.append(
            f'<text x="{_LABEL - 8}" y="{middle + 4:.1f}" text-anchor="end">{escape(label)}</text>'
            f'<rect x="{_LABEL}" y="{top + 2:.1f}" width="{max(1.0, mean - _LABEL):.1f}" height="{_ROW - 8}" '
            'class="bar"/>'
            f'<path d="M{low:.1f} {middle:.1f}H{high:.1f}M{low:.1f} {middle - 4:.1f}v8M{high:.1f} {middle - 4:.1f}v8" '
            'class="whisker"/>'
            f'<text x="{_LABEL + room + 8}" y="{middle + 4:.1f}" class="count">{figure.mean * 100:.0f} % of '
            f"{figure.count}</text>"
        )
    return _svg(title, height, parts)


def histogram(values: Sequence[float], title: str, unit: str, bins: int = 24) -> str:
    """How often values fall where, with the median and the 95th percentile marked."""
    from kzrag.evaluation.stats import percentile

    if not values:
        return ""
    # One slow first answer must not squeeze all others into a single bar.
    end = max(percentile(values, 0.99), 1e-9)
    counts = [0] * bins
    for value in values:
        counts[min(bins - 1, int(value / end * bins))] += 1
    height, base, room = 150, 120, _WIDTH - 2 * _PAD
    step = room / bins
    parts = [
        f'<rect x="{_PAD + number * step:.1f}" y="{base - count / max(counts) * 96:.1f}" width="{step - 1:.1f}" '
        f'height="{count / max(counts) * 96:.1f}" class="bar"/>'
        for number, count in enumerate(counts)
    ]
    for share, name in ((0.5, "median"), (0.95, "p95")):
        value = percentile(values, share)
        x = _PAD + min(1.0, value / end) * room
        label = f"{name} {value:.0f} {unit}"
        anchor = "end" if x + len(label) * _LETTER > _WIDTH else "start"
        top = 12 if share == 0.5 else 26
        parts.append(
            f'<path d="M{x:.1f} {top}V{base}" class="whisker"/>'
            f'<text x="{x + (4 if anchor == "start" else -4):.1f}" y="{top + 2}" text-anchor="{anchor}">'
            f"{escape(label)}</text>"
        )
    parts.append(f'<path d="M{_PAD} {base}H{_PAD + room}" class="axis"/>')
    parts.append(f'<text x="{_PAD}" y="{base + 16}" class="count">0</text>')
    parts.append(
        f'<text x="{_PAD + room}" y="{base + 16}" text-anchor="end" class="count">{end:.0f} {escape(unit)}</text>'
    )
    return _svg(title, height, parts)


def curve(points: Sequence[tuple[float, float, int]], title: str, across: str, up: str) -> str:
    """A calibration curve: (x, y, count) with 0 to 1 on both axes; the diagonal is perfect."""
    if not points:
        return ""
    side, left, top = 180, 70, 14

    def at(x: float, y: float) -> tuple[float, float]:
        return left + x * side, top + (1 - y) * side

    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(px, py) for px, py, _ in points))
    most = max(1, *(count for *_, count in points))
    parts = [
        f'<path d="M{left} {top}V{top + side}H{left + side}" class="axis"/>',
        f'<path d="M{left} {top + side}L{left + side} {top}" class="grid"/>',
        f'<polyline points="{line}" class="line"/>',
    ]
    for px, py, count in points:
        x, y = at(px, py)
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3 + 5 * count / most:.1f}" class="dot">'
            f"<title>{count} questions, {px:.2f} → {py:.2f}</title></circle>"
        )
    parts.append(f'<text x="{left + side / 2}" y="{top + side + 28}" text-anchor="middle">{escape(across)}</text>')
    parts.append(f'<text x="{left - 8}" y="{top + 4}" text-anchor="end">1</text>')
    parts.append(f'<text x="{left - 8}" y="{top + side + 4}" text-anchor="end">0</text>')
    parts.append(f'<text x="{left + side}" y="{top + side + 14}" text-anchor="middle">1</text>')
    parts.append(f'<text x="{left + side + 16}" y="{top + side / 2}">{escape(up)}</text>')
    return _svg(title, top + side + 40, parts)


def history(points: Sequence[tuple[str, float]], title: str) -> str:
    """A share, 0 to 1, over commits, oldest first."""
    if len(points) < 2:
        return ""
    height, top, left = 170, 14, 50
    room, tall = _WIDTH - left - _PAD, 110
    step = room / (len(points) - 1)
    places = [(left + number * step, top + (1 - value) * tall) for number, (_, value) in enumerate(points)]
    parts = [
        f'<path d="M{left} {top}V{top + tall}H{left + room}" class="axis"/>',
        f'<text x="{left - 6}" y="{top + 4}" text-anchor="end">100 %</text>',
        f'<text x="{left - 6}" y="{top + tall + 4}" text-anchor="end">0</text>',
        f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}" class="line"/>',
    ]
    every = max(1, len(points) // 8)
    for number, ((x, y), (label, value)) in enumerate(zip(places, points, strict=True)):
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" class="dot"><title>{escape(label)}: {value * 100:.1f} %</title>'
            "</circle>"
        )
        last = number == len(points) - 1
        if number % every == 0 or last:
            anchor = "end" if last else "middle"
            parts.append(
                f'<text x="{x:.1f}" y="{top + tall + 18}" text-anchor="{anchor}" class="count">{escape(label)}</text>'
            )
    return _svg(title, height, parts)


def _grid(room: float, height: int) -> str:
    lines = []
    for share in (0, 0.25, 0.5, 0.75, 1):
        x = _LABEL + share * room
        lines.append(f'<path d="M{x:.1f} {_PAD - 4}V{height - 18}" class="grid"/>')
        lines.append(
            f'<text x="{x:.1f}" y="{height - 4}" text-anchor="middle" class="count">{share * 100:.0f} %</text>'
        )
    return "".join(lines)


def _svg(title: str, height: float, parts: Sequence[str]) -> str:
    return (
        f'<figure><figcaption>{escape(title)}</figcaption><svg viewBox="0 0 {_WIDTH} {height:.0f}" role="img" '
        f'aria-label="{escape(title)}">{"".join(parts)}</svg></figure>'
    )
