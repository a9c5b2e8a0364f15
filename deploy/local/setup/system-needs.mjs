import { execFileSync } from 'node:child_process';
import { environment } from './paths.mjs';
import { isInstalled } from './run.mjs';

/**
 * What Aura needs of the machine: how to see that it is there, and the package that brings it, by package
 * manager. Looked for by program and by font, because packages are named differently everywhere.
 */
export function systemNeeds({ forTests }) {
  const needs = [
    program('ffmpeg', 'FFMPEG_PATH', { dnf: 'ffmpeg-free' }),
    program('ffprobe', 'FFPROBE_PATH', {
      apt: 'ffmpeg',
      dnf: 'ffmpeg-free',
      pacman: 'ffmpeg',
      brew: 'ffmpeg',
    }),
    program('flite', 'FLITE_PATH'),
    program('espeak-ng', 'ESPEAK_PATH'),
    program('fc-list', undefined, all('fontconfig')),
    ...FONTS,
    {
      ...program('wn', 'WORDNET_PATH', { ...all('wordnet'), pacman: undefined }),
      optional: 'scripts about a bare English topic have less to say',
    },
  ];
  if (process.platform === 'linux') {
    needs.push(
      program('setpriv', undefined, all('util-linux')),
      program('prlimit', undefined, all('util-linux')),
    );
  }
  if (forTests) needs.push(BROWSER);
  return needs;
}

function all(name) {
  return { apt: name, dnf: name, pacman: name, brew: name };
}

/** A program, or the one that `setting` names instead; that one is the user's own affair. */
function program(name, setting, packages = {}) {
  const own = environment()[setting]?.trim();
  return {
    name,
    setting: own && own !== name ? setting : undefined,
    packages: { ...all(name), ...packages },
    isThere: () => isInstalled(own || name),
  };
}

const CORE_SCRIPTS = ['Arabic', 'Hebrew', 'Devanagari', 'Thai'];
/** Captions in Arabic: the upright one stands too high for two lines. */
const NASKH = 'Noto Naskh Arabic';

const FONTS = [
  {
    name: 'Noto fonts',
    packages: {
      apt: 'fonts-noto-core',
      dnf: [
        'google-noto-sans-fonts',
        ...CORE_SCRIPTS.map((script) => `google-noto-sans-${script.toLowerCase()}-fonts`),
        'google-noto-naskh-arabic-fonts',
      ].join(' '),
      pacman: 'noto-fonts',
      brew: [
        'font-noto-sans',
        ...CORE_SCRIPTS.map((script) => `font-noto-sans-${script.toLowerCase()}`),
        'font-noto-naskh-arabic',
      ].join(' '),
    },
    isThere: () =>
      hasFonts(['Noto Sans', NASKH, ...CORE_SCRIPTS.map((script) => `Noto Sans ${script}`)]),
  },
  {
    name: 'Noto CJK fonts',
    packages: {
      apt: 'fonts-noto-cjk',
      dnf: 'google-noto-sans-cjk-fonts',
      pacman: 'noto-fonts-cjk',
      brew: 'font-noto-sans-cjk',
    },
    isThere: () => hasFonts(['Noto Sans CJK JP', 'Noto Sans CJK SC']),
  },
  {
    name: 'Noto Color Emoji',
    packages: {
      apt: 'fonts-noto-color-emoji',
      dnf: 'google-noto-color-emoji-fonts',
      pacman: 'noto-fonts-emoji',
      brew: 'font-noto-color-emoji',
    },
    isThere: () => hasFonts(['Noto Color Emoji']),
    optional: 'pictographs are left out of captions',
  },
];

const BROWSER = {
  name: 'chromium',
  packages: all('chromium'),
  isThere: () => ['chromium', 'chromium-browser', 'google-chrome'].some(isInstalled),
};

function hasFonts(families) {
  try {
    const list = execFileSync('fc-list', [':', 'family'], { encoding: 'utf8' });
    const found = new Set(
      list.split('\n').flatMap((line) => line.split(',').map((name) => name.trim())),
    );
    return families.every((family) => found.has(family));
  } catch {
    return false;
  }
}
