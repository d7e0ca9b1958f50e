"""The page of the small world in Debian's Firefox, driven by its own protocol: every view is drawn, on a wide page and on a phone's."""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests import world

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
VIEWS = {
    "overview": "Overview",
    "dyads?expeller=FRA&target=RUS": "Dyads",
    "waves": "Waves",
    "answers?pair=FRA-RUS": "Tit for tat",
    "evidence": "Evidence",
    "claims": "Claims",
    "table?q=Россия": "Table",
    "about": "About",
    "FRA": "France",
    "2022-04-04-FRA-RUS": "France expels officials of Russia",
}
# Prefs of a profile that asks nobody for anything.
PREFS = {"datareporting.policy.dataSubmissionEnabled": False, "app.update.enabled": False, "network.captive-portal-service.enabled": False}


class Marionette:
    """Firefox, asked by Marionette: a message is its length, a colon and a list as JSON."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.file = self.socket.makefile("rb")
        self.count = 0
        self._read()

    def _read(self) -> Any:
        length = b""
        while (digit := self.file.read(1)) != b":":
            length += digit
        return json.loads(self.file.read(int(length)))

    def ask(self, command: str, **given: Any) -> Any:
        self.count += 1
        text = json.dumps([0, self.count, command, given]).encode()
        self.socket.sendall(b"%d:%s" % (len(text), text))
        _, _, failed, value = self._read()
        assert failed is None, failed
        return value

    def run(self, script: str) -> Any:
        return self.ask("WebDriver:ExecuteScript", script=script, args=[])["value"]


def free() -> int:
    with socket.socket() as result:
        result.bind(("127.0.0.1", 0))
        return result.getsockname()[1]


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marionette]:
    if not FIREFOX:
        pytest.skip("no Firefox on this machine (apt-get install firefox-esr)")
    profile, port = tmp_path_factory.mktemp("profile"), free()
    lines = [f'user_pref("{name}", {json.dumps(value)});\n' for name, value in {**PREFS, "marionette.port": port}.items()]
    (profile / "user.js").write_text("".join(lines))
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = subprocess.Popen([FIREFOX, "--headless", "--marionette", "--profile", str(profile), "about:blank"], **quiet)
    try:
        asked = None
        for _ in range(120):
            with suppress(OSError):
                asked = Marionette(port)
                break
            time.sleep(0.5)
        assert asked, "Firefox does not answer."
        asked.ask("WebDriver:NewSession", capabilities={})
        yield asked
    finally:
        started.terminate()
        started.wait(20)


@pytest.mark.parametrize("width", [1280, 500])
def test_every_view_is_drawn_in_firefox(width: int, firefox: Marionette, small_world: Path) -> None:
    """A narrow window of Firefox has no fewer than 450 points."""
    firefox.ask("WebDriver:SetWindowRect", width=width, height=900)
    for address, heading in VIEWS.items():
        firefox.ask("WebDriver:Navigate", url="about:blank")
        firefox.ask("WebDriver:Navigate", url=f"file://{small_world / world.PAGE}#{address}")
        for _ in range(200):
            if firefox.run("return document.body.classList.contains('ready')"):
                break
            time.sleep(0.1)
        output = firefox.run(
            "return [document.querySelector('h1').textContent, document.querySelectorAll('figure').length,"
            " [...document.querySelectorAll('figure .chart')].filter(c => !c.firstElementChild).length,"
            " document.documentElement.scrollWidth - innerWidth]"
        )
        assert output[0] == heading, output
        assert output[2] == 0 and output[3] <= 0, (address, output)
        assert bool(output[1]) == (address.split("?")[0] in ("overview", "dyads", "waves", "answers", "claims", "FRA")), address
    result = firefox.run(
        "location.hash = 'table?q=Россия'; dispatchEvent(new Event('hashchange')); return document.querySelector('.count').textContent"
    )
    assert result.startswith("28 of 32 ")
