"""What is seen while a batch works: a bar on a terminal, plain lines elsewhere, nothing when asked to be quiet."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, TextIO

from planparse.batch.manifest import FAILED, Row

if TYPE_CHECKING:
    from planparse.batch.summary import Summary, Watcher

_SECONDS_BETWEEN_LINES = 5.0

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "bar": "documents",
        "line": "{done} of {total} documents, {rate}/s, {left} left, {failed} failed",
        "ok": "ok",
        "partial": "partial (error diagnostics)",
        "failed": "failed",
        "skipped": "skipped (no documents)",
        "unchanged": "unchanged, not done again",
        "failed_before": "of them failed before; --retry-failed tries them again",
        "pruned": "pruned, their documents are gone",
        "documents": "{total} documents in {seconds}",
        "slowest": "Slowest",
        "failures": "Failed",
        "more": "… and {count} more; see {manifest}",
        "interrupted": "Interrupted: what was begun is finished and in the manifest; run again to go on.",
        "without_rows": "{count} documents of earlier runs are not in the tables; name their folders as well",
        "written": "Written",
        "seconds": "seconds",
        "document": "Document",
        "reason": "Reason",
        "status": "Status",
        "count": "Count",
        "title": "Batch report",
        "outputs": "Outputs",
        "diagnostics": "Diagnostics",
        "none": "None.",
    },
    "vi": {
        "bar": "văn bản",
        "line": "{done}/{total} văn bản, {rate}/giây, còn {left}, {failed} lỗi",
        "ok": "đạt",
        "partial": "đạt một phần (có lỗi khi kiểm tra)",
        "failed": "lỗi",
        "skipped": "bỏ qua (không phải văn bản)",
        "unchanged": "không đổi, không làm lại",
        "failed_before": "trong đó đã lỗi lần trước; --retry-failed để làm lại",
        "pruned": "đã dọn, văn bản không còn",
        "documents": "{total} văn bản trong {seconds}",
        "slowest": "Chậm nhất",
        "failures": "Lỗi",
        "more": "… và {count} văn bản khác; xem {manifest}",
        "interrupted": "Bị ngắt: phần đang làm đã xong và đã ghi vào sổ; chạy lại để làm tiếp.",
        "without_rows": "{count} văn bản của các lần chạy trước không có trong bảng; hãy nêu cả thư mục của chúng",
        "written": "Đã ghi",
        "seconds": "giây",
        "document": "Văn bản",
        "reason": "Lý do",
        "status": "Trạng thái",
        "count": "Số lượng",
        "title": "Báo cáo xử lý hàng loạt",
        "outputs": "Tệp kết quả",
        "diagnostics": "Kết quả kiểm tra",
        "none": "Không có.",
    },
}


class Quiet:
    """Says nothing."""

    def begin(self, total: int) -> None:
        """Nothing."""

    def step(self, row: Row | None) -> None:
        """Nothing."""

    def end(self) -> None:
        """Nothing."""


class Lines:
    """A plain line every few seconds."""

    def __init__(self, out: TextIO, lang: str) -> None:
        self._out = out
        self._lang = lang
        self._total = self._done = self._worked = self._failed = 0
        self._begun = self._said = 0.0

    def begin(self, total: int) -> None:
        """So many documents are looked at."""
        self._total = total
        self._begun = self._said = time.monotonic()

    def step(self, row: Row | None) -> None:
        """One has been done, or None: was done before."""
        self._done += 1
        self._worked += row is not None
        self._failed += row is not None and row.status == FAILED
        now = time.monotonic()
        if now - self._said >= _SECONDS_BETWEEN_LINES:
            self._said = now
            self._out.write(self.line(now) + "\n")
            self._out.flush()

    def line(self, now: float) -> str:
        """How far it is, how fast, how long it will take, how many failed."""
        rate = self._worked / max(now - self._begun, 1e-9)
        left = duration((self._total - self._done) / rate) if rate else "?"
        said = {"done": self._done, "total": self._total, "rate": f"{rate:.0f}", "left": left, "failed": self._failed}
        return WORDS[self._lang]["line"].format_map(said)

    def end(self) -> None:
        """No more come."""


class Bar:
    """A bar on a terminal."""

    def __init__(self, out: TextIO, lang: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        words = WORDS[lang]
        self._bar: Any = Progress(
            TextColumn(words["bar"]),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]:.0f}/s"),
            TimeRemainingColumn(),
            TextColumn(f"{{task.fields[failed]}} {words['failed']}"),
            console=Console(file=out, highlight=False),
            transient=True,
        )
        self._task: Any = None
        self._worked = self._failed = 0
        self._begun = 0.0

    def begin(self, total: int) -> None:
        """So many documents are looked at."""
        self._task = self._bar.add_task("", total=total, failed=0, rate=0.0)
        self._begun = time.monotonic()
        self._bar.start()

    def step(self, row: Row | None) -> None:
        """One has been done, or None: was done before."""
        self._worked += row is not None
        self._failed += row is not None and row.status == FAILED
        rate = self._worked / max(time.monotonic() - self._begun, 1e-9)
        self._bar.update(self._task, advance=1, failed=self._failed, rate=rate)

    def end(self) -> None:
        """No more come."""
        self._bar.stop()


def watcher_for(out: TextIO, lang: str, *, quiet: bool) -> Watcher:
    """A bar on a terminal, else lines; nothing when quiet."""
    if quiet:
        return Quiet()
    return Bar(out, lang) if out.isatty() else Lines(out, lang)


def duration(seconds: float) -> str:
    """A time as people say it: "4.2 s", "3 min 20 s", "2 h 5 min"."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    if seconds < 3600:
        return f"{int(seconds) // 60} min {int(seconds) % 60} s"
    return f"{int(seconds) // 3600} h {int(seconds) % 3600 // 60} min"


def counted(summary: Summary, lang: str) -> list[tuple[int, str]]:
    """The counts of a run that are not zero, with what they count."""
    words = WORDS[lang]
    pairs = [(count, words[status]) for status, count in summary.counts.items()]
    pairs += [(getattr(summary, name), words[name]) for name in ("unchanged", "failed_before", "pruned")]
    return [pair for pair in pairs if pair[0]]


def summary_text(summary: Summary, lang: str) -> str:
    """The summary at the end of a run."""
    from planparse.batch.manifest import NAME
    from planparse.errors import printable

    words = WORDS[lang]
    lines = [words["documents"].format(total=summary.total, seconds=duration(summary.seconds))]
    lines += [f"  {count:>7} {what}" for count, what in counted(summary, lang)]
    if summary.failed:
        lines.append(words["failures"])
        lines += [f"  {printable(document)}: {reason}" for document, reason in summary.failed]
        more = summary.counts[FAILED] - len(summary.failed)
        if more:
            lines.append("  " + words["more"].format(count=more, manifest=NAME))
    if len(summary.slowest) > 1:
        lines.append(words["slowest"])
        lines += [f"  {seconds:7.2f} s  {printable(document)}" for seconds, document in summary.slowest[:5]]
    if summary.without_rows:
        lines.append(words["without_rows"].format(count=summary.without_rows))
    if summary.written:
        lines.append(f"{words['written']}: {', '.join(map(printable, summary.written))}")
    if summary.interrupted:
        lines.append(words["interrupted"])
    return "\n".join(lines) + "\n"
