"""What the tests of the API share."""

import pytest


@pytest.fixture
def get(client):
    """Return a function that gets an address under /api/v1/ and returns its JSON."""

    def _get(path, expected=200, **data):
        response = client.get(f"/api/v1/{path}", data)
        assert response.status_code == expected, response.content
        return response.json()

    return _get
