"""The place of an interface for programs is taken, and says that there is none yet."""

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1", "/api/v1/trusts/RJ1", "/api/v2/x"])
def test_programs_are_told_in_their_form_that_nothing_is_there(
    browser: TestClient, method: str, path: str
) -> None:
    answer = browser.request(method, path)
    assert answer.status_code == 404
    assert answer.json() == {
        "detail": "There is nothing for programs at this address. An interface will come under "
        "/api/v1."
    }


def test_a_page_that_only_begins_alike_is_no_such_place(browser: TestClient) -> None:
    assert browser.get("/apiary").text == "Not Found"
