#!/bin/sh
# Gives a receipt for whatever it is sent: size, checksum, and the payload itself.
set -eu
: "$REQUEST_ID" "$UROCKET_SOCKET"

for payload; do :; done # The payload is the last argument.
bytes=$(printf %s "$payload" | wc -c)
sha256=$(printf %s "$payload" | sha256sum | cut -d ' ' -f 1)

# Standard input without its last newline, as a JSON string.
json_string() {
  LC_ALL=C awk '
    { gsub(/["\\]/, "\\\\&")
      for (code = 1; code < 32; code++) gsub(sprintf("%c", code), sprintf("\\\\u%04x", code))
      printf "%s%s", NR == 1 ? "\"" : "\\n", $0 }
    END { printf "\"" }'
}

quoted=$(printf '%s\n' "$payload" | json_string)

# The answer. It goes through a pipe because an argument is bounded; curl fails, and so does this, unless it is taken.
printf '{"bytes":%d,"sha256":"%s","payload":%s}' "$bytes" "$sha256" "$quoted" |
  curl --fail --silent --show-error --output /dev/null \
    --unix-socket "$UROCKET_SOCKET" "http://internal/urhttp/$REQUEST_ID" \
    --header 'Content-Type: application/json' --data-binary @-
