"""From conflicting news reports to a gold dataset of claims, one stage after the other.

    articles ─ingest─▶ documents ─prelabel─▶ drafts ─push─▶ Label Studio ─(people verify)─▶
        ─pull─▶ annotations ─adjudicate─▶ claims ─validate─▶ issues ─export─▶ exports/NAME/

Every arrow is one command of ``factcheck``, one function of :mod:`toolkit.pipeline`, and one folder of
this package. What lies between two arrows is a JSON Lines file whose records are the dataclasses of
:mod:`toolkit.model`, described by the JSON Schemas in ``schemas/``.
"""

__version__ = "0.1.0"
