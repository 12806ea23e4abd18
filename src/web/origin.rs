//! By what name readers know this server: what a browser wrote into its address bar, for pages and files that leave it.

use std::net::{IpAddr, SocketAddr};

use http::{HeaderMap, header, uri::Authority};

use crate::health::gather::own_addresses;

/// `http://` and the name that the request gives us, or nothing when it gives none that can be written.
pub(super) fn of(headers: &HeaderMap) -> String {
    host(headers).map(|host| format!("http://{host}")).unwrap_or_default()
}

/// The same for a page that is printed and read at other computers: for the machine's name for itself, which means another
/// machine there, stands its first address in the network, when it has one.
pub(super) fn for_others(headers: &HeaderMap) -> String {
    let name = host(headers).filter(|host| is_this_machine(host.host()));
    let Some((name, ip)) = name.zip(own_addresses().first().copied()) else { return of(headers) };
    match name.port_u16() {
        Some(port) if port != 80 => format!("http://{}", SocketAddr::new(ip, port)),
        _ if ip.is_ipv6() => format!("http://[{ip}]"),
        _ => format!("http://{ip}"),
    }
}

fn host(headers: &HeaderMap) -> Option<Authority> {
    let host = headers.get(header::HOST)?.to_str().ok()?.parse::<Authority>().ok()?;
    (!host.as_str().contains('@')).then_some(host)
}

fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}
