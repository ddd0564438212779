/** A request that the starter configuration answers. */
export const STARTER_REQUEST = "curl localhost:8080/hello/world";

/** The configuration that `urocket init` writes: it runs as it is, and tells by example what can be changed. */
export const STARTER = `# A service of urocket: which executable answers which request.
#
#   urocket check                     tells mistakes, and what would run
#   urocket dry /hello/world          tells what would run for one request
#   urocket                           runs it; then, from another shell:
#   ${STARTER_REQUEST}
#
# Every key: docs/configuration.md of urocket.

servicename: hello

# Where callers come in. For others than this machine's own: host: 0.0.0.0
port: 8080

# Where processes may post their answers; relative to the folder of this file.
socketpath: urocket.sock

# What every route starts from; a route that says otherwise wins.
defaults:
  # Then the process and all that it started get SIGTERM, and half a second later SIGKILL.
  timeout: 5s

paths:
  # What the process prints is the answer.
  /hello/{name}:
    get:
      cmd: [/bin/echo, "hello, {{param.name}}"]
      reply: stdout
      contenttype: text/plain; charset=utf-8

  # The process posts its answer itself, to the socket, under the id of its request, and may go on after it.
  # {{jsonpayload}} is the body of the request: one word and never code, whatever it contains, also inside a script.
  #
  #   curl localhost:8080/answer -d '{"payload":"low"}'
  /answer:
    post:
      cmd:
        - /bin/sh
        - -c
        - |
          curl -sS --unix-socket "$UROCKET_SOCKET" "http://urocket/urhttp/$REQUEST_ID" \\
            -H 'content-type: application/json' --data-raw {{jsonpayload}}
      # Whoever ends without an answer has failed: the caller is told at once.
      onexit: error

  # To be changed: a script of yours, with the body on its standard input and its output in the log.
  # /report:
  #   post:
  #     wd: /srv/scripts
  #     cmd: php report.php
  #     channel: stdin
  #     env: [APP_ENV=production]
  #     timeout: 1m
  #     logstdout: true
`;
