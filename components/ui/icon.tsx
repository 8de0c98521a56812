const PATHS = {
  positions: 'M2 4h12M2 8h8M2 12h10',
  risk: 'M2 13h12M4 13V8m4 5V3m4 10v-3',
  triggers: 'M8 2v1.5M4 11V7.5a4 4 0 0 1 8 0V11l1.5 1.5h-11zM6.5 14h3',
  settings: 'M3 4h6m4 0h0M3 12h0m4 0h6M9 2.5v3M5 10.5v3M11 4h2M3 12h1',
  bell: 'M4 11V7a4 4 0 0 1 8 0v4l1 1.5H3zM6.5 14.5h3',
  'bell-off': 'M4 11V7a4 4 0 0 1 .6-2.1M7 3.1A4 4 0 0 1 12 7v2M10.5 12.5H3L4 11M6.5 14.5h3M2 2l12 12',
  collapse: 'M10 4 6 8l4 4',
  expand: 'm6 4 4 4-4 4',
  down: 'm4 6 4 4 4-4',
  close: 'm4 4 8 8m0-8-8 8',
  copy: 'M6 6h7v7H6zM3 10V3h7',
  check: 'm3 8 4 4 6-8',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM10.5 10.5 14 14',
  plus: 'M8 3v10M3 8h10',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  up: 'm4 10 4-4 4 4',
  pause: 'M5 3v10m6-10v10',
  play: 'm5 3 8 5-8 5z',
  columns: 'M3 3h10v10H3zM8 3v10',
  download: 'M8 2v8m0 0 3-3m-3 3L5 7M3 13h10',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4Z',
} as const;

export type IconName = keyof typeof PATHS;

/** A line icon of 16 px, always decoration: the control around it carries the words. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="shrink-0"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
