"""What the command says before it becomes the server."""

from dataclasses import replace

import pytest

from benchmarking.commands import serve
from benchmarking.settings import read


@pytest.mark.parametrize(
    "listens_on, says",
    [
        ("127.0.0.1", "http://localhost:8501"),
        ("::1", "http://localhost:8501"),
        ("192.0.2.7", "http://192.0.2.7:8501"),
        ("2001:db8::7", "http://[2001:db8::7]:8501"),
        ("0.0.0.0", "http://127.0.0.1:8501"),
        ("::", "http://[::1]:8501"),
    ],
)
def test_the_address_that_it_names_can_be_opened(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    listens_on: str,
    says: str,
) -> None:
    chosen = replace(read({}), address=listens_on, port=8501)
    began: list[str] = []
    monkeypatch.setattr(serve.starting, "settings_to_serve", lambda: chosen)
    monkeypatch.setattr(serve, "_prepare", lambda _chosen: None)
    monkeypatch.setattr(serve, "_told", lambda _chosen: {})
    monkeypatch.setattr(serve, "_become_server", lambda _environment: began.append("server"))
    assert serve.serve.callback is not None
    serve.serve.callback()
    assert f"Serving on {says} (stop with Ctrl+C)" in capsys.readouterr().out
    assert began == ["server"]
