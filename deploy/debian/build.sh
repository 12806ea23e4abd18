#!/bin/sh
# Builds amauta_VERSION_ARCH.deb from a finished binary: build.sh BINARY [ARCH] [FOLDER]
set -eu
binary=${1:?usage: build.sh BINARY [ARCH] [FOLDER]}
arch=${2:-$(dpkg --print-architecture)}
out=${3:-.}
root=$(cd "$(dirname "$0")/../.." && pwd)
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$root/Cargo.toml" | head -n 1)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
chmod 755 "$tree"
umask 022
mkdir -p "$tree/DEBIAN" "$tree/usr/bin" "$tree/usr/lib/systemd/system" "$tree/etc/amauta" "$tree/usr/share/doc/amauta"
install -m 755 "$binary" "$tree/usr/bin/amauta"
install -m 644 "$root/deploy/systemd/amauta.service" "$tree/usr/lib/systemd/system/"
# The binary writes its own template, so it must run on this machine.
sh "$root/deploy/settings.sh" "$binary" > "$tree/etc/amauta/amauta.toml"
{
    echo "Code: MIT or Apache-2.0, as you like. Lessons, texts and drawings: CC BY-SA 4.0."
    echo
    cat "$root/LICENSE-MIT"
    echo
    echo "Apache-2.0: /usr/share/common-licenses/Apache-2.0"
    echo
    cat "$root/LICENSE-LESSONS"
} > "$tree/usr/share/doc/amauta/copyright"
gzip -9n < "$root/CHANGELOG.md" > "$tree/usr/share/doc/amauta/changelog.gz"
echo /etc/amauta/amauta.toml > "$tree/DEBIAN/conffiles"
cat > "$tree/DEBIAN/control" <<EOF
Package: amauta
Version: $version
Architecture: $arch
Maintainer: Amauta <amauta@localhost>
Installed-Size: $(du -sk "$tree" | cut -f 1)
Depends: libc6
Section: web
Priority: optional
Description: school portal in Spanish and Quechua, offline
 Serves internet-safety lessons and a school's own library over plain HTTP
 to old laptops, without internet.
EOF
cat > "$tree/DEBIAN/postinst" <<'EOF'
#!/bin/sh
set -e
if [ "$1" = configure ] && [ -d /run/systemd/system ]; then
    systemctl daemon-reload
    systemctl enable amauta.service
    systemctl restart amauta.service
fi
EOF
cat > "$tree/DEBIAN/prerm" <<'EOF'
#!/bin/sh
set -e
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
    systemctl disable --now amauta.service
fi
EOF
cat > "$tree/DEBIAN/postrm" <<'EOF'
#!/bin/sh
set -e
if [ "$1" = purge ]; then
    rm -rf /var/lib/amauta /var/lib/private/amauta
fi
if [ -d /run/systemd/system ]; then
    systemctl daemon-reload
fi
EOF
chmod 755 "$tree/DEBIAN/postinst" "$tree/DEBIAN/prerm" "$tree/DEBIAN/postrm"
dpkg-deb --root-owner-group --build "$tree" "$out/amauta_${version}_$arch.deb"
