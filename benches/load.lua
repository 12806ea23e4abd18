-- For wrk: asks for the addresses of a file one after another, each once before any comes again, and tells how long they took.
-- ADDRESSES: the file, one path a line. PAUSE: milliseconds each client waits before it asks (0: it does not).
local paths, at = {}, 0
local pause = tonumber(os.getenv("PAUSE") or "0")

function init()
  for line in io.lines(os.getenv("ADDRESSES")) do paths[#paths + 1] = line end
end

function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end

if pause > 0 then
  function delay() return pause / 2 + math.random(0, pause) end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %.2f %.2f %.1f %d %d\n", latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.requests / summary.duration * 1e6, summary.requests,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
