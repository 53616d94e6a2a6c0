"""Which addresses are opened: the table of what is public, the spellings of hosts, the answers of name servers."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadboard.domain.words import word_set
from leadboard.errors import ProviderError, Refused
from leadboard.providers.addresses import PublicResolver, Target, checked, public

OPEN = word_set(
    "1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 168.63.129.15 "
    "172.15.255.255 172.32.0.0 192.0.1.0 192.0.3.0 192.88.98.255 192.167.255.255 192.169.0.0 198.17.255.255 "
    "198.20.0.0 223.255.255.255 2000:: 2001:200:: 2001:4860:4860::8888 2606:4700::1111 3ffe:: 2003::1"
)

CLOSED = word_set(
    "0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.0 100.127.255.255 127.0.0.1 127.255.255.255 169.254.169.254 "
    "172.16.0.0 172.31.255.255 192.0.0.1 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.1 "
    "203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16 :: ::1 ::127.0.0.1 "
    "::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1 2001:1ff:ffff::1 2001:db8::1 "
    "2002:7f00:1:: 2002:808:808:: 3fff::1 3fff:fff:ffff::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 "
    "2606:4700::1111%eth0 fec0::1 ff02::1 4000::1 2130706433 0x7f000001 127.1 0177.0.0.1 localhost acme.com "
    "1.2.3.4/8"
)


@pytest.mark.parametrize("address", sorted(OPEN))
def test_an_address_of_the_open_internet_is_public(address):
    assert public(address)


@pytest.mark.parametrize("address", [*sorted(CLOSED), "", " 8.8.8.8"])
def test_every_other_address_is_not(address):
    assert not public(address)


@given(st.ip_addresses())
def test_nothing_that_the_standard_library_calls_private_is_public(ip):
    assert not (public(str(ip)) and not ip.is_global)


@given(st.ip_addresses(v=4))
def test_a_v4_address_hidden_in_a_v6_one_is_never_public(ip):
    number = int(ip)
    hidden = [number, 0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80]
    assert not any(public(str(ipaddress.IPv6Address(value))) for value in hidden)


REFUSED = word_set(
    "http://2130706433/ http://0x7f.1/ http://0x7f000001/ http://127.1/ http://0/ http://127.0.0.1/ "
    "http://8.8.8.8/ http://0177.0.0.1/ http://1.2.3.0x4/ http://localhost/ http://intranet/ http://[::1]/ "
    "http://[::ffff:127.0.0.1]/ http://[64:ff9b::7f00:1]/ http://[2002:7f00:1::]/ http://①②⑦.0.0.1/ "
    "http://127。0。0。1/ http://acme.com:8080/ http://acme.com:443/ https://acme.com:80/ http://acme.com:0/ "
    "http://acme.com:22/ http://acme.com:99999/ ftp://acme.com/ file:///etc/passwd gopher://acme.com/ "
    "javascript:alert(1) data:text/html,x //acme.com/ acme.com http:///x http:acme.com http://user@acme.com/ "
    "http://user:word@acme.com/ http://acme.com\\@127.0.0.1/ http://acme..com/ http://-acme.com/ http://acme-.com/ "
    "http://ac%6de.com/ http://.com/ http://acme.c/ http://*.acme.com/"
)


@pytest.mark.parametrize("url", [*sorted(REFUSED), "", "http://", "http://ac me.com/", "http://acme.com/\r\nHost: x"])
def test_an_address_in_a_spelling_that_hides_something_is_refused(url):
    with pytest.raises(Refused) as refusal:
        checked(url)

    assert refusal.value.field == "url"


@pytest.mark.parametrize("control", ["\x00", "\t", "\n", "\x7f", "\x85", "\\"])
def test_an_address_with_a_control_character_is_refused(control):
    with pytest.raises(Refused):
        checked(f"http://acme.com/a{control}b")


def test_an_endless_address_is_refused():
    with pytest.raises(Refused, match="2000 characters"):
        checked("http://acme.com/" + "a" * 2_000)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("HTTP://WWW.Acme.COM", "http://www.acme.com/"),
        (" https://acme.com:443/a?b=c#d ", "https://acme.com/a?b=c"),
        ("http://acme.com:80/", "http://acme.com/"),
        ("http://acme.com?a=%20b/c", "http://acme.com/?a=%20b/c"),
        ("http://acme.com./x", "http://acme.com/x"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("http://my_shop.acme.co.uk/", "http://my_shop.acme.co.uk/"),
    ],
)
def test_an_ordinary_address_is_asked_in_its_plain_form(url, asked):
    assert str(checked(url)) == asked


def answering(*addresses: str) -> PublicResolver:
    async def lookup(host: str) -> list[str]:
        return list(addresses)

    return PublicResolver(lookup)


async def test_a_name_leads_to_the_addresses_it_was_checked_for():
    assert await answering("8.8.8.8", "2606:4700::1111")("acme.com", 443) == [
        Target("8.8.8.8", 443),
        Target("2606:4700::1111", 443),
    ]


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["8.8.8.8", "::1"], ["::ffff:8.8.8.8"]])
async def test_one_private_address_refuses_the_name(addresses):
    with pytest.raises(Refused, match="private network"):
        await answering(*addresses)("acme.com", 80)


async def test_a_port_other_than_the_web_is_refused_before_the_name_is_looked_up():
    async def lookup(host: str) -> list[str]:
        raise AssertionError("looked up")

    with pytest.raises(Refused, match="port 22"):
        await PublicResolver(lookup)("acme.com", 22)


async def test_a_name_without_an_address_is_a_failure_of_the_site():
    with pytest.raises(ProviderError, match="not known"):
        await answering()("acme.com", 80)
