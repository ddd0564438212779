import type { ChannelName } from "../../lib/channels/channel.ts";
import type { Given } from "./given.ts";

/** What the contract suite must know of a channel to hold it to the same promises as the others. */
export interface Subject {
  readonly name: ChannelName;
  /** The payload as the process found it. */
  readonly payload: (given: Given) => Buffer;
  /** Whether it carries bytes of any kind and number. */
  readonly bytes: boolean;
  /** Whether the encoding base64 makes sense for it. */
  readonly base64: boolean;
  /** Names of the variables that it adds for a request without headers, beside those of every process. */
  readonly variables: readonly string[];
  /** Descriptors beside 0, 1 and 2. */
  readonly descriptors: readonly string[];
  /** What the payload of a request without body and query is. */
  readonly empty: string;
}

/** All channels. */
export const SUBJECTS: readonly Subject[] = [
  {
    name: "cmdline",
    payload: ({ argv }) => Buffer.from(argv.at(-1) ?? "no argument"),
    bytes: false,
    base64: true,
    variables: [],
    descriptors: [],
    empty: "{}",
  },
  {
    name: "stdin",
    payload: ({ stdin }) => stdin,
    bytes: true,
    base64: true,
    variables: [],
    descriptors: [],
    empty: "{}",
  },
  {
    name: "env",
    payload: ({ env }) => Buffer.from(env.JSONPAYLOAD ?? "no variable"),
    bytes: false,
    base64: true,
    variables: ["JSONPAYLOAD"],
    descriptors: [],
    empty: "{}",
  },
  {
    name: "file",
    payload: ({ file }) => file ?? Buffer.from("no file"),
    bytes: true,
    base64: true,
    variables: ["UROCKET_PAYLOADFILE"],
    descriptors: ["3"],
    empty: "{}",
  },
  {
    name: "cgi",
    payload: ({ stdin }) => stdin,
    bytes: true,
    base64: false,
    variables: [
      ..."CONTENT_LENGTH GATEWAY_INTERFACE PATH_INFO QUERY_STRING REMOTE_ADDR REQUEST_METHOD REQUEST_URI".split(" "),
      ..."SCRIPT_NAME SERVER_NAME SERVER_PORT SERVER_PROTOCOL SERVER_SOFTWARE".split(" "),
    ],
    descriptors: [],
    empty: "",
  },
];
