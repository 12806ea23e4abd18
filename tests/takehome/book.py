"""A book is opened by the reader of Sugar's Read, without a window. usage: book.py FILE.epub ..."""
import os
import sys
import types

import gi

gi.require_version("Gtk", "3.0")

# The package itself would ask for a browser; its reader of books needs none.
package = types.ModuleType("epubview")
package.__path__ = ["/usr/share/sugar/activities/Read.activity/epubview"]
sys.modules["epubview"] = package

from epubview.epub import _Epub

for path in sys.argv[1:]:
    book = _Epub(path)
    pages = book.get_flattoc()
    folder = book.get_basedir()
    for page in pages:
        assert os.path.isfile(os.path.join(folder, page)), page
    print(f"Read opens {os.path.basename(path)}: {len(pages)} pages")
    book.close()
