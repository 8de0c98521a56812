import type { Config } from 'tailwindcss';

const token = (name: string) => `var(--${name})`;
const RISK = ['safe', 'watch', 'warning', 'danger', 'liquidatable', 'unknown'] as const;

/** Every colour is a variable of globals.css, so that a theme is one attribute on the root element. */
export default {
  content: ['./app/**/*.{ts,tsx}', './components/**/*.{ts,tsx}'],
  theme: {
    extend: {
      colors: {
        bg: token('bg'),
        panel: token('panel'),
        sunken: token('sunken'),
        line: token('line'),
        edge: token('edge'),
        text: token('text'),
        muted: token('muted'),
        faint: token('faint'),
        accent: token('accent'),
        'accent-weak': token('accent-weak'),
        'on-accent': token('on-accent'),
        ...Object.fromEntries(
          RISK.flatMap((risk) => [
            [risk, token(risk)],
            [`${risk}-bg`, token(`${risk}-bg`)],
          ]),
        ),
      },
      fontFamily: {
        sans: [token('font-sans'), 'system-ui', 'sans-serif'],
        mono: [token('font-mono'), 'ui-monospace', 'monospace'],
      },
      height: { row: token('row') },
      boxShadow: { float: token('shadow-float') },
    },
  },
} satisfies Config;
