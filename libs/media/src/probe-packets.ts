import { inputGuards, mediaInfoOf, type MediaInfo, type ProbeRequest } from './probe.js';
import { runFfmpeg } from './run-ffmpeg.js';

/** One packet of a file, in the file's order. */
export interface MediaPacket {
  stream: number;
  /** When it is shown, in units of its stream's time base. */
  pts: number;
  /** Of its bytes: murmur3, 128 bit, which tells damage, not malice. */
  hash: string;
}

/** What FFmpeg and ffprobe name the hash of packets. */
export const PACKET_HASH = 'murmur3';

/**
 * Reads a media file's description and all its packets, in one run and without decoding any.
 * Errors: those of `runFfmpeg`; a file that ffprobe refuses is FFmpegFailedExitCode.
 */
export async function probePackets(
  ffprobe: string,
  request: ProbeRequest,
  onPacket: (packet: MediaPacket) => void,
): Promise<MediaInfo> {
  const { signal, cwd } = request;
  const reader = sectionReader(onPacket);
  await runFfmpeg(ffprobe, probePacketsArgs(request), {
    signal,
    cwd,
    onLine: (line) => reader.line(line),
  });
  return mediaInfoOf(reader.end());
}

export function probePacketsArgs({ file, demuxer, codecs }: ProbeRequest): string[] {
  return [
    ['-v', 'error', '-of', 'compact', '-show_format', '-show_streams', '-count_packets'],
    ['-show_data_hash', PACKET_HASH, '-show_entries', 'packet=stream_index,pts,data_hash'],
    inputGuards(demuxer, codecs),
    `file:${file}`,
  ].flat();
}

type Entries = Record<string, unknown>;

/** Reads ffprobe's `compact` form: a section a line, packets first; a line that begins with a bar goes on with it. */
function sectionReader(onPacket: (packet: MediaPacket) => void) {
  const streams: Entries[] = [];
  let format: Entries = {};
  let open: { name: string; entries: Entries } | undefined;
  const close = () => {
    if (open?.name === 'packet') onPacket(packetOf(open.entries));
    if (open?.name === 'stream') streams.push(open.entries);
    if (open?.name === 'format') format = open.entries;
    open = undefined;
  };
  return {
    line(line: string): void {
      if (!line.startsWith('|')) {
        close();
        open = { name: line.slice(0, line.indexOf('|')), entries: {} };
      }
      if (open) readEntries(line, open.entries);
    },
    end(): { format: Entries; streams: Entries[] } {
      close();
      return { format, streams };
    },
  };
}

/** `key=value`, parted by bars; a backslash stands before a bar or a backslash within a value. */
function readEntries(line: string, entries: Entries): void {
  const parts = line.includes('\\') ? (line.match(/(?:[^\\|]|\\.)+/g) ?? []) : line.split('|');
  for (const part of parts) {
    const equals = part.indexOf('=');
    if (equals < 1) continue;
    const [key, value] = [part.slice(0, equals), unescaped(part.slice(equals + 1))];
    if (key.startsWith('tag:')) {
      entries['tags'] = { ...(entries['tags'] as Entries | undefined), [key.slice(4)]: value };
    } else if (!NOTHING_SAID.has(value)) {
      entries[key] ??= value;
    }
  }
}

/** What stands where ffprobe knows nothing. */
const NOTHING_SAID = new Set(['unknown', 'N/A']);

const ESCAPED: Record<string, string> = { n: '\n', r: '\r', b: '\b', f: '\f' };

function unescaped(value: string): string {
  return value.replace(/\\(.)/g, (_all, character: string) => ESCAPED[character] ?? character);
}

function packetOf(entries: Entries): MediaPacket {
  return {
    stream: Number(entries['stream_index']),
    pts: Number(entries['pts']),
    hash: String(entries['data_hash']).replace(/^.*:/, ''),
  };
}
