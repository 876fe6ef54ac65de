"""Does the assertion judge read a headline as a person does? A headline's stance on a claim, against hand labels.

    python benchmarks/stance.py [--pairs PAIRS] [--errors]

PAIRS is a CSV file with `claim_id`, `claim`, `headline` and `stance` (for, against or observing; default:
../shared/data/stance-train.csv): the train part of the Emergent dataset (Ferreira & Vlachos 2016, "Emergent: a novel
data-set for stance classification", https://github.com/willferreira/mscproject), 2,071 pairs on 240 rumoured claims.
The paper's classifier, trained on that part, reaches an accuracy of 0.733 on the test part.

The words that the headline shares with the claim are taken for the event, as if a query had matched them; a headline
that affirms it is for the claim, one that denies it against, and any other observes. Nothing is trained. The cue
tables were improved by reading the errors on four fifths of the claims (`--errors` lists them); the last fifth, drawn
by claim with a fixed seed, is held out: nobody read it, and its figures are those to believe. Intervals are 95%
percentile bootstrap intervals that draw whole claims, since the headlines of a claim are alike.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tracker.assess import Assessment, assess
from tracker.model import Assertion
from tracker.text import words
from tracker.wording import counted

PAIRS = Path(__file__).parents[2] / "shared" / "data" / "stance-train.csv"
STANCES = ("for", "against", "observing")
HELD_OUT = 0.2
SEED = 2016
DRAWS = 1_000
# Words that a claim and a headline share by chance.
COMMON = frozenset(
    normal
    for line in (
        "a an the of in on at to for by with from as and or that this it its he she his her they their them who which",
        "is are was were be been being has have had will after over about into than but",
    )
    for normal in line.split()
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, a headline, and the stance that a person found in it."""

    claim_id: str
    claim: str
    headline: str
    stance: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair and what the judge says of it."""

    pair: Pair
    assessment: Assessment

    @property
    def stance(self) -> str:
        """The stance that the assertion amounts to."""
        return {Assertion.AFFIRMED: "for", Assertion.DENIED: "against"}.get(self.assessment.assertion, "observing")

    @property
    def right(self) -> bool:
        """Whether the person found the same."""
        return self.stance == self.pair.stance


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of a CSV file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [Pair(row["claim_id"], row["claim"], row["headline"], row["stance"]) for row in csv.DictReader(lines)]


def held_out(pairs: Sequence[Pair]) -> set[str]:
    """The claims that are not read while the tables are improved, the same for the same pairs."""
    claims = sorted({pair.claim_id for pair in pairs})
    return set(random.Random(SEED).sample(claims, round(len(claims) * HELD_OUT)))


def shared_words(claim: str, headline: str) -> list[tuple[int, int]]:
    """Character offsets of the words of a headline that stand in the claim in some form, common words left out."""
    stems = {word.stem for word in words(claim) if word.normal not in COMMON}
    return [(word.start, word.end) for word in words(headline) if word.stem in stems]


def judge(pair: Pair) -> Judged:
    """What the assertion judge says of the claim in the headline."""
    spans = shared_words(pair.claim, pair.headline)
    return Judged(pair, assess(pair.headline, "", spans, in_title=True))


def accuracy(judged: Sequence[Judged]) -> float:
    """Share of pairs judged rightly."""
    return sum(one.right for one in judged) / len(judged)


def interval(judged: Sequence[Judged]) -> tuple[float, float]:
    """The 95% bootstrap interval of the accuracy, claims drawn with replacement."""
    by_claim: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        by_claim[one.pair.claim_id].append(one)
    groups, draw = list(by_claim.values()), random.Random(SEED)
    found = sorted(
        accuracy([one for group in draw.choices(groups, k=len(groups)) for one in group]) for _ in range(DRAWS)
    )
    return found[round(DRAWS * 0.025)], found[round(DRAWS * 0.975) - 1]


def print_table(name: str, judged: Sequence[Judged]) -> None:
    """Accuracy, confusion, precision and recall."""
    low, high = interval(judged)
    claims = counted(len({one.pair.claim_id for one in judged}), "claim")
    share = f"{accuracy(judged):.3f} ({low:.3f} to {high:.3f})"
    print(f"{name}: {len(judged):,} pairs on {claims}, accuracy {share}\n")
    counts = Counter((one.pair.stance, one.stance) for one in judged)
    heads = ("person \\ judge", *STANCES, "precision", "recall")
    print("| " + " | ".join(heads) + " |")
    print("|---" * len(heads) + "|")
    for stance in STANCES:
        row = [counts[stance, said] for said in STANCES]
        said = sum(counts[person, stance] for person in STANCES)
        right = counts[stance, stance]
        shares = [f"{right / whole:.3f}" if whole else "" for whole in (said, sum(row))]
        print("| " + " | ".join([stance, *map(str, row), *shares]) + " |")
    print()


def print_errors(judged: Sequence[Judged]) -> None:
    """What was misread, by kind of error."""
    wrong = sorted((one for one in judged if not one.right), key=lambda one: (one.pair.stance, one.stance))
    for one in wrong:
        pair = one.pair
        print(f"{pair.stance} read as {one.stance} [{one.assessment.cue}]  {pair.headline}  <- {pair.claim}")


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description="Stance of headlines on claims: the assertion judge and hand labels.")
    options.add_argument("--pairs", type=Path, default=PAIRS)
    options.add_argument("--errors", action="store_true", help="list the errors on the claims that are not held out")
    given = options.parse_args()
    pairs = read_pairs(given.pairs)
    kept = held_out(pairs)
    judged = [judge(pair) for pair in pairs]
    read = [one for one in judged if one.pair.claim_id not in kept]
    print_table("All claims", judged)
    print_table("Claims whose errors were read", read)
    print_table("Claims held out", [one for one in judged if one.pair.claim_id in kept])
    if given.errors:
        print_errors(read)


if __name__ == "__main__":
    main()
