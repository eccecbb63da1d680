"""JSON-LD read by pyld with the two contexts that the exports name kept here: nothing is fetched."""

from __future__ import annotations

import importlib
from typing import Any

SCHEMA = "http://schema.org/"
OA = "http://www.w3.org/ns/oa#"
SCHEMA_ORG: dict[str, Any] = {
    "@vocab": SCHEMA,
    "url": {"@type": "@id"},
    "datePublished": {"@type": "Date"},
}
# The terms of the Web Annotation vocabulary that the export uses, as its specification defines them.
ANNOTATION: dict[str, Any] = {
    "oa": OA,
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "dctypes": "http://purl.org/dc/dcmitype/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "schema": "http://schema.org/",
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@id"},
    "Annotation": "oa:Annotation",
    "Text": "dctypes:Text",
    "TextualBody": "oa:TextualBody",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "Person": "foaf:Person",
    "Software": "as:Application",
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "creator": {"@type": "@id", "@id": "dcterms:creator"},
    "generator": {"@type": "@id", "@id": "as:generator"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "assessing": "oa:assessing",
    "describing": "oa:describing",
    "identifying": "oa:identifying",
    "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
    "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "format": "dc:format",
    "language": "dc:language",
    "name": "foaf:name",
    "nickname": "foaf:nick",
    "value": "rdf:value",
}
CONTEXTS = {"https://schema.org": SCHEMA_ORG, "http://www.w3.org/ns/anno.jsonld": ANNOTATION}


def expand(node: dict[str, Any]) -> dict[str, Any]:
    """The one node of a document with every term as an absolute address."""
    jsonld: Any = importlib.import_module("pyld.jsonld")
    (found,) = jsonld.expand(node, {"documentLoader": _load})
    expanded: dict[str, Any] = found
    return expanded


def quads(node: dict[str, Any]) -> str:
    """The statements of a document as N-Quads."""
    jsonld: Any = importlib.import_module("pyld.jsonld")
    found: str = jsonld.to_rdf(node, {"documentLoader": _load, "format": "application/n-quads"})
    return found


def value(node: dict[str, Any], term: str) -> Any:
    """The one value of a term: a literal, an address, or a node."""
    (found,) = node[term]
    return found.get("@value", found)


def _load(url: str, _options: Any) -> dict[str, Any]:
    assert url in CONTEXTS, f"nothing may be fetched, but {url} was asked for"
    return {
        "contextUrl": None,
        "documentUrl": url,
        "contentType": "application/ld+json",
        "document": {"@context": CONTEXTS[url]},
    }
