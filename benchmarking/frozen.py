"""The base of everything that people write into YAML files."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value read from a file: never changed, and refused if the file says more than is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")
