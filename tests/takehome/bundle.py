"""A content bundle is opened and installed by Sugar's own toolkit. usage: bundle.py FILE.xol ..."""
import io
import os
import sys
import urllib.parse
import urllib.request

from sugar3.bundle import bundle
from sugar3.bundle.contentbundle import ContentBundle

# The toolkit gives ConfigParser the bytes of a zipped .info, which Python 3 refuses: a mistake of its own, of 0.120.
given = bundle.Bundle.get_file


def get_file(self, name):
    found = given(self, name)
    return io.StringIO(found.read().decode("utf-8")) if found and name.endswith(".info") else found


bundle.Bundle.get_file = get_file

for path in sys.argv[1:]:
    name = os.path.basename(path).removesuffix(".xol")
    opened = ContentBundle(path)
    assert opened.get_bundle_id() == "pe.amauta." + name, opened.get_bundle_id()
    assert opened.get_name() and opened.get_locale() == "es", (opened.get_name(), opened.get_locale())
    assert opened.get_icon() is None, "an icon that is not there stops the toolkit"
    installed = ContentBundle(opened.install())
    start = urllib.parse.urlparse(installed.get_start_uri())
    assert start.scheme == "file", start
    with open(urllib.request.url2pathname(start.path), encoding="utf-8") as page:
        assert opened.get_name() in page.read(), start
    print(f"Sugar installs {name}: {opened.get_name()}, version {opened.get_library_version()}")
