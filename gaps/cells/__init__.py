"""Supply beside demand, per municipality, help question and age band: pure, over a few statements.

`loading` reads, `calculation` counts, `classes` judges; nothing here renders or writes.
"""
