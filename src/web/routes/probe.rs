//! Addresses that phones and laptops ask for by themselves, at names of their makers, to learn whether a Wi-Fi leads to the
//! internet. They come here where the school's network answers for every name (`deploy/hotspot`).

/// Such an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Probe {
    /// Android and Chrome OS.
    Android,
    /// The same, the older and shorter address.
    Google,
    /// iOS and macOS.
    Apple,
    /// The same, of older ones.
    AppleLibrary,
    /// Windows since 10.
    Windows,
    /// Windows 7 and 8.
    WindowsOld,
    /// The page that Windows opens when there is one to sign in.
    WindowsPage,
    /// Firefox.
    Firefox,
    /// Firefox, when it looks for the page to sign in.
    FirefoxPage,
    /// GNOME and other Linux desktops.
    Gnome,
}

impl Probe {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Android,
        Self::Google,
        Self::Apple,
        Self::AppleLibrary,
        Self::Windows,
        Self::WindowsOld,
        Self::WindowsPage,
        Self::Firefox,
        Self::FirefoxPage,
        Self::Gnome,
    ];

    pub(super) fn parse(segments: &[&str]) -> Option<Self> {
        let is = |probe: &Self| probe.path().split('/').skip(1).eq(segments.iter().copied());
        Self::ALL.into_iter().find(is)
    }

    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Android => "/generate_204",
            Self::Google => "/gen_204",
            Self::Apple => "/hotspot-detect.html",
            Self::AppleLibrary => "/library/test/success.html",
            Self::Windows => "/connecttest.txt",
            Self::WindowsOld => "/ncsi.txt",
            Self::WindowsPage => "/redirect",
            Self::Firefox => "/success.txt",
            Self::FirefoxPage => "/canonical.html",
            Self::Gnome => "/check_network_status.txt",
        }
    }

    /// What its maker's server answers; `None` is 204 without a body. Programs compare it letter by letter.
    pub fn expected(self) -> Option<&'static str> {
        match self {
            Self::Android | Self::Google => None,
            Self::Apple | Self::AppleLibrary => {
                Some("<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>")
            }
            Self::Windows | Self::WindowsPage => Some("Microsoft Connect Test"),
            Self::WindowsOld => Some("Microsoft NCSI"),
            Self::Firefox => Some("success\n"),
            Self::FirefoxPage => Some(
                "<meta http-equiv=\"refresh\" content=\"0;url=https://support.mozilla.org/kb/captive-portal\"/>",
            ),
            Self::Gnome => Some("NetworkManager is online\n"),
        }
    }

    /// Whether the answer is a page; else it is plain text.
    pub fn is_page(self) -> bool {
        matches!(self, Self::Apple | Self::AppleLibrary | Self::FirefoxPage)
    }
}
