/** Amplitudes of the marked sound, in percent, taken in turn by the words. */
export const LEVELS = [100, 70, 40] as const;

/**
 * The text with an amplitude command (espeak-ng's embedded command "Ctrl-A <number> A") before each spoken
 * word: `plain` says 100 % everywhere, `marked` each of LEVELS in turn. The commands change nothing of how
 * the words sound or how long they last, so two runs differ by the words' amplitudes only, and comparing
 * them tells to the sample where each word is (see word-times.ts). Both texts have the same length and
 * structure.
 */
export function markedText(forms: readonly string[]): { plain: string; marked: string } {
  const spoken = forms.filter((form) => form !== '').map(withoutCommands);
  const join = (levelOf: (index: number) => number) =>
    spoken.map((form, index) => `${command(levelOf(index))}${form}`).join(' ');
  return {
    plain: `${join(() => LEVELS[0])}\n`,
    marked: `${join((index) => LEVELS[index % LEVELS.length] ?? LEVELS[0])}\n`,
  };
}

function command(level: number): string {
  return `\u0001${String(level).padStart(3, '0')}A`;
}

/** "[[" would begin phoneme codes; control characters are commands. */
function withoutCommands(form: string): string {
  return form.replaceAll(/[[\]\p{Cc}]+/gu, ' ').trim();
}
