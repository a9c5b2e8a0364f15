import { createHmac, timingSafeEqual } from 'node:crypto';

/** Which file of whose job a link gives, and until when. */
export interface SharedFile {
  tenantId: string;
  jobId: string;
  kind: string;
  label: string;
  /** In seconds since 1970. */
  expiresAtS: number;
}

/** What stands in the address of a link: the file, readable, and a signature over it. Pure. */
export function signedToken(file: SharedFile, secret: string): string {
  const { tenantId, jobId, kind, label, expiresAtS } = file;
  const told = Buffer.from(JSON.stringify([tenantId, jobId, kind, label, expiresAtS]));
  const text = told.toString('base64url');
  return `${text}.${signatureOf(text, secret).toString('base64url')}`;
}

/** The file of a token; undefined where we have not signed it. Whether its time is over is not looked at. Pure. */
export function sharedFileOf(token: string, secret: string): SharedFile | undefined {
  const [text = '', signature = '', ...rest] = token.split('.');
  const given = Buffer.from(signature, 'base64url');
  const wanted = signatureOf(text, secret);
  if (rest.length > 0 || given.length !== wanted.length) return undefined;
  if (!timingSafeEqual(given, wanted)) return undefined;
  const told: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
  const [tenantId, jobId, kind, label, expiresAtS] = told as [
    string,
    string,
    string,
    string,
    number,
  ];
  return { tenantId, jobId, kind, label, expiresAtS };
}

function signatureOf(text: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(`aura shared file\n${text}`).digest();
}
