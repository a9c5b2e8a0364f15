/** Where a person looks: lines that stay, and below them lines that are drawn anew. */
export interface Terminal {
  say(line: string): void;
  /** Replaces the live lines. Where the output is no terminal, they are not shown. */
  live(lines: string[]): void;
  /** What is live now stays as it is. */
  settle(): void;
  readonly isLive: boolean;
}

const NO_WRAP = '\u001b[?7l';
const WRAP = '\u001b[?7h';

/** Texts may come from briefs: whatever would steer the terminal is taken out of them. */
export function createTerminal(stream: NodeJS.WriteStream): Terminal {
  let shown: string[] = [];
  stream.on('error', () => undefined); // a reader that is gone (`| head`) does not end us

  const clear = () => (shown.length > 0 ? `\u001b[${shown.length}A\u001b[J` : '');
  return {
    isLive: stream.isTTY,
    say: (line) => void stream.write(`${clear()}${textOf(line)}\n${drawing(shown)}`),
    live: (lines) => {
      if (!stream.isTTY) return;
      stream.write(clear() + drawing(lines));
      shown = lines;
    },
    settle: () => {
      shown = [];
    },
  };
}

/** Long lines are cut by the terminal and not wrapped, so that their number stays known. */
function drawing(lines: string[]): string {
  if (lines.length === 0) return '';
  return NO_WRAP + lines.map((line) => `${textOf(line).replaceAll('\n', ' ')}\n`).join('') + WRAP;
}

function textOf(line: string): string {
  return line.replaceAll(/[^\P{Cc}\n]/gu, '');
}
