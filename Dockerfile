# The gateway in a container: npm run package && docker build -t urocket .
# Debian 12: with Node 20 the server library runs on its glibc; with Node 22 and 24 it needs a newer one.
FROM node:20-bookworm-slim AS install

# Nothing is compiled, and no script runs. The package itself stays behind in this stage.
COPY urocket-*.tgz /tmp/
RUN npm install --global --prefix /opt/urocket --ignore-scripts --no-audit --no-fund /tmp/urocket-*.tgz

FROM node:20-bookworm-slim
COPY --from=install /opt/urocket /usr/local

# Your programs, and what they need, go here: COPY scripts /srv/scripts
COPY deploy/container.yaml /etc/urocket/urocket-service.yaml
RUN install -d -o node -g node -m 0750 /run/urocket

USER node
WORKDIR /srv
EXPOSE 8080 9090

# PID 1 is the gateway itself: it answers to signals and reaps what is orphaned, so no init stands before it.
STOPSIGNAL SIGTERM
CMD ["urocket", "run", "-c", "/etc/urocket/urocket-service.yaml"]
