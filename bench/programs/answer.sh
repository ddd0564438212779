#!/bin/sh
# The seed's way: a shell script that posts its argument as the answer.
exec curl --silent --fail --output /dev/null --unix-socket "$UROCKET_SOCKET" \
  --header "Content-Type: application/json" --data-binary "$1" "http://internal/urhttp/$REQUEST_ID"
