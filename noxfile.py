"""Sessions that hold the package against what it promises: `nox`, or one of them, `nox -s coverage`.

nox -l                                   what there is
nox -s tests -p 3.13                     the tests on one Python, with the lowest and the highest versions
nox -s "tests-3.11(lowest)" -- tests/cli  what stands behind -- goes to pytest
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import nox
from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

nox.options.error_on_missing_interpreters = False  # what is installed is run, the rest is said to be skipped
nox.options.sessions = ["tests", "wheel", "coverage"]

PYPROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PYPROJECT)
EXTRAS = PYPROJECT["project"]["optional-dependencies"]
TESTED = sorted(EXTRAS.keys() - {"bench", "dev"})
"""All extras but the tools that no test imports and the peers of the benchmark."""


def _see_every_pyenv() -> None:
    """Let the shims of pyenv, where there is one, answer for every version that it has and not for the chosen one."""
    if shutil.which("pyenv"):
        listed = subprocess.run(["pyenv", "versions", "--bare"], capture_output=True, check=True, encoding="utf-8")
        os.environ["PYENV_VERSION"] = ":".join(reversed(listed.stdout.split()))


_see_every_pyenv()


@nox.session(python=PYTHONS)
@nox.parametrize("versions", [nox.param(name, id=name) for name in ("lowest", "highest")])
def tests(session: nox.Session, versions: str) -> None:
    """Run the tests with the lowest or the highest allowed version of every dependency."""
    constraints = Path(session.create_tmp(), "lowest.txt")
    constraints.write_text("\n".join(_lowest()) if versions == "lowest" else "", encoding="utf-8")
    session.install("--editable", f".[{','.join(TESTED)}]", "--constraint", str(constraints))
    session.run("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", *session.posargs)


def _lowest() -> Iterator[str]:
    """Yield the pins: each lower bound of pyproject.toml, for what runs and for what tests."""
    for written in (*PYPROJECT["project"]["dependencies"], *(each for name in TESTED for each in EXTRAS[name])):
        requirement = Requirement(written)
        marker = f"; {requirement.marker}" if requirement.marker else ""
        bounds = [bound.version for bound in requirement.specifier if bound.operator in (">=", "==", "~=")]
        yield from (f"{requirement.name}=={bound}{marker}" for bound in bounds)


@nox.session
def wheel(session: nox.Session) -> None:
    """Build sdist and wheel, hold them against the repository, and build them again, byte for byte, from the sdist."""
    # build isolates each build and fetches the backend each time; installed once it serves all of them
    session.install("build", "check-wheel-contents", "twine", *PYPROJECT["build-system"]["requires"])
    work = Path(session.create_tmp())
    first, second, unpacked = (work / name for name in ("dist", "again", "unpacked"))
    for folder in (first, second, unpacked):
        shutil.rmtree(folder, ignore_errors=True)
    _build(session, Path.cwd(), first)
    (sdist,) = first.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(unpacked, filter="data")
    (source,) = unpacked.iterdir()
    # another folder and other times of the files, another zone, umask, order of sets: none may leave a trace
    mask = os.umask(0o077)
    _build(session, source, second, TZ="Asia/Shanghai", PYTHONHASHSEED="1")
    os.umask(mask)
    built = _digests(first)
    if built != _digests(second):
        session.error(f"a second build differs: {built} and {_digests(second)}")
    session.run("twine", "check", "--strict", *(str(path) for path in first.iterdir()))
    session.run("check-wheel-contents", *(str(path) for path in first.glob("*-py3-none-any.whl")))
    _hold_against_the_repository(session, source)
    for name, digest in built.items():
        session.log(f"{name} {digest}")


def _build(session: nox.Session, source: Path, target: Path, **variables: str) -> None:
    """Build both from the source itself; without these words `build` makes the wheel from the sdist."""
    words = ("--sdist", "--wheel", "--no-isolation", "--outdir", str(target), str(source))
    committed = _git("log", "-1", "--format=%ct").strip()
    variables |= {"SOURCE_DATE_EPOCH": committed or "315532800"}  # 1980, the first year that a zip can hold
    session.run("python", "-m", "build", *words, env=variables, silent=True)


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def _hold_against_the_repository(session: nox.Session, source: Path) -> None:
    """Tell what the sdist lacks or has beyond what the repository holds, from which tests and docs are run."""
    tracked = set(_git("ls-files", "-z").split("\0")) - {""}
    packed = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()} - {"PKG-INFO"}
    if not tracked:
        session.warn("NOT CHECKED: no git repository here to hold the sdist against")
    elif tracked != packed:
        session.error(f"not in the sdist: {sorted(tracked - packed)}; in no commit: {sorted(packed - tracked)}")


def _git(*words: str) -> str:
    """Return what git says of this folder, nothing where it is no repository."""
    done = subprocess.run(["git", *words], capture_output=True, check=False, encoding="utf-8")
    return done.stdout if done.returncode == 0 else ""


@nox.session
def coverage(session: nox.Session) -> None:
    """Run the tests, and what they start, under coverage with branches."""
    session.install("--editable", f".[{','.join(TESTED)}]", "coverage>=7.10")  # the first that patches subprocesses
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", "-q", "-p", "no:cacheprovider", *session.posargs)
    session.run("coverage", "combine", "--quiet")
    least = () if session.posargs else ("--fail-under=98",)  # below, a change forgot its tests
    session.run("coverage", "report", *least)
