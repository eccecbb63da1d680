"""The journal that a push keeps of its steps."""

from __future__ import annotations

import json
from pathlib import Path

from toolkit.studio.push.journal import alone


def test_a_journal_knows_what_was_sent_and_never_seen(tmp_path: Path) -> None:
    with alone(tmp_path / "state", "Claims") as journal:
        first, second, third = (journal.plan("tasks", 7, [uid]) for uid in "abc")
        predictions = journal.plan("predictions", 7, ["d"])
        for name in (first, second, predictions):
            journal.step(name, "sent")
        journal.step(first, "confirmed")
    with alone(tmp_path / "state", "Claims") as journal:
        assert journal.unconfirmed(7) == {"b"}
        assert journal.sent_before(7) == {"a", "b"}
        assert journal.unconfirmed(8) == set()
        assert journal.plan("tasks", 7, ["e"]) not in {first, second, third, predictions}
        journal.confirm_all()
    with alone(tmp_path / "state", "Claims") as journal:
        assert journal.unconfirmed(7) == set()
    with alone(tmp_path / "state", "Other") as journal:
        assert journal.sent_before(7) == set()
    assert (tmp_path / "state").stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in (tmp_path / "state" / "push").iterdir())


def test_a_line_cut_off_by_a_power_failure_is_passed_over(tmp_path: Path) -> None:
    with alone(tmp_path, "Claims") as journal:
        journal.step(journal.plan("tasks", 7, ["a"]), "sent")
    (file,) = (tmp_path / "push").glob("*.jsonl")
    file.write_bytes(file.read_bytes() + b'{"time": "2024-07-')
    with alone(tmp_path, "Claims") as journal:
        assert journal.unconfirmed(7) == {"a"}
        journal.plan("tasks", 7, ["b"])
    whole = [line for line in file.read_text().splitlines() if line.endswith("}")]
    assert [json.loads(line)["step"] for line in whole] == ["planned", "sent", "planned"]
