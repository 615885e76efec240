"""Single settings, each read from the environment or told to be wrong in one line."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network

from benchmarking.settings.model import Mode

LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True)
class Reader:
    """Reads settings of one environment. What is wrong joins ``problems``, one a line."""

    environment: Mapping[str, str]
    problems: list[str]

    def text(self, name: str, usual: str = "") -> str:
        """What is set, or the usual where nothing is."""
        return self.environment.get(name, "") or usual

    def number(self, name: str, usual: int, most: int, what: str, least: int = 1) -> int:
        """A whole number from ``least`` to ``most``; ``what`` it is, in words: "a port"."""
        said = self.text(name, str(usual))
        is_number = said.isascii() and said.isdecimal() and len(said) < 9
        if is_number and least <= int(said) <= most:
            return int(said)
        self.problems.append(
            f"{name}: {said[:40]!r} is not {what}. Use a number from {least} to {most}."
        )
        return usual

    def mode(self) -> Mode:
        """Demonstration unless it is said otherwise; production where nobody can tell."""
        said = self.text("BENCHMARK_MODE", Mode.DEMONSTRATION.value)
        if said in [mode.value for mode in Mode]:
            return Mode(said)
        self.problems.append(
            f"BENCHMARK_MODE: {said[:40]!r} is not a mode. Use demonstration or production."
        )
        return Mode.PRODUCTION

    def log_level(self, mode: Mode) -> str:
        """How much is logged: in service what happens, in a demonstration what goes wrong."""
        usual = "info" if mode is Mode.PRODUCTION else "warning"
        said = self.text("BENCHMARK_LOG_LEVEL", usual).lower()
        if said in LEVELS:
            return said
        self.problems.append(
            f"BENCHMARK_LOG_LEVEL: {said[:40]!r} is not known. Use {', '.join(LEVELS)}."
        )
        return usual

    def proxies(self) -> tuple[str, ...]:
        """Addresses or networks of proxies that are believed; this machine's where none are set."""
        said = self.text("BENCHMARK_FORWARDED_FROM", "127.0.0.1, ::1")
        found = tuple(one.strip() for one in said.split(",") if one.strip())
        for one in found:
            if not _is_network(one):
                self.problems.append(
                    f"BENCHMARK_FORWARDED_FROM: {one[:40]!r} is not an address of a proxy. Use "
                    f"addresses or networks with commas between them, such as 10.0.0.5 or "
                    f"10.0.0.0/24. Anybody (*, 0.0.0.0/0) is not believed."
                )
        return found


def _is_network(said: str) -> bool:
    try:
        return ip_network(said).prefixlen > 0
    except ValueError:
        return False
