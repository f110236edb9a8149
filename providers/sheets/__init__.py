"""Tables that go out as spreadsheets and come back changed."""
