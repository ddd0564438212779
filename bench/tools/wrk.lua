-- What wrk sends, and its figures as one line of JSON. Arguments: verb, bytes of the body (0: none).
function init(args)
  wrk.method = args[1]
  local bytes = tonumber(args[2])
  if bytes > 0 then
    wrk.body = '"' .. string.rep("x", bytes - 2) .. '"'
    wrk.headers["Content-Type"] = "application/json"
  end
  -- The request is built once.
  local request_text = wrk.format()
  request = function() return request_text end
end

function done(summary, latency)
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print(string.format(
    'figures {"requests": %d, "perSecond": %.3f, "p50": %.3f, "p99": %.3f, "failures": %d}',
    summary.requests,
    summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3,
    failures
  ))
end
