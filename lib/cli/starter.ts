/** The configuration that `urocket init` writes: it runs as it is, and tells by example what can be changed. */
export const STARTER = `# A service of urocket: which executable answers which request.
#
#   urocket check        tells mistakes, and what would run
#   urocket              runs it
#   curl localhost:8080/hello -d '{"name":"world"}'
#
# Every key: docs/configuration.md of urocket.

servicename: hello

# Where callers come in. Another address than this machine's own: host: 0.0.0.0
port: 8080

# Where processes post their answers; relative to the folder of this file.
socketpath: urocket.sock

# What every route starts from; a route that says otherwise wins.
defaults:
  # Then the process and all that it started get SIGTERM, and half a second later SIGKILL.
  timeout: 5s

paths:
  /hello:
    post:
      # The command, word by word. {{jsonpayload}} is the body of the request: always one word and never code, whatever
      # it contains, also inside a script.
      cmd:
        - /bin/sh
        - -c
        - |
          curl -sS --unix-socket "$UROCKET_SOCKET" "http://urocket/urhttp/$REQUEST_ID" \\
            -H 'content-type: application/json' --data-raw {{jsonpayload}}
      # Whoever ends without an answer has failed: the caller is told at once.
      onexit: error

  # Another one, to be changed: what the process prints goes to the log.
  # /report:
  #   post:
  #     wd: /srv/scripts
  #     cmd: php report.php {{jsonpayload}}
  #     env: [APP_ENV=production]
  #     logstdout: true
`;
