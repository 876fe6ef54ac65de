"""Does the stance benchmark run, hold out whole claims, and read plain headlines as a person does?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).parent.parent / "benchmarks" / "stance.py"
HEADLINES = {"for": "Mayor of {} arrested", "against": "Mayor of {} not arrested", "observing": "Mayor of {} arrested?"}


def test_stance_benchmark_prints_the_tables(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.csv"
    towns = ("Ganja", "Kursk", "Gyumri", "Batumi", "Shusha")
    rows = [
        f"{number},The mayor of {town} was arrested,{headline.format(town)},{stance}"
        for number, town in enumerate(towns)
        for stance, headline in HEADLINES.items()
    ]
    rows.append("0,The mayor of Ganja was arrested,Mayor of Ganja may be arrested,for")
    pairs.write_text("\n".join(["claim_id,claim,headline,stance", *rows]) + "\n", encoding="utf-8")

    done = subprocess.run(
        [sys.executable, str(BENCHMARK), "--pairs", str(pairs), "--errors"], capture_output=True, text=True, check=True
    )

    assert done.stdout.startswith("All claims: 16 pairs on 5 claims, accuracy 0.938 (")
    assert "| for | 5 | 0 | 1 | 1.000 | 0.833 |" in done.stdout
    assert "Claims whose errors were read: 13 pairs on 4 claims" in done.stdout
    assert "Claims held out: 3 pairs on 1 claim," in done.stdout
    assert "for read as observing [may]  Mayor of Ganja may be arrested" in done.stdout
