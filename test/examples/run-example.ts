import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { TestContext } from "node:test";
import { cmdline } from "../../lib/channels/cmdline.ts";
import { message } from "../channels/message.ts";
import { options, variables } from "../channels/options.ts";
import { cleanUp } from "../helpers/clean-up.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

/** A post that arrived on the reply socket. */
export interface Post {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** How an example went. */
export interface ExampleRun {
  readonly exitCode: number | null;
  readonly stderr: string;
  readonly posts: readonly Post[];
}

/** Runs a program as the channel `cmdline` says, beside a reply socket that takes each post with this status. */
export async function runExample(t: TestContext, program: string, payload: string, status = 200): Promise<ExampleRun> {
  const socketPath = join(temporaryDirectory(t), "reply.sock");
  const posts: Post[] = [];
  const server = createServer(async (request, response) => {
    posts.push(await readPost(request));
    response.writeHead(status).end(status === 200 ? "ok" : "refused");
  });
  cleanUp(t, () => {
    server.close();
    server.closeAllConnections();
  });
  await listen(server, socketPath);
  const spec = cmdline(options({ cmd: [program], socketPath }))(message(payload));
  return { ...(await run(spec.argv, variables(spec.env))), posts };
}

async function readPost(request: IncomingMessage): Promise<Post> {
  const { method, url: path, headers } = request;
  return { method, path, contentType: headers["content-type"], body: await text(request) };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => server.once("error", reject).listen(path, resolve));
}

async function run(argv: readonly string[], env: Record<string, string>): Promise<Omit<ExampleRun, "posts">> {
  const [program = "", ...words] = argv;
  const child = spawn(program, words, { env, stdio: ["ignore", "inherit", "pipe"] });
  const stderr = text(child.stderr);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  return { exitCode, stderr: await stderr };
}
