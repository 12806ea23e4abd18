#!/bin/sh
# Builds amauta_VERSION_ARCH.deb from a finished binary: build.sh BINARY [ARCH] [FOLDER] [RUNS]
# RUNS is the same version for this machine, asked for the settings when BINARY is for another. The same input gives the same bytes.
set -eu
binary=${1:?usage: build.sh BINARY [ARCH] [FOLDER] [RUNS]}
arch=${2:-$(dpkg --print-architecture)}
out=${3:-.}
runs=${4:-$binary}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$root/Cargo.toml" | head -n 1)-1
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2> /dev/null || stat -c %Y "$root/CHANGELOG.md")}
export SOURCE_DATE_EPOCH
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
chmod 755 "$tree"
umask 022
doc=$tree/usr/share/doc/amauta
mkdir -p "$tree/DEBIAN" "$tree/usr/bin" "$tree/usr/lib/systemd/system" "$tree/etc/amauta" "$doc" \
    "$tree/usr/share/man/man1" "$tree/usr/share/lintian/overrides"
install -m 755 "$binary" "$tree/usr/bin/amauta"
install -m 644 "$root/deploy/systemd/amauta.service" "$tree/usr/lib/systemd/system/"
sh "$root/deploy/settings.sh" "$runs" > "$tree/etc/amauta/amauta.toml"
install -m 644 "$here/copyright" "$doc/copyright"
install -m 644 "$here/lintian-overrides" "$tree/usr/share/lintian/overrides/amauta"
gzip -9n < "$here/amauta.1" > "$tree/usr/share/man/man1/amauta.1.gz"
gzip -9n < "$root/CHANGELOG.md" > "$doc/changelog.gz"
gzip -9n > "$doc/changelog.Debian.gz" << END
amauta ($version) unstable; urgency=medium

  * What changed for people stands in changelog.gz beside this file.

 -- Proyecto Amauta <amauta@localhost>  $(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")
END
echo /etc/amauta/amauta.toml > "$tree/DEBIAN/conffiles"
# A dynamic program names its loader in its first page, and the newest functions of the C library by version.
depends=
if head -c 4096 "$binary" | grep -aq ld-linux; then
    needed=$(grep -ao 'GLIBC_2\.[0-9]*' "$binary" | sort -u -t . -k 2 -n | tail -n 1)
    depends="Depends: libc6 (>= ${needed#GLIBC_}), libgcc-s1"
fi
(cd "$tree" && find etc usr -type f -print | LC_ALL=C sort | xargs md5sum) > "$tree/DEBIAN/md5sums"
cat > "$tree/DEBIAN/control" << END
Package: amauta
Version: $version
Architecture: $arch
Maintainer: Proyecto Amauta <amauta@localhost>
Installed-Size: $(du -sk --apparent-size "$tree" | cut -f 1)
${depends:+$depends
}Section: web
Priority: optional
Description: school portal in Spanish and Quechua, offline
 Serves internet-safety lessons and a school's own library over plain HTTP
 to old laptops, without internet.
END
install -m 755 "$here/postinst" "$here/prerm" "$here/postrm" "$tree/DEBIAN/"
dpkg-deb --root-owner-group -Zxz --build "$tree" "$out/amauta_${version}_$arch.deb"
