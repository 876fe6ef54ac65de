"""How is the workspace looked at and worked on in a browser? The pages live, the queue of reviews, a form to add.

`app` has the routes, `guard` says who may ask for what, `live` keeps the ledger in memory. Each page is made by the
file of its subject: `pages`, `review`, `adding`.
"""
