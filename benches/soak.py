"""A class and its teacher, and what the program takes meanwhile. usage: soak.py PORT PID CODE MINUTES PAUSE

Told once a minute (more often in a short run): memory of its own (RssAnon), all memory (VmRSS), open files, threads, requests.
The limits hold between the second quarter of the time and the last, of each the median: what the first requests of everybody
need is there by then. In less than ten minutes that is not sure, so a short run fails at gross leaks alone."""

import collections, http.client, os, random, re, statistics, sys, threading, time, urllib.parse

PORT, PID, CODE = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
SECONDS, PAUSE = float(sys.argv[4]) * 60, float(sys.argv[5])
PUPILS = 30
MOST_PUBLISHED = 8
# What may be added between the two quarters.
LIMITS = {"RssAnon": 1024, "VmRSS": 2048, "files": 8, "threads": 1}
if SECONDS < 600:
    LIMITS |= {"RssAnon": 6144, "VmRSS": 8192}
PASSWORD = "tres llamas verdes"

begun = time.monotonic()
ends = begun + SECONDS
requests = collections.Counter()
slowest = collections.defaultdict(float)
errors = []


class Browser:
    """Keeps its connection and its cookies."""

    def __init__(self):
        self.line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        self.cookies = {}
        self.page = ""

    def ask(self, method, path, body=None, headers=(), expected=(200,)):
        headers = dict(headers)
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        for again in (False, True):
            try:
                asked = time.monotonic()
                self.line.request(method, path, body, headers)
                answer = self.line.getresponse()
                content = answer.read()
                break
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                # A kept connection may end between two requests; a new one may not.
                fresh = self.line.sock is None
                self.line.close()
                if again or fresh:
                    raise
        kind = path.split("?")[0].split("/")[1:3][-1]
        slowest[kind] = max(slowest[kind], time.monotonic() - asked)
        requests[answer.status] += 1
        for cookie in answer.headers.get_all("set-cookie") or ():
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        if answer.status not in expected:
            raise AssertionError(f"{method} {path}: {answer.status}")
        self.page = content.decode("utf-8", "replace")
        return answer

    def send(self, path, fields, expected=(303,)):
        body = urllib.parse.urlencode(fields)
        return self.ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"}, expected)

    def seal(self):
        return re.search(r'name="sello" value="([^"]*)"', self.page).group(1)


def pupil(number):
    browser = Browser()
    chance = random.Random(number)
    browser.ask("GET", "/es/recursos")
    lessons = sorted(set(re.findall(r'href="/es/lecciones/([a-z0-9-]+)"', browser.page)))
    words = ["agua", "clave", "yaku", "mensaje", "familia", "foto", "contrasena", "qillqa", "noticia"]
    while time.monotonic() < ends:
        lang, lesson = chance.choice(["es", "qu"]), chance.choice(lessons)
        deed = chance.random()
        if deed < 0.5:
            browser.ask("GET", f"/{lang}/lecciones/{lesson}")
            for screen in range(1, chance.randint(2, 5)):
                browser.ask("GET", f"/{lang}/lecciones/{lesson}/{screen}", expected=(200, 303, 404))
                time.sleep(chance.random() * PAUSE)
        elif deed < 0.7:
            query = urllib.parse.quote(chance.choice(words) + chance.choice(["", " " + chance.choice(words)]))
            browser.ask("GET", f"/{lang}/recursos?q={query}")
        elif deed < 0.85:
            question = f"/{lang}/lecciones/mi-frase-clave/8/pregunta/1"
            browser.ask("GET", "/es/lecciones/mi-frase-clave/8")
            browser.send(question, {"r": "0"}, expected=(200, 303, 400))
        elif deed < 0.97:
            browser.ask("GET", chance.choice(["/", f"/{lang}/", f"/{lang}/ayuda", f"/{lang}/glosario", "/opds"]), expected=(200, 302, 303))
        else:
            browser.ask("GET", f"/descargas/{lesson}.epub", expected=(200, 404))
        time.sleep(chance.random() * PAUSE)


def teacher():
    browser = Browser()
    browser.ask("GET", "/es/primera-vez")
    browser.send("/es/primera-vez", {
        "sello": browser.seal(), "codigo": CODE, "nombre": "Rosa", "usuario": "rosa", "clave": PASSWORD, "otra": PASSWORD,
    })
    published, made = [], 0
    while time.monotonic() < ends:
        made += 1
        browser.ask("GET", "/es/taller/nuevo/archivo")
        fields = {
            "sello": browser.seal(), "revision": "0", "titulo-es": f"Material {made}", "resumen-es": "Para la clase", "grado": "p4",
            "area": "comunicacion", "publico": "estudiante", "licencia": "CC-BY-SA-4.0", "autores": "Rosa",
        }
        file = "{\\rtf1 Agua limpia " + f"{made} " + "x" * random.randint(0, 200_000) + "}"
        parts = [("name=\"%s\"" % name, value) for name, value in fields.items()]
        parts.insert(1, ('name="archivo"; filename="plan.rtf"', file))
        body = "".join(f"--soak\r\nContent-Disposition: form-data; {name}\r\n\r\n{value}\r\n" for name, value in parts) + "--soak--\r\n"
        answer = browser.ask("POST", "/es/taller/nuevo/archivo", body.encode(), {"Content-Type": "multipart/form-data; boundary=soak"}, (303,))
        work = answer.headers["location"]
        step(browser, work, "publish")
        published.append(work)
        browser.ask("GET", "/es/recursos?q=agua")
        if len(published) > MOST_PUBLISHED:
            step(browser, published.pop(0), "withdraw")
        if made % 5 == 0:
            browser.ask("GET", "/es/tecnico")
            browser.ask("GET", "/es/cuenta")
            browser.send("/es/salir", {"sello": browser.seal()})
            browser.ask("GET", "/es/entrar")
            browser.send("/es/entrar", {"sello": browser.seal(), "usuario": "rosa", "clave": PASSWORD})
        time.sleep(min(5, 5 * PAUSE))


def step(browser, work, action):
    browser.ask("GET", work)
    revision = re.search(r'name="revision" value="([^"]*)"', browser.page)
    browser.send(work, {"sello": browser.seal(), "accion": action, "revision": revision.group(1) if revision else "1"})


def run(work, *arguments):
    try:
        work(*arguments)
    except Exception as error:  # whatever it is, it is a failure
        errors.append(f"{work.__name__}: {type(error).__name__}: {error}")


def measure():
    status = open(f"/proc/{PID}/status").read()
    figure = lambda name: int(re.search(rf"^{name}:\s+(\d+)", status, re.M).group(1))
    return {
        "RssAnon": figure("RssAnon"), "VmRSS": figure("VmRSS"),
        "files": len(os.listdir(f"/proc/{PID}/fd")), "threads": figure("Threads"),
    }


everybody = [threading.Thread(target=run, args=(pupil, number)) for number in range(PUPILS)] + [threading.Thread(target=run, args=(teacher,))]
for thread in everybody:
    thread.start()
taken = []
# The sampling is denser than what is told: a median of few figures tells little.
every = min(5, SECONDS / 60)
told = begun - SECONDS
print("minute  RssAnon KB  VmRSS KB  files  threads  requests")
while time.monotonic() < ends and not errors:
    time.sleep(every)
    try:
        now = measure()
    except OSError as error:
        errors.append(f"the program has ended: {error}")
        break
    taken.append(now)
    if time.monotonic() - told >= min(60, SECONDS / 6):
        told = time.monotonic()
        print(f"{(told - begun) / 60:6.1f}  {now['RssAnon']:10}  {now['VmRSS']:8}  {now['files']:5}  {now['threads']:7}  {sum(requests.values())}", flush=True)
ends = min(ends, time.monotonic())
for thread in everybody:
    thread.join()
quarter = len(taken) // 4
over = False
if quarter and not errors:
    for name, limit in LIMITS.items():
        early = statistics.median(each[name] for each in taken[quarter : 2 * quarter])
        late = statistics.median(each[name] for each in taken[-quarter:])
        grown = late - early
        over |= grown > limit
        print(f"{name}: {early:g} in the second quarter, {late:g} in the last: {grown:+g}, limit +{limit}{'  OVER' if grown > limit else ''}")
print("answers by status:", dict(sorted(requests.items())), " slowest, s:", {kind: round(time_, 2) for kind, time_ in sorted(slowest.items(), key=lambda each: -each[1])[:5]})
for error in errors:
    print("ERROR", error)
sys.exit(bool(errors or over))
