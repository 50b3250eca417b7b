//! Where a request comes from: the peer, or what a proxy says that we trust.

use crate::state::App;
use anyhow::Context;
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, request::Parts},
};
use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    str::FromStr,
};

const FORWARDED_FOR: &str = "x-forwarded-for";

/// An address, or all that begin with the same bits: `127.0.0.1`, `10.0.0.0/8`, `fd00::/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(ours), IpAddr::V4(other)) => same(ours.to_bits().into(), other.to_bits().into(), self.bits, 32),
            (IpAddr::V6(ours), IpAddr::V6(other)) => same(ours.to_bits(), other.to_bits(), self.bits, 128),
            _ => false,
        }
    }
}

fn same(a: u128, b: u128, bits: u8, of: u8) -> bool {
    (a ^ b).checked_shr(u32::from(of - bits)).unwrap_or(0) == 0
}

impl FromStr for Network {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let wrong = || {
            format!("TRUSTED_PROXY `{text}` is neither an address nor a network. Write it as 127.0.0.1 or 10.0.0.0/8.")
        };
        let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.trim().parse::<IpAddr>().with_context(wrong)?.to_canonical();
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), |bits| bits.trim().parse()).with_context(wrong)?;
        anyhow::ensure!(bits <= most, wrong());
        Ok(Self { address, bits })
    }
}

/// The address that a request comes from, for limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct From(pub IpAddr);

impl FromRequestParts<App> for From {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
        Ok(Self(client(peer, &parts.headers, &app.config.trusted_proxies)))
    }
}

/// The peer, unless it is a proxy that we trust. Each proxy adds its own peer at the end, so the header is read from there: the first
/// that is no trusted proxy is the client. What stands before it anybody may have written.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let trusts = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut client = peer.to_canonical();
    if !trusts(client) {
        return client;
    }
    let lines: Vec<&str> = headers.get_all(FORWARDED_FOR).iter().map(|line| line.to_str().unwrap_or("?")).collect();
    for said in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        let Some(address) = address(said.trim()) else { break };
        client = address;
        if !trusts(client) {
            break;
        }
    }
    client
}

/// Some proxies write the port too.
fn address(text: &str) -> Option<IpAddr> {
    let address = text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|with_port| with_port.ip()));
    address.map(|address: IpAddr| address.to_canonical())
}

/// What one customer of a network usually has: an IPv4 address, or 64 bits of IPv6.
#[must_use]
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() & !u128::from(u64::MAX))),
        four => four,
    }
}

#[cfg(test)]
mod tests {
    use super::{Network, client};
    use axum::http::{HeaderMap, HeaderValue};
    use std::net::IpAddr;

    fn from(peer: &str, said: &[&'static str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in said {
            headers.append("x-forwarded-for", HeaderValue::from_static(line));
        }
        let trusted: Vec<Network> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        client(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn what_a_stranger_says_of_its_address_does_not_count() {
        assert_eq!(from("192.0.2.7", &["198.51.100.1"], &[]), "192.0.2.7");
        assert_eq!(from("192.0.2.7", &["198.51.100.1"], &["127.0.0.1"]), "192.0.2.7");
    }

    #[test]
    fn a_trusted_proxy_says_the_address_and_whatever_the_client_wrote_before_it_is_passed_over() {
        assert_eq!(from("127.0.0.1", &["198.51.100.1"], &["127.0.0.1"]), "198.51.100.1");
        assert_eq!(from("127.0.0.1", &["10.9.9.9, 198.51.100.1"], &["127.0.0.1"]), "198.51.100.1");
        assert_eq!(
            from("127.0.0.1", &["203.0.113.9", "198.51.100.1 , 10.1.2.3"], &["127.0.0.1", "10.0.0.0/8"]),
            "198.51.100.1"
        );
        assert_eq!(from("::ffff:127.0.0.1", &["[2001:db8::1]:443"], &["127.0.0.0/8"]), "2001:db8::1");
    }

    #[test]
    fn what_cannot_be_read_ends_the_reading() {
        assert_eq!(from("127.0.0.1", &[], &["127.0.0.1"]), "127.0.0.1");
        assert_eq!(from("127.0.0.1", &["unknown"], &["127.0.0.1"]), "127.0.0.1");
        assert_eq!(from("127.0.0.1", &["198.51.100.1, , 10.0.0.1"], &["127.0.0.1", "10.0.0.1"]), "10.0.0.1");
    }

    #[test]
    fn a_network_is_its_first_bits() {
        let network = |text: &str| text.parse::<Network>();
        let holds = |text: &str, address: &str| network(text).unwrap().contains(address.parse::<IpAddr>().unwrap());
        assert!(holds("10.0.0.0/8", "10.255.0.1") && !holds("10.0.0.0/8", "11.0.0.1"));
        assert!(holds("0.0.0.0/0", "192.0.2.1") && !holds("0.0.0.0/0", "2001:db8::1"));
        assert!(holds("fd00::/8", "fdab::1") && !holds("fd00::/8", "fe80::1") && holds("::/0", "fe80::1"));
        for poor in ["", "proxy", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/-1", "::/129", "10.0.0/8"] {
            assert!(network(poor).unwrap_err().to_string().contains("TRUSTED_PROXY"), "{poor}");
        }
    }
}
