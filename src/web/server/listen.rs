//! Opening the sockets on which the server waits.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
};

use socket2::{Domain, Protocol, Socket, Type};

/// Callers that may wait while all are busy; a class that opens its laptops at once stays below.
const BACKLOG: i32 = 1024;

/// Memory the kernel may hold for one client's reply, in bytes. Linux would let it grow to megabytes, which forty stopped
/// downloads take from a small machine; and with less waiting, a slow client shows progress before it is given up.
const SEND_BUFFER: usize = 128 * 1024;

/// Listens on an address. `[::]` also takes IPv4 callers, whatever the system's default is; where IPv6 is off, the
/// same port is opened on IPv4 only.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    match open(address) {
        Err(error) if is_any_v6(address) && lacks_ipv6(&error) => {
            open(SocketAddr::from((Ipv4Addr::UNSPECIFIED, address.port())))
        }
        result => result,
    }
}

fn open(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if is_any_v6(address) {
        socket.set_only_v6(false)?;
    }
    // Without this a restart waits minutes for the connections of the former run.
    socket.set_reuse_address(true)?;
    // Accepted sockets inherit these two, which saves two system calls for each.
    socket.set_tcp_nodelay(true)?;
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

fn is_any_v6(address: SocketAddr) -> bool {
    address.is_ipv6() && address.ip().is_unspecified()
}

/// IPv6 compiled out gives `EAFNOSUPPORT` (97 on Linux), switched off `EADDRNOTAVAIL`.
fn lacks_ipv6(error: &io::Error) -> bool {
    const ADDRESS_FAMILY_NOT_SUPPORTED: i32 = 97;
    error.kind() == io::ErrorKind::AddrNotAvailable
        || error.raw_os_error() == Some(ADDRESS_FAMILY_NOT_SUPPORTED)
}
