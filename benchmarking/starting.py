"""What stands in the way of serving a copy, all of it told at once before anything is opened."""

import os
from collections.abc import Mapping
from dataclasses import replace

from benchmarking import settings, shipped
from benchmarking.people import ways_in
from benchmarking.settings import Mode, Settings, SettingsError, places, production
from benchmarking.settings.production import Option


def settings_to_serve(
    environment: Mapping[str, str] = os.environ,
    option: Option | None = None,
    listens_on: str | None = None,
) -> Settings:
    """The settings of a copy that may be served.

    Args:
        environment: where they are read from.
        option: gives Streamlit's own settings; without it, those it will begin with.
        listens_on: the address the server really listens on, where that may be another.

    Raises:
        SettingsError: with every problem of settings, folders and shipped files, one a line.
    """
    chosen, told = settings.gather(environment)
    judged = replace(chosen, address=listens_on or chosen.address)
    told += [*places.problems(chosen), *ways_in.problems(judged)]
    if chosen.mode is Mode.PRODUCTION:
        told += production.problems(judged, option or production.as_set(environment))
    if told:
        raise SettingsError([*told, *shipped.problems(chosen)])
    return chosen
