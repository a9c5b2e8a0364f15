/** A URL that a user or a vendor's reply has named. */
export interface SafeFetchRequest {
  url: string;
  /** Who named it: decides between InvalidInput and a fault of the provider. */
  namedBy: 'user' | 'vendor';
  /** The field that a user named it in, for `InvalidInput:<field>`. "url" unless given. */
  field?: string;
  /** Origins that the operator has configured (`http://127.0.0.1:8188`): allowed although they are not public. */
  allowOrigins?: readonly string[];
  headers?: Record<string, string>;
  /** 20 MiB unless given. */
  maxBytes?: number;
  /** From the look-up of the name to the last byte, redirects included. 30,000 ms unless given. */
  totalMs?: number;
  signal?: AbortSignal | undefined;
  /** A file that must not exist yet: the body streams into it, and it is removed when the fetch fails. */
  saveTo?: string;
}

export interface SafeReply {
  /** After redirects. */
  url: string;
  /** As the server says, lower case, without parameters: a claim, not a fact. */
  mediaType: string;
  /** Empty when the body was saved to a file. */
  bytes: Buffer;
  sizeBytes: number;
}
