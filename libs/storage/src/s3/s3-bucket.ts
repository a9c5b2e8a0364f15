import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { isMissing, isRefusedByCondition, s3Failure } from './s3-errors.js';

export interface S3Place {
  bucket: string;
  /** Before every key: empty, or with a "/" at its end. */
  prefix: string;
  /** Absent for AWS itself. */
  endpoint?: string | undefined;
  region: string;
}

/** What is known of an object without its content. `at` is when it was last written, by the server's clock. */
export interface S3Object {
  key: string;
  etag: string;
  bytes: number;
  at: number;
  /** The sha256 in base64 that the server has checked the content against when it came; undefined where it has kept none. */
  checksum?: string | undefined;
}

/** Under what condition something is written: that nothing is there, or that it is as it was seen last. */
export type Condition = { absent: true } | { etag: string };

/** A file that is larger goes up in parts of this size, two at a time. */
const PART_BYTES = 8 * 1024 * 1024;
const MOST_PARTS = 9_000;
const TRIES = 3;
const CONNECT_MS = 5_000;
/** How long a server may say nothing in the middle of an answer. */
const SILENT_MS = 30_000;
/** What can be copied onto itself in one request. */
const MOST_COPIED_BYTES = 5 * 1024 ** 3;

/**
 * One bucket's objects below a prefix. Keys here are without the prefix. What is not there is undefined or false; all
 * else that a server says no to is thrown. Errors: ArtifactStoreUnavailable, OutOfDiskSpace.
 */
export class S3Bucket {
  private readonly client: S3Client;
  /** How far the server's clock is ahead of ours, in ms, as it last said; it says whole seconds. */
  private aheadMs = 0;

  constructor(private readonly place: S3Place) {
    this.client = new S3Client({
      region: place.region,
      maxAttempts: TRIES,
      requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENT_MS },
      // Sums of our own are in the requests; servers other than AWS's do not all know what the SDK would add.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      ...(place.endpoint ? { endpoint: place.endpoint, forcePathStyle: true } : {}),
    });
    this.client.middlewareStack.add(
      (next) => async (args) => {
        const answered = await next(args);
        const { headers } = answered.response as { headers?: Record<string, string> };
        const at = Date.parse(headers?.['date'] ?? '');
        if (Number.isFinite(at)) this.aheadMs = at - Date.now();
        return answered;
      },
      { step: 'deserialize', name: 'clockOfServer' },
    );
  }

  /** The server's time, ms since 1970, to about a second. */
  now(): number {
    return Date.now() + this.aheadMs;
  }

  /** Gives the new tag; undefined where the condition did not hold. `sha256` is that of the body, in hex. */
  async put(
    key: string,
    body: Uint8Array | string,
    { mediaType = 'application/json', sha256, condition }: PutOptions = {},
  ): Promise<string | undefined> {
    const command = new PutObjectCommand({
      ...this.object(key),
      Body: body,
      ContentType: mediaType,
      ...(sha256 ? { ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64') } : {}),
      ...conditionOf(condition),
    });
    try {
      return (await this.client.send(command)).ETag ?? '';
    } catch (error) {
      if (isRefusedByCondition(error) || (condition && isMissing(error))) return undefined;
      throw s3Failure(error);
    }
  }

  /** Sends a file in parts, each with its own sum; it is there when all of them are. What came before a failure is removed. */
  async putLarge(key: string, file: string, size: { bytes: number; mediaType: string }) {
    const upload = new Upload({
      client: this.client,
      partSize: Math.max(PART_BYTES, Math.ceil(size.bytes / MOST_PARTS)),
      queueSize: 2,
      params: {
        ...this.object(key),
        Body: createReadStream(file),
        ContentType: size.mediaType,
        ChecksumAlgorithm: 'SHA256',
      },
    });
    await upload.done().catch((error: unknown) => {
      throw s3Failure(error);
    });
  }

  async get(key: string, range?: { start: number; end: number }): Promise<Found | undefined> {
    const Range = range && `bytes=${range.start}-${range.end}`;
    return this.ifThere(async () => {
      const answer = await this.client.send(new GetObjectCommand({ ...this.object(key), Range }));
      return { ...factsOf(key, answer), body: answer.Body as Readable };
    });
  }

  /** The whole of a small object. */
  async text(key: string): Promise<(S3Object & { text: string }) | undefined> {
    return this.ifThere(async () => {
      const answer = await this.client.send(new GetObjectCommand(this.object(key)));
      const text = (await answer.Body?.transformToString()) ?? '';
      return { ...factsOf(key, answer), text };
    });
  }

  async head(key: string, signal?: AbortSignal): Promise<S3Object | undefined> {
    return this.ifThere(async () => {
      const command = new HeadObjectCommand({ ...this.object(key), ChecksumMode: 'ENABLED' });
      return factsOf(key, await this.client.send(command, ending(signal)));
    });
  }

  /** Whether it is gone now; false where it is not as it was seen last. */
  async remove(key: string, etag?: string, signal?: AbortSignal): Promise<boolean> {
    const condition = etag === undefined ? undefined : { etag };
    const command = new DeleteObjectCommand({ ...this.object(key), ...conditionOf(condition) });
    try {
      await this.client.send(command, ending(signal));
      return true;
    } catch (error) {
      if (isRefusedByCondition(error)) return false;
      if (isMissing(error)) return true;
      throw s3Failure(error);
    }
  }

  /** Makes an object young again, as it is; false where it is gone, or too large to be copied in one piece. */
  async touch({ key, bytes }: S3Object, mediaType: string): Promise<boolean> {
    if (bytes > MOST_COPIED_BYTES) return false;
    const { Bucket, Key } = this.object(key);
    const done = await this.ifThere(() =>
      this.client.send(
        new CopyObjectCommand({
          Bucket,
          Key,
          CopySource: `${Bucket}/${Key.split('/').map(encodeURIComponent).join('/')}`,
          MetadataDirective: 'REPLACE',
          ContentType: mediaType,
        }),
      ),
    );
    return done !== undefined;
  }

  async *list(folder: string): AsyncGenerator<S3Object> {
    const { bucket: Bucket, prefix } = this.place;
    const pages = paginateListObjectsV2(
      { client: this.client },
      { Bucket, Prefix: `${prefix}${folder}` },
    );
    try {
      for await (const { Contents = [] } of pages) {
        for (const one of Contents) {
          yield factsOf((one.Key ?? '').slice(prefix.length), {
            ...one,
            ContentLength: one.Size,
          });
        }
      }
    } catch (error) {
      throw s3Failure(error);
    }
  }

  async all(folder: string): Promise<S3Object[]> {
    const objects: S3Object[] = [];
    for await (const one of this.list(folder)) objects.push(one);
    return objects;
  }

  /** Gives up uploads in parts that began before, up to a thousand; says how many. */
  async abortUploads(beforeMs: number): Promise<number> {
    const { bucket: Bucket, prefix: Prefix } = this.place;
    const list = new ListMultipartUploadsCommand({ Bucket, Prefix });
    let aborted = 0;
    try {
      for (const { Key, UploadId, Initiated } of (await this.client.send(list)).Uploads ?? []) {
        if (!Key || !UploadId || !Initiated || Initiated.getTime() >= beforeMs) continue;
        await this.client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
        aborted += 1;
      }
    } catch (error) {
      throw s3Failure(error);
    }
    return aborted;
  }

  /** An address that gives the object to whoever has it, for a while. */
  async address(key: string, { fileName, mediaType, forMs }: AddressOptions): Promise<string> {
    const command = new GetObjectCommand({
      ...this.object(key),
      ResponseContentType: mediaType,
      ResponseContentDisposition: fileName,
    });
    return getSignedUrl(this.client, command, { expiresIn: Math.ceil(forMs / 1_000) });
  }

  close(): void {
    this.client.destroy();
  }

  private object(key: string) {
    return { Bucket: this.place.bucket, Key: `${this.place.prefix}${key}` };
  }

  private async ifThere<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw s3Failure(error);
    }
  }
}

function ending(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {};
}

export interface Found extends S3Object {
  body: Readable;
}

interface PutOptions {
  mediaType?: string;
  sha256?: string;
  condition?: Condition;
}

interface AddressOptions {
  /** The value of a Content-Disposition header. */
  fileName: string;
  mediaType: string;
  forMs: number;
}

function conditionOf(condition: Condition | undefined) {
  if (!condition) return {};
  return 'absent' in condition ? { IfNoneMatch: '*' } : { IfMatch: condition.etag };
}

function factsOf(
  key: string,
  facts: {
    ETag?: string | undefined;
    ContentLength?: number | undefined;
    LastModified?: Date | undefined;
    ChecksumSHA256?: string | undefined;
  },
): S3Object {
  return {
    key,
    etag: facts.ETag ?? '',
    bytes: facts.ContentLength ?? 0,
    at: facts.LastModified?.getTime() ?? 0,
    checksum: facts.ChecksumSHA256,
  };
}
