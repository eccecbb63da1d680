"""The rule language: load rule files, compile them, find what they match, run their examples.

A rule file is YAML that a fact-checker can edit (:mod:`toolkit.rules.language`); a rule is one regular
expression with word lists and references to what earlier rules found (:mod:`toolkit.rules.patterns`).
Rules run as a cascade over each sentence (:mod:`toolkit.rules.engine`), and every rule carries examples
that are executed (:mod:`toolkit.rules.trial`).
"""

from toolkit.rules.about import About, about
from toolkit.rules.engine import RuleSet, load_rules
from toolkit.rules.functions import Functions, load_functions
from toolkit.rules.language import KNOWN_LABELS, LEVELS, Rule, RuleFile, load_files
from toolkit.rules.skeleton import skeleton
from toolkit.rules.spacy_export import Exported, as_patterns
from toolkit.rules.spacy_import import Imported, import_patterns
from toolkit.rules.trace import Lost, Trace
from toolkit.rules.trial import run_examples

__all__ = [
    "KNOWN_LABELS",
    "LEVELS",
    "About",
    "Exported",
    "Functions",
    "Imported",
    "Lost",
    "Rule",
    "RuleFile",
    "RuleSet",
    "Trace",
    "about",
    "as_patterns",
    "import_patterns",
    "load_files",
    "load_functions",
    "load_rules",
    "run_examples",
    "skeleton",
]
