"""Publishers by address."""

from __future__ import annotations

import pytest

from dashboard.corpus.parsing.address_days import file_day, url_day, url_month
from dashboard.corpus.parsing.addresses import (
    domain_of,
    host_of,
    is_list_address,
    is_web_address,
    outlet_of,
)


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


@pytest.mark.parametrize(
    ("url", "days"),
    [
        ("https://a.com/2016/12/bridge.html", "2016-12-01/2016-12-31"),
        ("https://a.com/2024/02/", "2024-02-01/2024-02-29"),
        ("https://a.com/2016/13/x", ""),
        ("https://a.com/2016/12/45/x", ""),
        ("https://a.com/1970/12/x", ""),
        ("https://a.com/x", ""),
    ],
)
def test_the_month_in_an_address(url: str, days: str) -> None:
    assert url_month(url)[0] == days


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.com/x", True),
        ("HTTP://a.com", True),
        ("www.a.com/x", True),
        ("javascript:alert(1)", False),
        ("javascript://a.com/%0aalert(1)", False),
        ("file:///etc/passwd", False),
        ("data:text/html,x", False),
        ("/2016/12/x", False),
    ],
)
def test_only_web_addresses_are_addresses(url: str, expected: bool) -> None:
    assert is_web_address(url) is expected


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("le_quai-20231103.txt", "2023-11-03"),
        ("Il Molo/2023/11/03/porto.txt", "2023-11-03"),
        ("03 novembre 2023 Le Quai.txt", "2023-11-03"),
        ("Hafen_13.11.2023.txt", "2023-11-13"),
        ("port 2023_11_03 v2.txt", "2023-11-03"),
        ("2023-11-03/2023-11-03_a.txt", "2023-11-03"),
        ("2023-11-03 to 2023-11-09.txt", ""),
        ("03-11-2023.txt", ""),
        ("report_20231399.txt", ""),
        ("8120231103442.txt", ""),
        ("a2023.txt", ""),
    ],
)
def test_the_day_in_a_files_name(path: str, day: str) -> None:
    assert file_day(path)[0] == day


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://opiniao.correio.com.br/x", "correio.com.br"),
        ("http://www.tidning.example.co.nz", "example.co.nz"),
        ("sport.blatt.at", "blatt.at"),
        ("https://eva.substack.com/p/1", ""),
        ("https://lists.example.org/pipermail/x", ""),
        ("https://www.facebook.com/blatt", ""),
        ("The Daily Example", ""),
        ("10.1.2.3", ""),
        ("", ""),
    ],
)
def test_the_domain_is_what_was_registered(address: str, domain: str) -> None:
    assert domain_of(address) == domain
