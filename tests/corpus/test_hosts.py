"""Publishers by address."""

from __future__ import annotations

import pytest

from dashboard.corpus.hosts import host_of, is_list_address, outlet_of, url_day


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://asia.nikkei.com/Politics/x", "Nikkei Asia"),
        ("https://www.bbc.co.uk/news/1", "BBC"),
        ("http://edition.cnn.com/a", "CNN"),
        ("https://news.example.com/a", "example.com"),
        ("https://www.example.co.uk/a", "example.co.uk"),
        ("www.example.org/a", "example.org"),
        (
            "https://web.archive.org/web/20240516000000/https://www.ft.com/content/1",
            "Financial Times",
        ),
        ("https://twitter.com/a/status/1", ""),
        ("https://mailman.example.org/mailman/listinfo/salon", ""),
        ("http://127.0.0.1/a", ""),
        ("http://localhost/a", ""),
        ("http://[::1", ""),
        ("not a url", ""),
        ("", ""),
    ],
)
def test_outlets(url: str, outlet: str) -> None:
    assert outlet_of(url) == outlet


def test_hosts_and_lists() -> None:
    assert host_of("HTTPS://User@WWW.Example.COM:8080/x") == "example.com"
    assert is_list_address("https://example.org/pipermail/salon/2024")
    assert not is_list_address("https://example.org/news")


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://e.com/2024/05/16/a", "2024-05-16"),
        ("https://e.com/2024-05-16-a", "2024-05-16"),
        ("https://e.com/world/2024/may/16/a", "2024-05-16"),
        ("https://e.com/2024/05/a", ""),
        ("https://e.com/20240516", ""),
        ("https://e.com/11/12/a", ""),
        ("https://e.com/1942/05/16/", ""),
        ("https://e.com/2024/13/45/", ""),
    ],
)
def test_days_in_addresses(url: str, day: str) -> None:
    assert url_day(url)[0] == day
