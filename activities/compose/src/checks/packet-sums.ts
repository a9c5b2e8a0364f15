import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { PACKET_HASH, type MediaPacket } from '@aura/media';

/**
 * One sum over all packets of a stream, in order, by the stream's place in the file. A film whose sums are those of
 * what it was joined from shows and sounds what that does.
 */
export type PacketSums = string[];

/** Collects packets, those of different streams in any order. */
export function packetSummer() {
  const sums: ReturnType<typeof createHash>[] = [];
  return {
    note({ stream, hash }: Pick<MediaPacket, 'stream' | 'hash'>): void {
      const sum = (sums[stream] ??= createHash('sha256'));
      sum.update(hash);
    },
    sums: (): PacketSums => Array.from(sums, (sum) => sum?.digest('hex') ?? ''),
  };
}

/** Arguments for an output of FFmpeg that is a list of the packets of the streams that go into it. */
export function packetListArgs(maps: readonly string[], output: string): string[] {
  return [
    maps.flatMap((map) => ['-map', map]),
    ['-c', 'copy', '-f', 'framehash', '-hash', PACKET_HASH, `file:${output}`],
  ].flat();
}

/** Stream, two times, length, bytes, hash; then what lies beside the packet. */
const PACKET_LINE = /^(\d+),(?:\s*-?\d+,){4}\s*([\da-f]+)/;

/** Reads what `packetListArgs` has written. */
export async function readPacketList(file: string): Promise<PacketSums> {
  const summer = packetSummer();
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const [, stream, hash] = PACKET_LINE.exec(line) ?? [];
    if (hash !== undefined) summer.note({ stream: Number(stream), hash });
  }
  return summer.sums();
}
