-- What wrk sends, and its figures as one line of JSON.
wrk.method = "POST"
wrk.body = '{"payload":"low"}'
wrk.headers["Content-Type"] = "application/json"

function done(summary, latency)
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print(string.format(
    'figures {"perSecond": %.3f, "p50": %.3f, "p99": %.3f, "failures": %d}',
    summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3,
    failures
  ))
end
