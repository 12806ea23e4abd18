"""A class against a server that has little: thirty pupils who read and answer, thirty teachers who log in at the same second, a
teacher who brings 50 MB. usage: class.py ADDRESS CODE [PUPILS]

Prints one line for each of them and fails at any answer that is not the one to be had. Needs nothing but Python."""

import http.client, re, statistics, sys, threading, time, urllib.parse

ADDRESS, CODE = sys.argv[1], sys.argv[2]
PUPILS = int(sys.argv[3]) if len(sys.argv) > 3 else 30
PASSWORD = "tres llamas verdes"
BYTES = 50 * 1000 * 1000
PIECE = 64 * 1024
errors, times = [], {}


class Browser:
    """Keeps its cookies."""

    def __init__(self):
        self.cookies, self.page = {}, ""

    def ask(self, what, method, path, body=None, headers=(), expected=(200,)):
        line = http.client.HTTPConnection(ADDRESS, timeout=120)
        headers = dict(headers)
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        began = time.monotonic()
        line.request(method, path, body, headers)
        answer = line.getresponse()
        self.page = answer.read().decode("utf-8", "replace")
        line.close()
        times.setdefault(what, []).append(time.monotonic() - began)
        for cookie in answer.headers.get_all("set-cookie") or ():
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        if answer.status not in expected:
            raise AssertionError(f"{method} {path}: {answer.status}")
        return answer

    def send(self, what, path, fields, expected=(303,)):
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask(what, "POST", path, urllib.parse.urlencode(fields), headers, expected)

    def seal(self):
        return re.search(r'name="sello" value="([^"]*)"', self.page).group(1)


def technician():
    """The first account; its hash is measured to the machine before anybody waits for one."""
    browser = Browser()
    browser.ask("form", "GET", "/es/primera-vez")
    person = {"nombre": "Rosa", "usuario": "rosa", "clave": PASSWORD, "otra": PASSWORD}
    browser.send("log-in", "/es/primera-vez", {"sello": browser.seal(), "codigo": CODE, **person})
    return browser


def reads(number):
    browser = Browser()
    for lang in ("es", "qu"):
        for screen in range(1, 9):
            browser.ask("page", "GET", f"/{lang}/lecciones/mi-frase-clave/{screen}")
        browser.send("answer", f"/{lang}/lecciones/mi-frase-clave/8/pregunta/1", {"r": str(number % 3)}, (200,))
        browser.ask("search", "GET", f"/{lang}/recursos?q=agua")


def logs_in(_number):
    browser = Browser()
    for again in range(60):
        browser.ask("form", "GET", "/es/entrar")
        fields = {"sello": browser.seal(), "usuario": "rosa", "clave": PASSWORD}
        # Many at once: who is one too many is told so, and tries again as a person does.
        answer = browser.send("log-in", "/es/entrar", fields, (303, 429, 503))
        if answer.status == 303:
            return
        time.sleep(1)
    raise AssertionError("nobody let this teacher in")


def pieces(fields, name):
    start = "".join(f'--clase\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items())
    start += f'--clase\r\nContent-Disposition: form-data; name="archivo"; filename="{name}"\r\n\r\n'
    end = "\r\n--clase--\r\n"
    return start.encode(), end.encode()


def brings(browser):
    browser.ask("form", "GET", "/es/taller/nuevo/archivo")
    start, end = pieces({"sello": browser.seal(), "revision": "0", "titulo-es": "Película"}, "pelicula.mp4")
    head = b"\0\0\0\x18ftypisom\0\0\2\0isomiso2"
    headers = {"Content-Type": "multipart/form-data; boundary=clase", "Content-Length": str(len(start) + BYTES + len(end))}

    def body():
        yield start + head
        left = BYTES - len(head)
        while left:
            piece = bytes(min(PIECE, left))
            left -= len(piece)
            yield piece
        yield end

    answer = browser.ask("upload", "POST", "/es/taller/nuevo/archivo", body(), headers, (303,))
    browser.ask("form", "GET", answer.headers["location"])
    if "Película" not in browser.page:
        raise AssertionError("what was brought is not there")


def run(work, *arguments):
    try:
        work(*arguments)
    except Exception as error:  # whatever it is, it is a failure
        errors.append(f"{work.__name__}: {type(error).__name__}: {error}")


def together(jobs):
    threads = [threading.Thread(target=run, args=job) for job in jobs]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - began


rosa = technician()
whole = together([(reads, number) for number in range(PUPILS)] + [(brings, rosa)])
print(f"{PUPILS} pupils read and answer while a teacher brings 50 MB: {whole:.1f} s")
whole = together([(logs_in, number) for number in range(PUPILS)] + [(reads, number) for number in range(5)])
print(f"{PUPILS} log in at the same second while five read: the last is in after {whole:.1f} s")
for what, each in sorted(times.items()):
    each.sort()
    print(f"{what}: {len(each)}, p50 {statistics.median(each):.3f} s, worst {each[-1]:.3f} s")
for error in errors[:10]:
    print("ERROR", error)
print(f"worst-page {max(times.get('page', [99])):.3f}")
sys.exit(bool(errors))
