"""How fast planparse is, what memory it takes, and how long it takes to start.

    python benchmarks/speed.py [--quick] [--json FILE]

The text is made from `samples/`: distinct documents of 20 to 60 KB, the same ones each time. MB are 10^6 bytes of
UTF-8. Everything runs on one core, with the garbage collector as the program has it, on the wall clock; of several runs
the best counts. It measures and never fails: a bar that is missed is named in the table, and the exit code is 0.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import planparse
from planparse import pipeline
from planparse.grammar import load
from planparse.pipeline import parse_source
from planparse.reading.source import make_source
from planparse.writing.json import json_chunks

ROOT = Path(__file__).resolve().parents[1]
MB = 1_000_000
SMALLEST, LONGEST = 20_000, 60_000

BAR_MODEL = 10.0
BAR_JSON = 6.0
BAR_FACTS = 4.0
BAR_LINEAR = 11.0
BAR_MEMORY = 40.0
BAR_EXTRACT = 2.0
BAR_HELP = 1.3

# --- Text: distinct documents made from the samples ---

_SECTION = re.compile(r"^(?=[IVX]+\. )", re.MULTILINE)
_MARKER = re.compile(r"[IVX]+(?=\. )")
_APPENDIX = re.compile(r"^(?=PHỤ LỤC)", re.MULTILINE)
#: What stands after the last appendix and belongs to the whole document: the hosting site's lists, footnotes.
_TAIL = re.compile(r"^(?=- 1[^\W\d]|\[1\] )", re.MULTILINE)
_DASH = "- "
_OPENING = re.compile(r"(?:[-+*|]|\d+(?:\.\d+)*[.)]|[a-zđ]\)|[IVX]+\.|[A-Z]\. |Điều |Chương |PHỤ LỤC|PHẦN|\[)")
#: Numbers that carry the outline stay (at the beginning of a line, in brackets), as do those of a word (m2, CO2).
_NUMBER = re.compile(
    r"^(?P<kept>(?:(?:Điều|Bảng|Chương) )?(?:- )?\d{1,2}(?:\.\d{1,2})*(?![\d,]|\.\d))"
    r"|(?<![^\W_]|\[)(?P<digits>\d{1,3}(?:\.\d{3})+(?!\d)|\d+)",
    re.MULTILINE,
)
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Sample(NamedTuple):
    """A sample in pieces: up to its appendices, the appendices, and what ends it."""

    body: str
    appendices: list[str]
    tail: str


def roman(number: int) -> str:
    """A Roman numeral."""
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def split_sample(text: str) -> Sample:
    """A sample in pieces; joined again they are the sample."""
    body, *appendices = _APPENDIX.split(text)
    if not appendices:
        return Sample(body, [], "")
    last, *tail = _TAIL.split(appendices[-1], maxsplit=1)
    return Sample(body, [*appendices[:-1], last], "".join(tail))


def read_samples() -> dict[str, list[Sample]]:
    """The samples by the layout that the end of their names tells. What is not a plan is left out."""
    found: dict[str, list[Sample]] = {}
    for path in sorted((ROOT / "samples").glob("*-*.txt")):
        layout = path.stem.rpartition("-")[2]
        if layout in ("pipe", "wrapped", "paragraphs"):
            found.setdefault(layout, []).append(split_sample(path.read_text("utf-8")))
    return found


def vary_numbers(text: str, rng: random.Random) -> str:
    """Other numbers: one number stays one number, years shift together, great ones grow together, so that sums stay
    sums."""
    shift, factor = rng.choice((-4, -3, -2, -1, 1, 2, 3, 4)), rng.randint(2, 19)
    known: dict[str, str] = {}

    def other(match: re.Match[str]) -> str:
        digits = match["digits"]
        if digits is None:
            return match[0]
        if digits not in known:
            known[digits] = _other_number(digits, shift, factor, rng)
        return known[digits]

    return _NUMBER.sub(other, text)


def _other_number(digits: str, shift: int, factor: int, rng: random.Random) -> str:
    if digits == "100":
        return digits
    if len(digits) == 4 and digits[:2] in ("19", "20"):
        return str(int(digits) + shift)
    if len(digits) > 2:
        grown = int(digits.replace(".", "")) * factor
        return f"{grown:,}".replace(",", ".") if "." in digits else f"{grown:0{len(digits)}}"
    # Days stay days, months stay months.
    low, high = next(pair for pair in ((0, 0), (1, 9), (10, 12), (13, 28), (29, 99)) if int(digits) <= pair[1])
    return f"{rng.randint(low, high):0{len(digits)}}"


def shuffle_sections(text: str, rng: random.Random) -> str:
    """The sections I, II, III … of a text in another order, under the old numerals; the first and the last of a run stay."""
    head, *chunks = _SECTION.split(text)
    runs: list[list[str]] = []
    for chunk in chunks:
        if not runs or not chunk.startswith(f"{roman(len(runs[-1]) + 1)}. "):
            runs.append([])
        runs[-1].append(chunk)
    for run in runs:
        inner = run[1:-1]
        rng.shuffle(inner)
        run[1:-1] = inner
    return head + "".join(renumber(run) for run in runs)


def renumber(chunks: Sequence[str]) -> str:
    """Sections under the numerals I, II, III …"""
    return "".join(_MARKER.sub(roman(at), chunk, count=1) for at, chunk in enumerate(chunks, 1))


def shuffle_dashes(text: str, rng: random.Random) -> str:
    """Dashed items in another order among their neighbours. The last of a run stays: its end cannot be told."""
    items: list[list[str]] = []
    for line in text.splitlines(keepends=True):
        if not items or _OPENING.match(line) or not items[-1][0].startswith(_DASH):
            items.append([])
        items[-1].append(line)
    at = 0
    while at < len(items):
        end = at
        while end < len(items) and items[end][0].startswith(_DASH):
            end += 1
        if end - at > 2:
            inner = items[at : end - 1]
            rng.shuffle(inner)
            items[at : end - 1] = inner
        at = max(end, at + 1)
    return "".join("".join(item) for item in items)


def vary(text: str, rng: random.Random) -> str:
    """A text as another document would have it."""
    return vary_numbers(shuffle_dashes(shuffle_sections(text, rng), rng), rng)


def make_appendix(samples: Sequence[Sample], number: int, rng: random.Random) -> str:
    """One more appendix from samples of a layout: one of theirs, or some of their sections."""
    own = [appendix for sample in samples for appendix in sample.appendices]
    if own and rng.random() < 0.5:
        text = rng.choice(own)
    else:
        sections = [chunk for sample in samples for chunk in _SECTION.split(sample.body)[1:-1]]
        text = "PHỤ LỤC\nNHIỆM VỤ THEO GIAI ĐOẠN\n" + renumber(rng.sample(sections, min(4, len(sections))))
    return re.sub(r"^PHỤ LỤC[^\n]*", f"PHỤ LỤC {roman(number)}", vary(text, rng).rstrip("\n") + "\n")


def make_document(samples: Sequence[Sample], rng: random.Random, size: int, longest: int | None = None) -> str:
    """A document of about `size` bytes and of no more than `longest`, from samples of one layout."""
    base = rng.choice(samples)
    pieces = [vary(piece, rng).rstrip("\n") + "\n" for piece in (base.body, *base.appendices)]
    written = sum(len(piece.encode()) for piece in (*pieces, base.tail))
    while written < size:
        appendix = make_appendix(samples, len(pieces), rng)
        length = len(appendix.encode())
        if longest is not None and written + length > longest:
            break
        pieces.append(appendix)
        written += length
    return "".join(pieces) + vary(base.tail, rng)


def documents(total: int, seed: int = 0) -> list[str]:
    """Distinct documents of 20 to 60 KB, together of `total` bytes of UTF-8 or a little more; layouts take turns."""
    samples = list(read_samples().values())
    made: dict[str, None] = {}
    written = count = 0
    while written < total:
        rng = random.Random(f"{seed}/{count}")
        text = make_document(samples[count % len(samples)], rng, rng.randint(SMALLEST, LONGEST - 6_000), LONGEST)
        count += 1
        if text not in made:
            made[text] = None
            written += len(text.encode())
    return list(made)


def long_documents(size: int, count: int, layout: str) -> list[str]:
    """Documents of `size` bytes each, of one layout: long ones have many appendices."""
    samples = read_samples()[layout]
    return [make_document(samples, random.Random(f"{layout}/{size}/{at}"), size) for at in range(count)]


def size_of(texts: Sequence[str]) -> int:
    """The bytes of texts in UTF-8."""
    return sum(len(text.encode()) for text in texts)


# --- Figures ---


class Figure(NamedTuple):
    """A figure, and the bar that it should keep: the most it may be, or, for a rate, the least; None where there is none."""

    key: str
    name: str
    value: float
    unit: str
    bar: float | None = None
    is_rate: bool = False

    @property
    def verdict(self) -> str:
        """Whether the bar is kept."""
        if self.bar is None:
            return "–"
        kept = self.value >= self.bar if self.is_rate else self.value <= self.bar
        return "kept" if kept else "MISSED"


def to_model(texts: Sequence[str]) -> None:
    """Texts to validated models."""
    for text in texts:
        planparse.parse(text)


def to_json(texts: Sequence[str]) -> None:
    """Texts to JSON, as `planparse extract` writes it."""
    grammar = load()
    for text in texts:
        for _ in json_chunks(parse_source(make_source(text), grammar)):
            pass


@contextmanager
def facts_left_out() -> Iterator[None]:
    """The pipeline without its facts."""
    kept = pipeline.read_facts  # type: ignore[attr-defined]
    pipeline.read_facts = lambda *args: None  # type: ignore[attr-defined]
    try:
        yield
    finally:
        pipeline.read_facts = kept  # type: ignore[attr-defined]


def best_times(works: dict[str, Callable[[], None]], runs: int) -> dict[str, float]:
    """The best time of each work in seconds; the works take turns, so that a busy moment does not fall on one alone."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(runs):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            best[name] = min(best[name], time.perf_counter() - start)
    return best


def throughput(texts: Sequence[str], runs: int) -> list[Figure]:
    """MB/s of text to model and to JSON, with and without facts."""

    def bare(work: Callable[[Sequence[str]], None]) -> None:
        with facts_left_out():
            work(texts)

    best = best_times(
        {
            "model": lambda: to_model(texts),
            "json": lambda: to_json(texts),
            "model_bare": lambda: bare(to_model),
            "json_bare": lambda: bare(to_json),
        },
        runs,
    )
    size = size_of(texts) / MB
    model = "text to validated model"
    return [
        Figure("model_mb_per_s", model, size / best["model"], "MB/s"),
        Figure("json_mb_per_s", "text to JSON", size / best["json"], "MB/s", BAR_FACTS, is_rate=True),
        Figure(
            "model_bare_mb_per_s", f"{model}, facts left out", size / best["model_bare"], "MB/s", BAR_MODEL, is_rate=True
        ),
        Figure(
            "json_bare_mb_per_s", "text to JSON, facts left out", size / best["json_bare"], "MB/s", BAR_JSON, is_rate=True
        ),
        Figure("facts_s_per_mb", "facts, with their model", (best["model"] - best["model_bare"]) / size, "s/MB"),
        Figure("facts_share", "facts, share of text to model", 1 - best["model_bare"] / best["model"], ""),
    ]


def times_as_long(some: Sequence[str], more: Sequence[str], runs: int) -> float:
    """The time for ten times the text of `some`, measured on `more`, relative to that of `some`."""
    best = best_times({"some": lambda: to_model(some), "more": lambda: to_model(more)}, runs)
    return 10 * (best["more"] / size_of(more)) / (best["some"] / size_of(some))


def linearity(texts: Sequence[str], size: int, runs: int) -> list[Figure]:
    """Ten times the documents; and for each layout one document of ten times `size` against ten documents of `size`."""
    figures = [
        Figure(
            "linear_documents",
            "ten times the documents",
            times_as_long(texts[::10], texts, runs),
            "× the time",
            BAR_LINEAR,
        )
    ]
    for layout in read_samples():
        value = times_as_long(long_documents(size, 10, layout), long_documents(10 * size, 1, layout), runs)
        name = f"one document ten times as long, {layout}"
        figures.append(Figure(f"linear_document_{layout}", name, value, "× the time", BAR_LINEAR))
    return figures


# --- Memory, each in a process of its own ---


def peak_resident() -> int | None:
    """The peak of resident memory in bytes, of this program alone; None where the system does not tell (not Linux)."""
    # Not getrusage: there a child begins with the peak of its parent.
    try:
        status = Path("/proc/self/status").read_text("ascii", "replace")
    except OSError:
        return None
    match = re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
    return int(match[1]) * 1024 if match else None


def memory_child(kind: str, layout: str, size: int) -> dict[str, float]:
    """What one long document takes beyond the imports, the grammar and a small document."""
    works = {"model": to_model, "json": to_json}
    text = long_documents(size, 1, layout)[0]
    works[kind]([text[:2_000]])
    before = peak_resident()
    if before is None:
        tracemalloc.start()
        works[kind]([text])
        taken = tracemalloc.get_traced_memory()[1]
    else:
        works[kind]([text])
        taken = (peak_resident() or before) - before
    return {"taken": taken, "characters": len(text), "bytes": len(text.encode())}


def memory(size: int) -> list[Figure]:
    """Peak bytes for a character of text over one long document of each layout, and for the layout that takes most."""
    how = "tracemalloc" if peak_resident() is None else "peak RSS"
    figures: list[Figure] = []
    for kind, name in (("model", "text to validated model"), ("json", "text to JSON")):
        taken: dict[str, dict[str, float]] = {}
        for layout in read_samples():
            command = [sys.executable, str(Path(__file__).resolve()), "--memory-child", kind, layout, str(size)]
            done = subprocess.run(command, capture_output=True, check=True, text=True, env=_environment())
            taken[layout] = json.loads(done.stdout)
        total = sum(each["taken"] for each in taken.values())
        mean = total / sum(each["characters"] for each in taken.values())
        worst = max(taken, key=lambda layout: taken[layout]["taken"] / taken[layout]["characters"])
        most = taken[worst]["taken"] / taken[worst]["characters"]
        figures += [
            Figure(f"memory_{kind}_bytes_per_character", f"memory ({how}), {name}", mean, "B/char", BAR_MEMORY),
            Figure(f"memory_{kind}_worst", f"memory ({how}), {name}, {worst}", most, "B/char", BAR_MEMORY),
        ]
        if kind == "model":
            ratio = total / sum(each["bytes"] for each in taken.values())
            figures.append(Figure("memory_ratio", f"memory ({how}), {name}", ratio, "× the text"))
    return figures


# --- Start-up ---


def start_up(text: str, runs: int) -> list[Figure]:
    """Whole commands relative to bare imports: the medians of runs that take turns."""
    python, command = sys.executable, str(Path(sys.executable).with_name("planparse"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "plan.txt")
        path.write_text(text, "utf-8")
        commands = {
            "python": [python, "-c", "pass"],
            "typer": [python, "-c", "import typer"],
            "pydantic": [python, "-c", "import typer, pydantic"],
            "version": [command, "--version"],
            "help": [command, "--help"],
            "extract": [command, "extract", str(path)],
        }
        for name, words in list(commands.items()):  # This turn also warms the disk's cache.
            if subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode:
                print(f"not measured, for it fails: {' '.join(words)}", file=sys.stderr)
                del commands[name]
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(runs):
            for name, words in commands.items():
                start = time.perf_counter()
                subprocess.run(words, stdout=subprocess.DEVNULL, check=True)
                times[name].append(time.perf_counter() - start)
    return start_up_figures({name: statistics.median(found) for name, found in times.items()}, len(text.encode()))


def start_up_figures(middle: dict[str, float], size: int) -> list[Figure]:
    """The figures from the median times of the commands; those of a command that fails are left out."""
    ratios = (
        ("extract_ratio", f"`planparse extract`, {size / 1000:.0f} KB, to `import typer, pydantic`", "extract", "pydantic"),
        ("help_ratio", "`planparse --help` to `import typer`", "help", "typer"),
        ("startup_version_ratio", "`planparse --version` to a bare Python", "version", "python"),
        ("startup_extract_ratio", "`planparse extract` to a bare Python", "extract", "python"),
    )
    bars = {"extract_ratio": BAR_EXTRACT, "help_ratio": BAR_HELP}
    return [
        Figure(key, name, middle[over] / middle[under], "×", bars.get(key))
        for key, name, over, under in ratios
        if over in middle and under in middle
    ] + [
        Figure(f"{name}_ms", f"`planparse {words}`", 1000 * middle[name], "ms")
        for name, words in (("extract", "extract"), ("help", "--help"))
        if name in middle
    ]


def document_of(size: int) -> str:
    """The document nearest to `size` bytes among the first hundred or so."""
    return min(documents(4 * MB, seed=1), key=lambda text: abs(len(text.encode()) - size))


# --- The report ---


def _environment() -> dict[str, str]:
    """The environment of a child that is to find the same planparse."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def machine() -> str:
    """The machine and the Python that the figures are of."""
    try:
        match = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    except OSError:
        match = None
    processor = match[1].strip() if match else platform.processor() or platform.machine()
    return f"{processor}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of a table."""
    width = max(len(figure.name) for figure in figures)
    lines = [f"{'':{width}}  {'figure':>8}  {'':10}  {'bar':>6}  verdict"]
    for figure in figures:
        bar = "–" if figure.bar is None else f"{'≥' if figure.is_rate else '≤'} {figure.bar:g}"
        lines.append(f"{figure.name:{width}}  {figure.value:8.2f}  {figure.unit:10}  {bar:>6}  {figure.verdict}")
    return "\n".join(lines)


def as_data(figures: Sequence[Figure]) -> dict[str, Any]:
    """The figures for a file: values by key, the bars, and the machine."""
    return {
        "machine": machine(),
        **{figure.key: round(figure.value, 4) for figure in figures},
        "bars": {figure.key: figure.bar for figure in figures if figure.bar is not None},
        "missed": [figure.key for figure in figures if figure.verdict == "MISSED"],
    }


def show(figures: list[Figure], path: Path | None) -> None:
    """The figures as a table on the terminal and, where a path is given, as data in a file."""
    print(table(figures))
    if path:
        path.write_text(json.dumps(as_data(figures), ensure_ascii=False, indent=2) + "\n", "utf-8")


def measure(quick: bool) -> list[Figure]:
    """All figures; a quick try takes less text and fewer runs."""
    size, runs = (1 * MB, 2) if quick else (20 * MB, 3)
    texts = documents(size)
    print(f"{machine()}\n{len(texts)} documents, {size_of(texts) / MB:.1f} MB, best of {runs} runs", flush=True)
    to_model(texts[:3])
    return [
        *throughput(texts, runs),
        *linearity(texts, 50_000 if quick else 200_000, runs),
        *memory(200_000 if quick else 2_000_000),
        *start_up(document_of(30_000), 5 if quick else 21),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="less text and fewer runs: a try, not a measurement")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file")
    parser.add_argument("--memory-child", nargs=3, metavar=("KIND", "LAYOUT", "SIZE"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.memory_child:
        kind, layout, size = args.memory_child
        print(json.dumps(memory_child(kind, layout, int(size))))
        return 0
    figures = measure(args.quick)
    show(figures, args.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
