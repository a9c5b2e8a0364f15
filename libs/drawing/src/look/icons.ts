import { createRequire } from 'node:module';

/**
 * Which Lucide icon stands for which words (English, singular, lower case). Few on purpose: an icon that
 * does not fit is worse than none.
 */
const WORDS_OF_ICON: Record<string, string> = {
  'book-open': 'book read reading literature library novel chapter',
  'graduation-cap': 'school education student university learning study teacher lesson',
  brain: 'brain mind memory psychology thought thinking neuroscience intelligence',
  lightbulb: 'idea insight light inspiration innovation invention tip',
  heart: 'heart love kindness affection romance care',
  'heart-pulse': 'health medicine doctor pulse hospital disease cardio',
  dumbbell: 'fitness exercise gym strength workout sport training',
  apple: 'fruit apple nutrition diet',
  utensils: 'food meal dinner restaurant lunch eating cuisine',
  'chef-hat': 'cooking chef recipe kitchen',
  coffee: 'coffee espresso cafe caffeine tea',
  wheat: 'grain wheat bread flour harvest agriculture farming farm',
  sprout: 'seed sprout growth gardening garden compost soil plant',
  leaf: 'leaf nature ecology environment botany',
  'tree-pine': 'tree forest wood woodland pine',
  flower: 'flower blossom bloom pollen rose',
  bug: 'insect bug beetle ant bee butterfly',
  bird: 'bird owl eagle feather penguin',
  fish: 'fish fishing salmon shark',
  'paw-print': 'animal dog cat pet mammal wildlife wolf bear lion',
  mountain: 'mountain volcano summit alps hiking climbing rock',
  waves: 'ocean sea wave tide water river lake',
  droplets: 'rain moisture drop humidity irrigation liquid',
  'cloud-rain': 'weather storm climate cloud monsoon',
  sun: 'sun sunlight summer solar daylight',
  moon: 'moon night sleep lunar dream',
  star: 'star constellation stellar',
  orbit: 'planet orbit astronomy solar-system mars galaxy universe cosmos space',
  rocket: 'rocket launch spacecraft startup mission',
  telescope: 'telescope observatory stargazing',
  atom: 'atom physics nuclear quantum particle molecule',
  'flask-conical': 'chemistry experiment laboratory chemical',
  microscope: 'microscope biology cell bacteria virus science',
  dna: 'dna gene genetics evolution heredity',
  thermometer: 'temperature heat fever cold thermometer',
  flame: 'fire flame burning combustion wildfire',
  snowflake: 'snow ice winter glacier frost arctic',
  wind: 'wind air turbine breeze',
  zap: 'electricity energy lightning power voltage',
  'battery-charging': 'battery charge charging',
  plug: 'plug grid',
  cpu: 'computer processor chip hardware computing',
  'circuit-board': 'circuit electronics semiconductor',
  bot: 'robot robotics automation ai chatbot',
  code: 'code programming software developer algorithm',
  database: 'data database dataset',
  globe: 'world globe earth global internet geography',
  map: 'map atlas cartography route',
  compass: 'compass navigation exploration explorer discovery',
  plane: 'plane flight travel aviation airport holiday',
  ship: 'ship boat sailing harbor port navy trade',
  'train-front': 'train railway rail metro locomotive',
  car: 'car driving vehicle road traffic',
  bike: 'bicycle bike cycling cyclist',
  building: 'city building architecture urban skyscraper',
  landmark: 'history museum government democracy empire monument parliament',
  castle: 'castle medieval fortress kingdom king queen',
  pyramid: 'pyramid egypt pharaoh',
  house: 'house home household housing',
  hammer: 'tool craft repair construction building-site',
  wrench: 'maintenance mechanic fix plumbing',
  factory: 'factory industry manufacturing production',
  recycle: 'recycling waste reuse plastic rubbish',
  'chart-line': 'statistics trend economy economics market growth-rate analytics',
  coins: 'money coin finance saving currency inflation',
  'piggy-bank': 'savings budget budgeting',
  'shopping-cart': 'shopping shop store retail customer purchase',
  briefcase: 'business work career job office company',
  handshake: 'agreement partnership cooperation deal trust',
  users: 'people team community family society group',
  baby: 'baby infant child parenting',
  clock: 'time clock hour minute schedule deadline',
  calendar: 'calendar date day week month year',
  hourglass: 'hourglass patience',
  target: 'goal target aim focus objective',
  trophy: 'victory winner championship trophy award success',
  medal: 'medal olympics record',
  'shield-check': 'security safety protection privacy insurance',
  lock: 'password lock encryption secret',
  scale: 'law justice court balance ethics',
  megaphone: 'marketing advertising announcement campaign',
  newspaper: 'news newspaper journalism press',
  mic: 'podcast voice speech interview microphone',
  music: 'music song melody orchestra jazz opera',
  guitar: 'guitar band',
  palette: 'art painting colour color design artist',
  brush: 'brush drawing illustration',
  camera: 'camera photography photo',
  clapperboard: 'film movie cinema director',
  gamepad: 'game gaming videogame',
  puzzle: 'puzzle problem riddle',
  dices: 'dice chance probability gambling',
  gift: 'gift present birthday',
  'party-popper': 'celebration party festival',
  tent: 'camping tent camp outdoor',
  anchor: 'anchor',
  key: 'key access',
  'message-circle': 'conversation communication message language dialogue',
  mail: 'email mail letter',
  smartphone: 'phone smartphone mobile app',
  tv: 'television tv broadcast',
  shirt: 'clothes clothing fashion textile shirt',
  scissors: 'hair haircut scissors',
  eye: 'eye vision sight',
  ear: 'ear hearing sound noise',
  bone: 'bone skeleton fossil dinosaur',
  pill: 'medication pill drug vitamin antibiotic',
  syringe: 'vaccine vaccination injection',
  footprints: 'walking walk step',
  milk: 'milk dairy cheese',
  candy: 'sugar candy sweet chocolate',
  grape: 'wine grape vineyard',
  beer: 'beer brewing hop',
};

const ICON_OF_WORD = new Map(
  Object.entries(WORDS_OF_ICON).flatMap(([icon, words]) =>
    words.split(' ').map((word) => [word, icon] as const),
  ),
);

interface IconSet {
  icons: Record<string, { body: string }>;
}
let icons: IconSet['icons'] | undefined;

/** The first of the words that has an icon names it; plurals are tried too. */
export function iconFor(words: readonly string[]): string | undefined {
  for (const word of words.flatMap((text) => [text, ...text.split(/[\s-]+/)])) {
    const plain = word.toLowerCase();
    const found = [plain, plain.replace(/s$/, ''), plain.replace(/ies$/, 'y')]
      .map((form) => ICON_OF_WORD.get(form))
      .find((icon) => icon !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An icon as SVG in a square of `size` px at the origin, stroked with `weight` px. */
export function iconSvg(name: string, size: number, colour: string, weight: number): string {
  icons ??= loadIcons();
  const body = icons[name]?.body ?? '';
  const scale = size / 24;
  return `<g transform="scale(${scale.toFixed(5)})" color="${colour}">${body.replaceAll(
    'stroke-width="2"',
    `stroke-width="${(weight / scale).toFixed(3)}"`,
  )}</g>`;
}

export const ICON_NAMES = Object.keys(WORDS_OF_ICON);

function loadIcons(): IconSet['icons'] {
  const require = createRequire(import.meta.url);
  return (require('@iconify-json/lucide/icons.json') as IconSet).icons;
}
