# The gateway in a container: npm run package && docker build -t urocket .
# Debian 12: the server library of Node 20 runs on its glibc, those of Node 22 and 24 need a newer one.
FROM node:20-bookworm-slim

# Nothing is compiled, and no script runs.
COPY urocket-*.tgz /tmp/
RUN npm install --global --ignore-scripts --no-audit --no-fund /tmp/urocket-*.tgz \
  && rm -rf /tmp/urocket-*.tgz /root/.npm

# Your programs, and what they need, go here: COPY scripts /srv/scripts
COPY deploy/container.yaml /etc/urocket/urocket-service.yaml
RUN install -d -o node -g node -m 0750 /run/urocket

USER node
WORKDIR /srv
EXPOSE 8080 9090

# PID 1 is the gateway itself: it answers to signals and reaps what is orphaned, so no init stands before it.
STOPSIGNAL SIGTERM
CMD ["urocket", "run", "-c", "/etc/urocket/urocket-service.yaml"]
