"""The session on a cluster: what has to be there before Spark starts, and its errors in words that help.

How much memory, how many cores and which ports are settings of Spark itself (`spark-defaults.conf`).
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..errors import ClusterError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_EXTRA: Final = ("pyspark", "pandas", "pyarrow")
_SECONDS: Final = 10.0
"""How long a master may take to answer the first call."""
_LOCALE: Final = "C.UTF-8"
_QUIET: Final = Path(__file__).with_name("log4j2.properties")
_LAST_WORDS: Final = re.compile(r"^(?:Caused by)?[:\s]*(\w[\w.]*(?:Error|Exception)\b.*)$", re.MULTILINE)


@contextmanager
def cluster(master: str) -> Iterator[SparkSession]:
    """A session on the cluster behind the address of a master; closed when the block ends.

    Raises ClusterError where the extra or Java is missing, the master cannot be reached, or the cluster gives up.
    """
    _check(master)
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        session = _open(master)
    except (PySparkException, Py4JError, OSError) as error:
        raise ClusterError(master, f"Spark does not start ({_said(error)}).", _START) from error
    try:
        yield session
    except (PySparkException, Py4JError, ConnectionError) as error:
        raise ClusterError(master, f"the cluster gave up the work ({_said(error)}).", _WORK) from error
    finally:
        with suppress(Py4JError, OSError):
            session.stop()


_START: Final = "Spark 4 needs Java 17 or newer, and a master of the same version of Spark as pyspark has here."
_WORK: Final = (
    "Each worker needs this version of kg with its extra 'spark' at the path of PYSPARK_PYTHON, and sees the files and "
    "the parts under the same paths as here."
)


def _check(master: str) -> None:
    if missing := [name for name in _EXTRA if find_spec(name) is None]:
        hint = "Install them: python -m pip install 'policykg[spark]'"
        raise ClusterError(master, f"Spark needs {' and '.join(missing)}, which is missing.", hint)
    home = os.environ.get("JAVA_HOME")
    if shutil.which(str(Path(home) / "bin" / "java") if home else "java") is None:
        hint = "Install Java 17 or newer, such as Debian's openjdk-17-jre-headless, or set JAVA_HOME."
        raise ClusterError(master, "Spark needs Java, which is missing.", hint)
    if master.startswith("spark://"):
        _call(master)


def _call(master: str) -> None:
    """Call one of the masters of the address; Spark itself would try for a minute and tell it in a page of traces."""
    places = re.findall(r"([^/,]+):(\d+)", master.removeprefix("spark://"))
    problems = {}
    for host, port in places:
        try:
            socket.create_connection((host, int(port)), timeout=_SECONDS).close()
            return
        except (OSError, OverflowError) as error:
            problems[f"{host}:{port}"] = str(error)
    hint = "Start it, or mend the address; its page on port 8080 tells it (spark://HOST:7077)."
    why = f" ({'; '.join(f'{place}: {said}' for place, said in problems.items())})" if problems else ""
    raise ClusterError(master, f"no master answers there{why}.", hint)


def _open(master: str) -> SparkSession:
    """Start Spark with few words, and its bar of progress on a terminal alone; the user's environment counts more.

    Java spells the names of files as the locale has it, so here and on the workers that must be UTF-8.
    """
    spelt = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or ""
    if "utf" not in spelt.lower():
        os.environ["LC_ALL"] = _LOCALE
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_SUBMIT_OPTS", f"-Dlog4j2.configurationFile={_QUIET.as_uri()}")
    from pyspark.sql import SparkSession

    bar = str(sys.stderr.isatty()).lower()
    builder = SparkSession.builder.master(master).appName("kg add")
    builder = builder.config("spark.ui.showConsoleProgress", bar).config("spark.executorEnv.LC_ALL", _LOCALE)
    return builder.getOrCreate()


def _said(error: Exception) -> str:
    """The last thing that an error of Spark says of its cause, in one line."""
    found: list[str] = _LAST_WORDS.findall(str(error))
    return (found[-1] if found else str(error).partition("\n")[0])[:500]
