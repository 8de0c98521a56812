export const ACTIONS = [
  'palette',
  'help',
  'go-positions',
  'go-triggers',
  'go-risk',
  'go-settings',
  'filter',
  'row-down',
  'row-up',
  'shock-down',
  'shock-up',
  'shock-reset',
  'theme',
  'alerts',
  'newest-alert',
  'back',
] as const;
export type Action = (typeof ACTIONS)[number];

/** Every key and what it does, as the map shows them. `open row` is the row's own. */
export const KEY_MAP: readonly { readonly keys: readonly string[]; readonly text: string }[] = [
  { keys: ['Ctrl K', '⌘ K'], text: 'Search and commands' },
  { keys: ['g', 'p'], text: 'Positions' },
  { keys: ['g', 't'], text: 'Triggers' },
  { keys: ['g', 'r'], text: 'Risk' },
  { keys: ['g', 'e'], text: 'Settings' },
  { keys: ['/'], text: 'Filter' },
  { keys: ['j'], text: 'Next row' },
  { keys: ['k'], text: 'Row before' },
  { keys: ['Enter'], text: 'Open the row' },
  { keys: ['Esc'], text: 'Back, or close' },
  { keys: ['['], text: 'What if everything falls 5 % more' },
  { keys: [']'], text: 'What if everything rises 5 % more' },
  { keys: ['0'], text: 'Reset what-if' },
  { keys: ['b'], text: 'Alerts' },
  { keys: ['n'], text: 'To the newest alert' },
  { keys: ['a'], text: 'Acknowledge the alert, in the log' },
  { keys: ['t'], text: 'Theme' },
  { keys: ['?'], text: 'This map' },
];

const SINGLE: Readonly<Record<string, Action>> = {
  '?': 'help',
  '/': 'filter',
  j: 'row-down',
  k: 'row-up',
  '[': 'shock-down',
  ']': 'shock-up',
  '0': 'shock-reset',
  t: 'theme',
  b: 'alerts',
  n: 'newest-alert',
  Escape: 'back',
};

const AFTER_G: Readonly<Record<string, Action>> = {
  p: 'go-positions',
  t: 'go-triggers',
  r: 'go-risk',
  e: 'go-settings',
};

export interface KeyPress {
  readonly key: string;
  readonly ctrlOrMeta: boolean;
  readonly alt: boolean;
  /** Focus is where text is typed. */
  readonly typing: boolean;
}

/**
 * What a key press means, given whether `g` was pressed just before. Typing keeps its letters; only the palette opens from everywhere.
 * `resolveShortcut({ key: 'p', … }, true)` is go-positions.
 */
export function resolveShortcut(
  press: KeyPress,
  afterG: boolean,
): { readonly action: Action | undefined; readonly afterG: boolean } {
  const { key, ctrlOrMeta, alt, typing } = press;
  if (ctrlOrMeta && !alt && key.toLowerCase() === 'k') return { action: 'palette', afterG: false };
  if (ctrlOrMeta || alt || typing) return { action: undefined, afterG: false };
  if (afterG) return { action: AFTER_G[key], afterG: false };
  if (key === 'g') return { action: undefined, afterG: true };
  return { action: SINGLE[key], afterG: false };
}
