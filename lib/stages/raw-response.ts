/** The part of uWebSockets' response that a call uses. */
export interface RawResponse {
  cork(write: () => void): unknown;
  writeStatus(status: string): unknown;
  writeHeader(name: string, value: string): unknown;
  end(body: string | Uint8Array, closeConnection: boolean): unknown;
  endWithoutBody(): unknown;
  /** Closes the connection at once; `onAborted` is told. */
  close(): unknown;
  tryEnd(rest: Uint8Array, total: number): [ok: boolean, done: boolean];
  getRemoteAddressAsText(): ArrayBuffer;
  getWriteOffset(): number;
  onWritable(write: (offset: number) => boolean): unknown;
  onData(take: (chunk: ArrayBuffer, last: boolean) => void): unknown;
  onAborted(left: () => void): unknown;
}
