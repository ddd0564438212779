import { isIPv6, SocketAddress } from "node:net";

/** The address that uWebSockets gives as bytes of text, in its shortest form: it writes IPv6 with all its zeros. */
export function addressText(bytes: ArrayBuffer): string {
  const text = Buffer.from(bytes).toString("latin1");
  if (!isIPv6(text)) return text;
  const { address } = new SocketAddress({ address: text, family: "ipv6" });
  // An IPv4 peer of a socket that takes both.
  return address.replace(/^::ffff:(?=[\d.]+$)/, "");
}
