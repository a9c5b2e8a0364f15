import { createGzip } from 'node:zlib';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';

/** A file of a bundle, made when its turn comes. */
export interface BundleFile {
  name: string;
  make: () => Promise<string>;
}

/**
 * Writes files as one tar.gz, one after the other. Everything goes through `clean`. A file that cannot be made is replaced
 * by one that says so: a bundle is wanted most when something does not work. Errors: those of the target.
 */
export async function writeBundle(
  files: readonly BundleFile[],
  clean: (text: string) => string,
  target: Writable,
): Promise<void> {
  const tar = pack();
  const sending = pipeline(tar, createGzip(), target);
  const filling = fill(tar, files, clean);
  await Promise.all([sending, filling]);
}

async function fill(
  tar: ReturnType<typeof pack>,
  files: readonly BundleFile[],
  clean: (text: string) => string,
): Promise<void> {
  const mtime = new Date();
  for (const file of files) {
    if (tar.destroyed) return;
    const { name, text } = await made(file);
    await new Promise<void>((resolve) => {
      // Where the target is gone, the answer may be an error; `sending` has it.
      tar.entry({ name, mtime }, clean(text), () => resolve());
    });
  }
  tar.finalize();
}

async function made({ name, make }: BundleFile): Promise<{ name: string; text: string }> {
  try {
    return { name, text: await make() };
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown';
    return { name: `${name}.missing.txt`, text: `This could not be had: ${reason}.\n` };
  }
}
