//! The facts, asked of the machine: files below `/proc` and `/sys`, a probe in the data folder, sockets. Waits for disks and
//! names: call it where waiting is allowed. Nothing here changes anything that stays.

use std::{
    fs::{self, File},
    io::{self, Read as _, Write as _},
    net::{IpAddr, SocketAddr, TcpListener, TcpStream, ToSocketAddrs as _},
    os::unix::fs::PermissionsExt as _,
    path::Path,
    sync::mpsc,
    time::Duration,
};

use rustix::fs::Access;

use super::{Base, Facts, Name, Port, Write};
use crate::{
    clock::Clock,
    packs,
    store::{school, whole::quick_check},
    upkeep,
};

/// The name that phones and laptops of the school ask for, without the trailing dot.
const NAME: &str = "amauta.local";

/// Name of the index in the data folder.
const LIBRARY: &str = "library.db";

/// Most damaged files that are named.
const MOST_FILES: usize = 20;

/// Longest wait for a name or for whoever has the port.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where to look.
#[derive(Debug, Clone, Copy)]
pub struct Place<'p> {
    /// The data folder, where there is one.
    pub data: Option<&'p Path>,
    /// Addresses that the server listens on.
    pub listen: &'p [SocketAddr],
    /// Errors and warnings of content that came from outside the program.
    pub content: (usize, usize),
}

/// Asks the machine.
pub fn gather(place: Place<'_>, clock: &Clock) -> Facts {
    let addresses = own_addresses();
    Facts {
        disk: place.data.and_then(|data| disk(standing(data))),
        write: place.data.map(|data| write(data, clock)),
        mode: place.data.and_then(|data| fs::metadata(data).ok()).map(|of| of.permissions().mode()),
        memory: fs::read_to_string("/proc/meminfo").ok().and_then(|text| memory(&text)),
        clock: Some((clock.local().strftime("%Y-%m-%d %H:%M").to_string(), clock.plausible())),
        ports: place.listen.iter().map(|address| (*address, port(*address))).collect(),
        library: place.data.and_then(|data| base(&data.join(LIBRARY))),
        school: place.data.and_then(|data| records(&data.join(school::FILE))),
        backup: place.data.and_then(|data| upkeep::standing(data, clock)),
        packs: None,
        content: Some(place.content),
        name: name(&addresses),
        wifi: fs::read_to_string("/proc/self/net/wireless").ok().and_then(|text| wifi(&text)),
        swap_on_card: fs::read_to_string("/proc/swaps").ok().map(|text| swap_on_card(&text)),
        card_wear: worst("/sys/block", "device/pre_eol_info"),
        disk_errors: worst("/sys/fs/ext4", "errors_count").map(u64::from),
        addresses,
    }
}

/// How many wait for the processor, over the last one, five and fifteen minutes; as the system writes it.
pub fn load() -> Option<String> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    let three: Vec<&str> = text.split(' ').take(3).collect();
    (three.len() == 3).then(|| three.join("  "))
}

/// The folder, or the nearest above it that exists: the first start makes the others.
fn standing(folder: &Path) -> &Path {
    folder.ancestors().find(|it| it.is_dir()).unwrap_or(Path::new("."))
}

/// How the data folder takes what is written.
fn write(folder: &Path, clock: &Clock) -> Write {
    if !folder.exists() {
        return match rustix::fs::access(standing(folder), Access::WRITE_OK | Access::EXEC_OK) {
            Ok(()) => Write::Absent,
            Err(error) => Write::Fails(io::Error::from(error).to_string()),
        };
    }
    match probe(folder, clock) {
        Ok(took) => Write::Works(u64::try_from(took.as_millis()).unwrap_or(u64::MAX)),
        Err(error) => Write::Fails(error.to_string()),
    }
}

/// Free and total bytes of the folder's disk.
pub fn disk(folder: &Path) -> Option<(u64, u64)> {
    let room = rustix::fs::statvfs(folder).ok()?;
    let bytes = |blocks: u64| blocks.saturating_mul(room.f_frsize);
    Some((bytes(room.f_bavail), bytes(room.f_blocks)))
}

/// How long a small new file takes to be on the disk. It is taken away again.
pub fn probe(folder: &Path, clock: &Clock) -> io::Result<Duration> {
    let path = folder.join(format!(".amauta-prueba-{}", std::process::id()));
    let started = clock.instant();
    let written = File::create(&path).and_then(|mut file| {
        file.write_all(&[b'a'; 4096])?;
        file.sync_all()
    });
    let took = clock.instant().saturating_duration_since(started);
    let removed = fs::remove_file(&path);
    written.and(removed)?;
    Ok(took)
}

/// Bytes that programs can still have, and all, in the text of `/proc/meminfo`. Kernels before 3.14 do not sum the former up.
pub fn memory(text: &str) -> Option<(u64, u64)> {
    let of = |name: &str| -> Option<u64> {
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
        line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
    };
    let free = of("MemAvailable").or_else(|| {
        let parts = ["Buffers", "Cached"].into_iter().filter_map(of);
        Some(parts.fold(of("MemFree")?, u64::saturating_add))
    });
    Some((free?, of("MemTotal")?))
}

/// The file system of a folder, in the text of `/proc/self/mounts`: the last line with the longest way to it.
pub fn file_system<'t>(text: &'t str, folder: &Path) -> Option<&'t str> {
    let mounts = text.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        // Spaces of a path are written as `\040`.
        Some((words.next()?.replace("\\040", " "), words.next()?))
    });
    let mine = mounts.filter(|(place, _)| folder.starts_with(place));
    mine.max_by_key(|(place, _)| place.len()).map(|(_, kind)| kind)
}

fn port(address: SocketAddr) -> Port {
    match TcpListener::bind(address) {
        Ok(_) => Port::Free,
        Err(error) => match error.kind() {
            // A low port that a service opened is refused to whoever may not open it, not told to be in use.
            io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied if is_ours(address) => Port::Ours,
            io::ErrorKind::AddrInUse => Port::Taken,
            io::ErrorKind::PermissionDenied => Port::Forbidden,
            _ => Port::Refused,
        },
    }
}

/// Whether what listens there answers to `/healthz` as our server does.
fn is_ours(address: SocketAddr) -> bool {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => std::net::Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => std::net::Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    let ask = || -> io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&(ip, address.port()).into(), PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.write_all(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")?;
        let mut reply = String::new();
        stream.take(4096).read_to_string(&mut reply)?;
        Ok(reply)
    };
    // One that listens on an address of the network and shows operations to this machine alone refuses politely.
    ask().is_ok_and(|reply| reply.ends_with("\r\n\r\nok\n") || reply.contains("Amauta"))
}

fn base(path: &Path) -> Option<Base> {
    match path.try_exists() {
        Ok(false) => Some(match school::hurt::laid_aside(path) {
            Some(aside) => Base::Damaged(aside.display().to_string()),
            None => Base::Absent,
        }),
        Err(_) => None,
        Ok(true) => Some(match quick_check(path) {
            Ok(None) => Base::Whole,
            Ok(Some(found)) => Base::Damaged(found),
            Err(error) => Base::Damaged(error.to_string()),
        }),
    }
}

fn records(path: &Path) -> Option<Base> {
    let newer = || school::version_of(path).is_ok_and(|version| version > school::VERSION);
    base(path).map(|base| if base == Base::Whole && newer() { Base::Newer } else { base })
}

/// How many packs are in, and the first files of them that cannot be read or are not as they came. Reads all of them.
pub fn packs(data: &Path) -> (usize, Vec<String>) {
    let (packs, problems) = packs::installed(data);
    let mut hurt: Vec<String> = problems.into_iter().map(|problem| problem.file).collect();
    for pack in &packs {
        let found = packs::verify(&pack.root).problems.into_iter();
        hurt.extend(found.map(|problem| pack.root.join(problem.file).display().to_string()));
    }
    hurt.truncate(MOST_FILES);
    (packs.len(), hurt)
}

/// Addresses by which others in the network reach this machine, IPv4 first. Those that need the name of an interface after
/// them, which browsers do not take, are left out.
pub fn own_addresses() -> Vec<IpAddr> {
    let all = if_addrs::get_if_addrs().unwrap_or_default();
    let mut ours: Vec<IpAddr> = all.into_iter().map(|interface| interface.ip()).collect();
    ours.retain(|ip| match ip {
        IpAddr::V4(ip) => !ip.is_loopback() && !ip.is_link_local(),
        IpAddr::V6(ip) => !ip.is_loopback() && !ip.is_unicast_link_local(),
    });
    ours.sort_unstable_by_key(|ip| (ip.is_ipv6(), *ip));
    ours
}

/// Asks in a thread: a resolver without network may take longer than anybody waits.
fn name(ours: &[IpAddr]) -> Option<Name> {
    let (tell, told) = mpsc::channel();
    std::thread::Builder::new()
        .spawn(move || tell.send((NAME, 80).to_socket_addrs().map(Vec::from_iter).unwrap_or_default()).ok())
        .ok()?;
    let Ok(found) = told.recv_timeout(PATIENCE) else { return Some(Name::Nowhere) };
    let here = |address: &SocketAddr| address.ip().is_loopback() || ours.contains(&address.ip());
    Some(match found.first() {
        None => Name::Nowhere,
        Some(_) if found.iter().any(here) => Name::Here,
        // An address that only counts on its own wire is not compared.
        Some(SocketAddr::V6(v6)) if v6.ip().is_unicast_link_local() => Name::Nowhere,
        Some(_) => Name::Elsewhere,
    })
}

/// The first interface and its level in dBm, in the text of `/proc/net/wireless`.
pub fn wifi(text: &str) -> Option<(String, i32)> {
    let (interface, figures) = text.lines().nth(2)?.split_once(':')?;
    let level = figures.split_whitespace().nth(2)?.trim_end_matches('.').parse().ok()?;
    Some((interface.trim().to_owned(), level))
}

/// Whether a line of `/proc/swaps` names a memory card.
pub fn swap_on_card(text: &str) -> bool {
    text.lines().skip(1).any(|line| line.starts_with("/dev/mmcblk"))
}

/// The greatest number that a file `name` holds in any folder of `folder`; hexadecimal ones begin with `0x`.
fn worst(folder: &str, name: &str) -> Option<u32> {
    let folders = fs::read_dir(folder).ok()?.flatten();
    let texts = folders.filter_map(|entry| fs::read_to_string(entry.path().join(name)).ok());
    let number = |text: String| match text.trim().strip_prefix("0x") {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => text.trim().parse().ok(),
    };
    texts.filter_map(number).max()
}
