"""Laptops that read a lesson over a bad network. usage: laptops.py right HOST PORT FILE   (what every byte must be, asked where all is well)
       laptops.py read HOST PORT FILE CLIENTS [relay]

Each opens the first page of a lesson from an address of its own, then the style sheet and the pictures of it, as a browser does; what breaks off is
asked again, as a child presses reload. With `relay`, what they say goes through a relay here that waits, stalls and cuts now and then, for kernels
that lose no frames."""

import hashlib, http.client, json, random, re, socket, sys, threading, time

MODE, HOST, PORT, FILE = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
LESSONS = ["/es/lecciones/mi-frase-clave", "/qu/lecciones/mi-frase-clave"]
ONES = "10.77.0."
TRIES = 8


def get(path, host=HOST, port=PORT, own=None, limit=60):
    line = http.client.HTTPConnection(host, port, timeout=limit, source_address=own)
    line.request("GET", path)
    answer = line.getresponse()
    content = answer.read()
    line.close()
    if answer.status != 200:
        raise OSError(f"{path}: {answer.status}")
    return content


def parts(page):
    """The style sheet and the pictures of a page."""
    text = page.decode()
    found = re.findall(r'<link rel="stylesheet" href="([^"]+)"', text) + re.findall(r'<img[^>]* src="([^"]+)"', text)
    return list(dict.fromkeys(found))


if MODE == "right":
    sums = {}
    for lesson in LESSONS:
        page = get(lesson)
        for path, content in [(lesson, page)] + [(path, get(path)) for path in parts(page)]:
            sums[path] = hashlib.sha256(content).hexdigest()
    json.dump(sums, open(FILE, "w"))
    sys.exit()

right = json.load(open(FILE))
clients, relay = int(sys.argv[5]), "relay" in sys.argv[6:]
times, wrong, again = [], [], [0]


def pump(source, target, chance):
    """Passes on one direction; may stall for a while, and rarely cuts."""
    try:
        while piece := source.recv(1500):
            if chance.random() < 0.03:
                time.sleep(chance.uniform(0.1, 0.6))
            if chance.random() < 0.003:
                break
            target.sendall(piece)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def relayed():
    """A relay that listens here; its port."""
    door = socket.create_server(("127.0.0.1", 0), backlog=256)

    def serve():
        number = 0
        while True:
            caller, _ = door.accept()
            number += 1
            server = socket.create_connection((HOST, PORT))
            for ends in ((caller, server), (server, caller)):
                threading.Thread(target=pump, args=(*ends, random.Random(number)), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    return door.getsockname()[1]


through = ("127.0.0.1", relayed()) if relay else (HOST, PORT)


def laptop(number):
    own = None if relay else (f"{ONES}{101 + number}", 0)
    lesson = LESSONS[number % len(LESSONS)]

    def sure(path):
        for _ in range(TRIES):
            try:
                return get(path, *through, own)
            except (OSError, http.client.HTTPException):
                again[0] += 1
        raise OSError(f"{path}: given up")

    began = time.monotonic()
    try:
        page = sure(lesson)
        whole = [(lesson, page)] + [(path, sure(path)) for path in parts(page)]
        took = time.monotonic() - began
        if any(hashlib.sha256(content).hexdigest() != right.get(path) for path, content in whole):
            wrong.append(lesson)
        times.append(took)
    except OSError as error:
        wrong.append(str(error))


threads = [threading.Thread(target=laptop, args=(number,)) for number in range(clients)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
times.sort()
print(f"pages {len(times)} whole, {again[0]} asked again")
print(f"p50 {times[len(times) // 2]:.2f}" if times else "p50 999")
print(f"worst {times[-1]:.2f}" if times else "worst 999")
print(f"wrong {len(wrong)} {' '.join(wrong[:3])}")
