console.error(
  "pack: expected `npm run package`, which lays out what is published, got `npm pack` or `npm publish` in the sources.\n" +
    "Publish what it writes: `npm publish urocket-VERSION.tgz`.",
);
process.exit(1);
