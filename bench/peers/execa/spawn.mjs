// execa with its defaults, but for the environment and stdin, which are those of the other peers.
import { execa } from "execa";
import { flatOut } from "../../tools/flat-out.mjs";

const options = { env: {}, extendEnv: false, stdin: "ignore", stripFinalNewline: false };
await flatOut((done) => {
  execa("/bin/echo", ["hello"], options).then(
    ({ stdout }) => done(stdout),
    (error) => done(error.message),
  );
});
