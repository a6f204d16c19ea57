"""The command line: check claims, split texts, and measure, calibrate or replace the model."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from nli.errors import AttestError, InputError

if TYPE_CHECKING:
    from nli.checker import Checker

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Holds claims against articles: supported, contradicted or not mentioned.",
)
CLAIMS_AT_ONCE = 8

Model = Annotated[
    str | None,
    typer.Option(
        help="A model's folder or hub id. The shipped model if left out.", show_default=False
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")]
Articles = Annotated[int, typer.Option(min=10, help="How many articles to learn from.")]
Corpus = Annotated[Path, typer.Option(help="Folder of the corpus.")]


@app.command()
def check(
    source: Annotated[str, typer.Option(help="File with the article; - reads standard input.")],
    claim: Annotated[
        list[str] | None,
        typer.Option(help="A claim; may be given several times.", show_default=False),
    ] = None,
    claims: Annotated[
        str | None, typer.Option(help="File with one claim a line.", show_default=False)
    ] = None,
    json: Json = False,
    model: Model = None,
) -> None:
    """Hold claims against an article and show the sentence that decides."""
    from nli.claims import clean_claim
    from nli.files import read_source
    from nli.output import Output

    asked = _claims(claim or [], claims)
    for position, each in enumerate(asked, 1):
        try:
            clean_claim(each)
        except InputError as error:
            where = f"Claim {position}: " if len(asked) > 1 else ""
            raise InputError(where + str(error)) from error
    article = read_source(source)
    checker = _load(model)
    output = Output(json=json)
    output.article(article, calibrated=checker.calibrated)
    from nli.checker import Request

    for start in range(0, len(asked), CLAIMS_AT_ONCE):
        batch = asked[start : start + CLAIMS_AT_ONCE]
        judged = checker.check_many([Request(each, (article,)) for each in batch])
        for each, (judgement,) in zip(batch, judged, strict=True):
            output.judgement(each, judgement)


@app.command()
def sentences(
    file: Annotated[str, typer.Argument(help="A text; - reads standard input.")], json: Json = False
) -> None:
    """Show the sentences of a text as a check sees them."""
    from nli.files import read_source
    from nli.output import Output

    Output(json=json).sentences(read_source(file))


@app.command()
def evaluate(
    corpus: Corpus = Path("corpus"),
    pairs: Annotated[
        list[Path] | None,
        typer.Option(help="Evaluate on files of sentence pairs instead (.jsonl or .jsonl.gz)."),
    ] = None,
    compare: Annotated[
        bool, typer.Option(help="Also try windows of two and three sentences and joint passes.")
    ] = False,
    json: Json = False,
    model: Model = None,
) -> None:
    """Measure the verdicts on articles the model has never seen, beside simpler ways."""
    from nli.evaluation.report import print_development, print_pairs

    if pairs:
        print_pairs(_load(model).scorer, pairs, as_json=json)
    else:
        print_development(_load(model), corpus, compare=compare, as_json=json)


@app.command()
def calibrate(
    corpus: Corpus = Path("corpus"),
    articles: Articles = 80,
    output: Annotated[
        Path | None,
        typer.Option(
            help="Where to write it; this user's calibrations if left out.", show_default=False
        ),
    ] = None,
    model: Model = None,
) -> None:
    """Fit the step from sentence scores to verdicts to a model; once for each model."""
    from nli.training.calibrate import calibrate_model

    path = calibrate_model(_load(model), corpus, articles=articles, output=output)
    typer.echo(f"The calibration is in {path} and will be used from now on.")


@app.command()
def bench(
    json: Json = False,
    model: Model = None,
    repeats: Annotated[int, typer.Option(min=3, help="How often each thing is measured.")] = 15,
) -> None:
    """Measure the speed on this machine, beside the plain transformers pipeline."""
    from nli.evaluation.speed import print_speed

    print_speed(_load(model), model=model, repeats=repeats, as_json=json)


@app.command()
def install(
    folder: Annotated[Path, typer.Argument(help="Folder of the model that is to be shipped.")],
    corpus: Corpus = Path("corpus"),
    articles: Articles = 80,
) -> None:
    """Replace the shipped model, and calibrate the new one."""
    from nli.calibrations import SHIPPED
    from nli.evaluation.corpus import read_corpus
    from nli.scorer.install import install_weights
    from nli.training.calibrate import calibrate_model

    read_corpus(corpus, development=True)  # without it, better no new model than an unfitted one
    install_weights(folder)
    calibrate_model(_load(None), corpus, articles=articles, output=SHIPPED)
    typer.echo("Installed and calibrated. See what it is worth: python -m nli evaluate")


def main() -> None:
    """Run the command line; every failure is one line on standard error and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="backslashreplace")  # pyright: ignore[reportAttributeAccessIssue]
    try:
        app()
    except AttestError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # The reader has gone; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _fail(message: str) -> NoReturn:
    typer.echo(" ".join(message.split()), err=True)
    sys.exit(2)


def _load(model: str | None) -> Checker:
    from nli.checker import Checker

    return Checker.load(model)


def _claims(given: list[str], file: str | None) -> list[str]:
    if bool(given) == (file is not None):
        raise InputError('Give claims with --claim "..." or, one a line, with --claims FILE.')
    if file is None:
        return given
    from nli.files import read_text

    lines = [line.strip() for line in read_text(file).splitlines() if line.strip()]
    if not lines:
        raise InputError(f"{file} has no claims. Write one a line.")
    return lines
