import type { Operation } from '@aura/gateway/edits';
import type { MakeVideoInput, Scene, Script } from '@aura/proto';
import { BAR, CUT, STYLE, TALL } from './edit-styles.js';

const ITEMS = ['Main', 'Jib'].map((label) => ({ label, value: 0, text: '' }));

export const SCENES: Partial<Scene>[] = [
  { kind: 'title', heading: 'Ships', narration: 'Ships come and go.' },
  { kind: 'statement', heading: 'Boats', narration: 'Boats are small.', visualPrompt: 'A boat' },
  {
    kind: 'list',
    heading: 'Sails',
    narration: 'Two sails.',
    points: ['Main', 'Jib'],
    figure: { kind: 'list', title: 'Sails', unit: '', source: '', items: ITEMS },
  },
  { kind: 'statement', narration: 'Rain falls on the sea.', keywords: ['rain'] },
  { kind: 'closing', heading: 'End', narration: 'They go home.' },
];

/** So that nobody writes the script once more. */
export const LONG = { plan: { targetDurationMs: 120_000, maxScenes: 120 } };

export const SCRIPT: Script = {
  title: 'Ships',
  language: 'en-US',
  style: 'documentary',
  scenes: SCENES.map((scene, index) => ({
    id: `s0${index + 1}`,
    index,
    kind: 'statement',
    narration: '',
    heading: '',
    points: [],
    visualPrompt: '',
    keywords: [],
    ...scene,
  })),
  provider: 'rules',
  unitKey: 'script',
  warnings: [],
  materialExhausted: true,
};

export interface Case {
  /** Who may make the pictures. */
  visuals: string[];
  order?: Partial<MakeVideoInput>;
  /** The scene at which the first voice fails, in the first run. */
  failsAt?: string;
  edits: [operations: Operation[], expected?: string[]][];
}

const PAINTED = ['openai', 'figures', 'cards'];
const FOUND = ['pexels', 'cards'];
const DRAWN = ['figures', 'cards'];
const ALL = ['s01', 's02', 's03', 's04', 's05'];
const spoken = (...scenes: string[]) => scenes.map((scene) => `narrateScene ${scene}`);
const pictured = (...scenes: string[]) => scenes.map((scene) => `illustrateScene ${scene}`);
const encoded = (...scenes: string[]) => scenes.map((scene) => `encodeSegment ${scene}`);
const JOINED = 'assembleFilm';
const NEW: Operation = { op: 'insert', before: 's03', scene: { narration: 'A wreck lies here.' } };

export const CASES: [string, Case][] = [
  [
    'words, and back',
    {
      visuals: PAINTED,
      edits: [
        [
          [{ op: 'scene', sceneId: 's02', narration: 'Boats are really small.' }],
          [...spoken('s02'), ...encoded('s02', 's03'), JOINED],
        ],
        // All of it is there still.
        [[{ op: 'scene', sceneId: 's02', narration: 'Boats are small.' }], []],
        // A card without a heading shows the words.
        [
          [{ op: 'scene', sceneId: 's05', narration: 'All go home.', heading: null }],
          [...spoken('s05'), ...pictured('s05'), ...encoded('s05'), JOINED],
        ],
      ],
    },
  ],
  [
    'what is painted, drawn and found',
    {
      visuals: PAINTED,
      edits: [
        [
          [{ op: 'scene', sceneId: 's02', visualPrompt: 'A ship' }],
          [...pictured('s02'), ...encoded('s02', 's03'), JOINED],
        ],
        [
          [{ op: 'scene', sceneId: 's03', points: ['Main', 'Jib', 'Spanker'] }],
          [...pictured('s03'), ...encoded('s03', 's04'), JOINED],
        ],
        // Nobody sees, or searches by, them.
        [[{ op: 'scene', sceneId: 's02', keywords: ['boat'] }], []],
      ],
    },
  ],
  [
    'keywords',
    {
      visuals: FOUND,
      edits: [
        [
          [{ op: 'scene', sceneId: 's04', keywords: ['storm'] }],
          [...pictured('s04'), ...encoded('s04', 's05'), JOINED],
        ],
        [[{ op: 'scene', sceneId: 's04', visualPrompt: 'A storm' }], []],
      ],
    },
  ],
  [
    'a voice',
    {
      visuals: PAINTED,
      edits: [
        [
          [{ op: 'scene', sceneId: 's04', voiceId: 'en-US-narrator-m' }],
          [...spoken('s04'), ...encoded('s04', 's05'), JOINED],
        ],
      ],
    },
  ],
  [
    'the order of painted scenes',
    {
      visuals: ['openai'],
      edits: [
        [
          [{ op: 'move', sceneId: 's02', before: 's05' }],
          [...encoded('s02', 's03', 's05'), JOINED],
        ],
        // What is last ends otherwise.
        [[{ op: 'move', sceneId: 's03' }]],
      ],
    },
  ],
  [
    'the order of drawn scenes',
    {
      visuals: DRAWN,
      edits: [
        [
          [{ op: 'move', sceneId: 's02', before: 's04' }],
          [...pictured('s02', 's03'), ...encoded('s02', 's03', 's04'), JOINED],
        ],
      ],
    },
  ],
  [
    'a painted scene more, and one less',
    {
      visuals: ['openai'],
      edits: [
        [[NEW], [...spoken('s06'), ...pictured('s06'), ...encoded('s06', 's03'), JOINED]],
        [[{ op: 'remove', sceneId: 's02' }], [...encoded('s06'), JOINED]],
        [[{ op: 'remove', sceneId: 's05' }], [...encoded('s04'), JOINED]],
      ],
    },
  ],
  [
    'a drawn scene more, and one less',
    {
      visuals: DRAWN,
      edits: [
        [[NEW], [...spoken('s06'), ...pictured(...ALL, 's06'), ...encoded(...ALL, 's06'), JOINED]],
        [[{ op: 'remove', sceneId: 's01' }]],
      ],
    },
  ],
  [
    'captions, music and the title',
    {
      visuals: PAINTED,
      edits: [
        [
          [{ op: 'captions', captions: { mode: 'burned', look: 'karaoke' } }],
          [...encoded(...ALL), JOINED],
        ],
        [[{ op: 'music', music: { mood: 'calm' } }], [JOINED]],
        [[{ op: 'music', music: null }]],
        [[{ op: 'title', title: 'Boats' }], [...pictured('s01'), ...encoded('s01', 's02'), JOINED]],
        [[{ op: 'captions', captions: { mode: 'soft' } }], [...encoded(...ALL), JOINED]],
        [[{ op: 'captions', captions: { mode: 'none' } }], [JOINED]],
      ],
    },
  ],
  [
    'a film that cuts',
    {
      visuals: PAINTED,
      order: { style: CUT },
      edits: [
        [
          [{ op: 'scene', sceneId: 's02', narration: 'Boats are really small.' }],
          [...spoken('s02'), ...encoded('s02'), JOINED],
        ],
        [[{ op: 'move', sceneId: 's02', before: 's04' }], undefined],
      ],
    },
  ],
  [
    'a film with a bar that goes along',
    {
      visuals: PAINTED,
      order: { style: { ...STYLE, overlays: [BAR] } },
      edits: [
        [
          [{ op: 'scene', sceneId: 's04', narration: 'Rain falls, and falls, on the sea.' }],
          [...spoken('s04'), ...encoded(...ALL), JOINED],
        ],
        [[{ op: 'scene', sceneId: 's02', visualPrompt: 'A ship' }]],
      ],
    },
  ],
  [
    'a film in two shapes',
    {
      visuals: PAINTED,
      order: { outputs: [TALL] },
      edits: [
        [
          [{ op: 'scene', sceneId: 's03', heading: 'The sails' }],
          ['', ' 9x16-360p'].flatMap((label) =>
            [...pictured('s03'), ...encoded('s03', 's04'), 'assembleFilm '].map((one) =>
              (one.trim() + (one === 'assembleFilm ' && label ? ' ' : '') + label).trim(),
            ),
          ),
        ],
        [[{ op: 'scene', sceneId: 's02', visualPrompt: 'A ship' }]],
      ],
    },
  ],
  [
    'what another has made is kept, and asked for anew where that is wanted',
    {
      visuals: PAINTED,
      failsAt: 's02',
      edits: [
        [
          [{ op: 'scene', sceneId: 's05', narration: 'All of them go home.' }],
          [...spoken('s05'), ...encoded('s05'), JOINED],
        ],
        [[{ op: 'upgrade' }], [...spoken('s02'), ...encoded('s02', 's03'), JOINED]],
      ],
    },
  ],
];
