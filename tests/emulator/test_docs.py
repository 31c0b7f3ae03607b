"""What README and manual say of the emulator: every example runs, every table is the code's."""

import argparse
import html
import json
import re
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import fields
from importlib.resources import files
from pathlib import Path

import httpx
import pytest
from blackkonnect_emulator import Running, Settings, journal, json_body, options, running
from blackkonnect_emulator.connection_limits import Limits
from blackkonnect_emulator.control_client import EmulatorControl
from blackkonnect_emulator.document import editions
from blackkonnect_emulator.profile import profile_names

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
MANUAL = (ROOT / "docs" / "emulator.md").read_text("utf-8")
TEXTS = {
    "README": README.partition("\n## A gateway on this machine\n")[2].partition("\n## ")[0],
    "manual": MANUAL,
}
EMULATOR = re.compile(r"^(?:\.venv/bin/)?blackkonnect emulator\b")
LONGEST_START = 60.0


def blocks(language: str) -> list[tuple[str, str]]:
    return [
        (name, block)
        for name, text in TEXTS.items()
        for block in re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    ]


def chapter(title: str) -> str:
    return MANUAL.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


PYTHON = [block for _, block in blocks("python")]
LINES = [line for _, block in blocks("sh") for line in block.splitlines()]
SEED = re.findall(r"<!-- seed -->\n```json\n(.*?)```", MANUAL, re.DOTALL)[0]
# The message that the examples look for.
SENT = {"tenant": "acme", "destination": "+233200000001", "text": "Your code", "status": "DELIVERED"}


@pytest.fixture
def served() -> Iterator[Running]:
    """Serve an emulator that has the message that the examples look for."""
    with running(Settings()) as gateway:
        with EmulatorControl(gateway.base_url) as control:
            control.seed(tenants=[{"name": "acme"}], messages=[SENT])
        yield gateway


@pytest.mark.parametrize("block", [block for block in PYTHON if "def test_" not in block])
def test_a_python_example_runs(block: str, served: Running) -> None:
    exec(block.replace("http://127.0.0.1:8025", served.base_url), {})  # noqa: S102 - our own examples


def test_the_examples_of_tests_pass(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeini("[pytest]\nfilterwarnings = error")
    examples = [block for block in PYTHON if "def test_" in block]
    for number, block in enumerate(examples):
        (pytester.path / f"test_{number}.py").write_text(block, "utf-8")
    plugins = ["-p", "no:cacheprovider", "-p", "blackkonnect_emulator.pytest_plugin", "--strict-markers"]
    pytester.runpytest_subprocess(*plugins, timeout=120).assert_outcomes(passed=len(examples))


@pytest.mark.parametrize("line", [line for line in LINES if EMULATOR.match(line)])
def test_a_command_line_starts_the_emulator(line: str, tmp_path: Path) -> None:
    (tmp_path / "seed.json").write_text(SEED, "utf-8")
    arguments = shlex.split(re.sub(r"--port \d+", "", EMULATOR.sub("", line)))
    command = [sys.executable, "-m", "blackkonnect_emulator", "--port", "0", *arguments]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        timer = threading.Timer(LONGEST_START, process.kill)
        timer.start()
        try:
            assert process.stdout is not None
            said: list[str] = []
            for words in process.stdout:
                said.append(words)
                if words == "Ctrl-C stops it.\n":
                    process.send_signal(signal.SIGINT)
            assert process.wait() == 0
        finally:
            timer.cancel()
            process.kill()
    assert as_printed("".join(said)) == as_printed(printed() + "Stopped.\n")


def printed() -> str:
    return MANUAL.partition("<!-- printed -->\n```text\n")[2].partition("```")[0]


def as_printed(text: str) -> str:
    """Leave out what differs from start to start."""
    text = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8025", text)
    return re.sub(r"(CLIENT_ID|CLIENT_SECRET)=\S+", r"\1", text)


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("curl ")])
def test_a_call_is_answered(line: str, served: Running) -> None:
    reader = argparse.ArgumentParser(exit_on_error=False)
    reader.add_argument("-X", dest="method", default="GET")
    reader.add_argument("-H", dest="headers", action="append", default=[])
    reader.add_argument("-d", dest="body")
    reader.add_argument("url")
    given = reader.parse_args(shlex.split(line)[1:])
    assert given.url.startswith("localhost:8025/")
    answer = httpx.request(
        given.method,
        given.url.replace("localhost:8025", served.base_url),
        headers=dict(header.split(": ") for header in given.headers),
        content=given.body,
        trust_env=False,
    )
    assert answer.is_success, answer.text


def test_other_lines_only_install() -> None:
    others = [line for line in LINES if not EMULATOR.match(line) and not line.startswith("curl ")]
    assert others == ["pip install 'blackkonnect-sms[cli,emulator]'"]


def test_the_table_of_options() -> None:
    actions = [action for action in options.parser("x")._actions if action.dest != "help"]
    told = [row for row in rows(chapter("Start")) if row[0].startswith("`--")]
    names = [f"`{action.option_strings[0]} {action.metavar or action.dest.upper()}`" for action in actions]
    assert [row[0] for row in told] == names
    for action, row in zip(actions, told, strict=True):
        if action.default is not None and action.default != []:
            assert row[1] == f"`{action.default}`"


def test_the_table_of_editions() -> None:
    assert rows(chapter("Editions"))[0][1:] == [f"`{edition}`" for edition in editions()]


def test_the_table_of_profiles() -> None:
    table = rows(chapter("Rules and limits"))
    assert table[0][1:-1] == [f"`{name}`" for name in profile_names()]
    folder = files("blackkonnect_emulator") / "profiles"
    held = [json.loads((folder / f"{name}.json").read_bytes()) for name in profile_names()]
    limits = [name for name in held[0] if name not in ("name", "source")]
    assert [row[:-1] for row in table if row[0].startswith("`")] == [
        [f"`{limit}`", *(str(one[limit]) for one in held)] for limit in limits
    ]


def test_the_table_of_the_server_s_limits() -> None:
    limits = Limits(connections=512)
    told = [row[:2] for row in rows(chapter("Limits of the server")) if row[0].startswith("`")]
    assert told == [[f"`{field.name}`", f"{getattr(limits, field.name):g}"] for field in fields(limits)]
    assert Limits().connections <= 512
    assert f"more than {json_body.MOST_VALUES:,} values" in chapter("Limits of the server")
    assert f"more than {json_body._DEEPEST} deep" in chapter("Limits of the server")


def test_the_table_of_keys() -> None:
    template = files("blackkonnect_emulator") / "inbox" / "templates" / "keys.html"
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", template.read_text("utf-8"))
    shown = [[re.sub(r"</?kbd>", "`", html.unescape(keys)), words] for keys, words in pairs]
    assert [row for row in rows(chapter("Inbox")) if row[0].startswith("`")] == shown
    assert f"the\nlatest {journal._MOST_EXCHANGES:,} requests" in chapter("Inbox")


def test_the_table_of_concepts() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    table = contributing.partition("\n## The emulator\n")[2].partition("\n## ")[0]
    named = set(re.findall(r"`([\w.*]+/?)", "".join(row[1] for row in rows(table))))
    package = ROOT / "emulator" / "blackkonnect_emulator"
    folders = {f"{path.name}/" for path in package.iterdir() if (path / "__init__.py").exists()}
    modules = {path.stem for path in package.glob("*.py")} - {"__init__"}
    assert folders | modules <= named
    assert {f"{path.stem}" for path in package.rglob("*.py")} >= {
        name for name in named if name.isidentifier()
    }


@pytest.mark.parametrize(
    "source", [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))], ids=lambda p: p.name
)
def test_links_lead_somewhere(source: Path) -> None:
    text = source.read_text("utf-8")
    for link in re.findall(r"\]\(([^)\s]+)\)|(?:src|srcset)=\"([^\"]+)\"", text):
        path, _, anchor = "".join(link).partition("#")
        if path.startswith("https:"):
            continue
        target = source if not path else source.parent / path
        assert target.exists(), path
        if anchor and target.suffix == ".md":
            titles = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
            # GitHub makes anchors of titles so, as far as ours go.
            assert anchor in {re.sub(r"[^\w\- ]", "", title).lower().replace(" ", "-") for title in titles}
