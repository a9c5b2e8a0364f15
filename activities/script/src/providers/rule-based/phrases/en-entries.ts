/**
 * Ways to introduce one entry. {D} is a clause ("a caldera is a large crater …" or "limpa means a rye
 * bread …"), {x} the thing ("the caldera", "limpa"), {n} its bare name, {g} its definition; ^ sets a
 * capital. Lists are walked, not drawn at random, so that neighbors never sound alike.
 */
export const ENTRY_FRAMES = [
  '{D^}.',
  'Take {x}: {g}.',
  '{x^}? That is {g}.',
  'Then there is {x}: {g}.',
  'Look up “{n}”, and you read of {g}.',
  'As for {x}, it is {g}.',
  '{g^}: that is what “{n}” means.',
  'Next to it stands {x}, {g}.',
  'Another entry, “{n}”: {g}.',
  'Say “{n}”, and you speak of {g}.',
  'Or consider {x}: {g}.',
  'What about {x}? Think of {g}.',
  'Under “{n}” we find {g}.',
  'By “{n}” one means {g}.',
  '{x^}, in short: {g}.',
  'Worth a mention, too, is {x}: {g}.',
  'In the entry for “{n}” we read: {g}.',
  'The name “{n}” belongs to {g}.',
  'Along comes {x}: {g}.',
  'One more, “{n}”: {g}.',
  'Call it “{n}” if you mean {g}.',
  'Not far away is {x}: {g}.',
  'The dictionary describes {x} as {g}.',
  'And “{n}” stands for {g}.',
  'And {D}.',
  'Here is {x}: {g}.',
];

/** The same for an entry whose definition names several things ("flightless birds of …"). */
export const PLURAL_ENTRY_FRAMES = [
  '{D^}.',
  'Take {x}: {g}.',
  'Then there are {x}: {g}.',
  'Look up “{n}”, and you read of {g}.',
  'Under “{n}” we find {g}.',
  'What about {x}? Think of {g}.',
  'Or consider {x}: {g}.',
  'Say “{n}”, and you speak of {g}.',
  '{g^}: that is what “{n}” stands for.',
];

/** For people and places, which are, or were, one of a kind. */
export const NAME_FRAMES = [
  '{x^}: {g}.',
  'There is {x}, {g}.',
  'Meet {x}, {g}.',
  'A name to remember is {x}: {g}.',
  'The entry on {x} is short: {g}.',
  'Under the name {x} we find {g}.',
  '{D^}.',
  'Also recorded is {x}, {g}.',
  'Turn to {x}, and you find {g}.',
  'Among the names is {x}: {g}.',
  'And who or what is {x}? The answer: {g}.',
  'Listed as well: {x}, {g}.',
];
