"""What the decoys are: the questions, the invented headlines that only look like their events, and genuine ones beside.

One module holds one kind of decoy, in a table of its own name; `questions` what is asked, `news` the genuine headlines,
`known_to_fool` the decoys that still settle what they should not, and `cases` how all of them are written down. Nothing
here runs: `test_decoys.py` takes each case from the query to the verdict.
"""
