/** The order of a stage's chain as a setting has it: names, separated by commas. */
export function orderIn(setting: string | undefined): string[] {
  return (setting ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}

/** `voice=60000,visuals=120000` as a setting has it, whose schema has checked it: milliseconds by name. */
export function msByName(setting: string | undefined): Record<string, number> {
  return Object.fromEntries(
    orderIn(setting).map((entry) => {
      const [name = '', ms] = entry.split('=');
      return [name, Number(ms)];
    }),
  );
}
