"""Which decoys still fool the program? Each with the reason; its test must fail until the program is mended."""

from __future__ import annotations

KNOWN_TO_FOOL: dict[str, str] = {
    "the nephew is not the general": "NEAR measures words: it cannot tell the possessor from the one who was killed",
    "a mourner is not the dead": "@dies has “mourns”, and NEAR cannot tell who mourns from who is mourned",
    "simulated": "“response” ends the scope of every cue, so that a response to no strike is taken for one to a strike",
}
