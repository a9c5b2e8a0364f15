import type { AssembleFilmRequest } from '@aura/proto';

/** What a file that others name is called among all files of its job. */
export function nameInSet({ label }: Pick<AssembleFilmRequest, 'label'>, file: string): string {
  return label ? `${label}-${file}` : file;
}
