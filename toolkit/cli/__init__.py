"""The command ``factcheck``: click only; one file per command, in pipeline order.

Each command gathers its arguments and calls one function of :mod:`toolkit.pipeline`. Commands are
imported when they are run, so ``factcheck --help`` is instant.
"""

from __future__ import annotations

import gc
import importlib
import sys

import click

from toolkit.errors import FactcheckError

COMMANDS = {
    "init": "Make a working project: rules, labels and settings to change.",
    "ingest": "Read articles into documents.jsonl.",
    "prelabel": "Suggest claims by rules: articles or documents in, drafts out.",
    "studio": "Start, stop or look at a local Label Studio.",
    "push": "Send drafts to Label Studio for people to verify.",
    "project": "Prepare a Label Studio project for several annotators.",
    "pull": "Fetch what people made of them.",
    "agree": "Say how far annotators of the same texts agree.",
    "adjudicate": "Make claims of annotations.",
    "validate": "Check records against the schema and against each other.",
    "recheck": "Send what validation found back to the annotators.",
    "export": "Write the gold dataset with its manifest.",
    "diff": "Show what differs between two datasets, field by field.",
    "migrate": "Bring records of an older form into today's.",
    "gate": "Hold a dataset against the project's thresholds.",
    "rules": "List, explain, test and exchange rules.",
    "score": "Hold drafts against gold: precision, recall and F1 of labels, links and rules.",
    "doctor": "Check versions, server, login and settings, and say what to do.",
    "demo": "Do all of it on the sample corpus.",
}
INTERRUPTED = 130
BUG = 70


class LazyGroup(click.Group):
    """A group that knows its commands' names and imports only the one that runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Names in pipeline order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import ``toolkit.cli.NAME`` and take its ``command``."""
        if cmd_name not in COMMANDS:
            return None
        found = importlib.import_module(f"toolkit.cli.{cmd_name}").command
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list in ``--help``, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _show_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from toolkit import __version__

        click.echo(f"factcheck {__version__}")
        ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
    help="Show the version and exit.",
)  # fmt: skip
def cli() -> None:
    """From conflicting news reports to a gold dataset of claims.

    Rules suggest, people verify in Label Studio, the result is validated and exported.

    \b
    Try it:              factcheck demo
    On your articles:    factcheck init && factcheck prelabel article.txt --out drafts.jsonl

    Exit codes: 0 fine, 1 the data failed, 2 usage or settings, 3 server or login,
    4 partly done and safe to run again, 130 interrupted.
    """


def main() -> None:
    """The console script: every ending has one line and its exit code."""
    # Records are trees: looking for circles among them, again at every 700th, took a third of a pull.
    gc.set_threshold(100_000)
    try:
        code = cli.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Exit as ending:
        sys.exit(ending.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        _say("interrupted; nothing is lost, run the same command again")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except FactcheckError as error:
        _say(str(error))
        sys.exit(error.exit_code)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _say(f"{place}{error.strerror or error}")
        sys.exit(1)
    except Exception as error:
        _say(_bug(error))
        sys.exit(BUG)


def _say(line: str) -> None:
    click.echo(f"factcheck: {line}", err=True)


def _bug(error: Exception) -> str:
    """Keep the traceback in a file of the user's own, so that the terminal gets one line."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="factcheck-bug-", suffix=".txt", delete=False) as file:
        traceback.print_exception(error, file=file)
    return f"a bug: {type(error).__name__}: {' '.join(str(error).split())[:200]}. Details in {file.name}"
