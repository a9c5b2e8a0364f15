import { access, constants } from 'node:fs/promises';
import type { Timeline, Warning } from '@aura/proto';
import type { ComposeTools } from '../compose-deps.js';

type Setup = Pick<ComposeTools, 'renderer' | 'musicFolder' | 'fontsFolder'>;

/** What this worker could not do of a film as it was asked for, because of how it is set up. */
export async function setupWarnings(
  { renderer, musicFolder, fontsFolder }: Setup,
  film: Timeline,
): Promise<Warning[]> {
  const isFromLibrary = film.sounds.some(({ kind, audio }) => kind === 'music' && !audio);
  const folders = [
    { of: 'music', folder: isFromLibrary ? musicFolder : undefined },
    { of: 'fonts', folder: fontsFolder },
  ];
  const warnings: Warning[] = [];
  for (const { of, folder } of folders) {
    if (folder === undefined || (await isReadable(folder))) continue;
    const message = `The folder of ${of} cannot be read; the film was made without it.`;
    warnings.push(warning('FolderUnreadable', message));
  }
  const lost = renderer.name === 'ffmpeg' ? lostIn(film) : [];
  if (lost.length > 0) {
    const message = `FFmpeg alone has drawn the film: ${lost.join(', and ')}.`;
    warnings.push(warning('LookSimplified', message));
  }
  return warnings;
}

async function isReadable(folder: string): Promise<boolean> {
  return access(folder, constants.R_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}

function lostIn({ visuals }: Timeline): string[] {
  const isBlurred = visuals.some(({ fit }) => fit === 'blur');
  const isLinear = visuals.some(({ transition }) => transition?.linearLight === true);
  return [
    ...(isBlurred ? ['pictures of another shape stand on black, not on themselves blurred'] : []),
    ...(isLinear ? ['crossfades mix signal, not light'] : []),
  ];
}

function warning(code: string, message: string): Warning {
  return { code, message, stage: 'compose', sceneId: '' };
}
