/** Why a figure cannot be given. `code` is for machines, `text` is one plain sentence for people. */
export interface UnknownReason {
  readonly code:
    | 'chain-unreachable'
    | 'chain-stalled'
    | 'wrong-chain'
    | 'price-missing'
    | 'price-invalid'
    | 'market-price-missing'
    | 'asset-unknown'
    | 'read-failed'
    | 'not-read-yet';
  readonly text: string;
}

/** A figure, or the reason there is none. Missing is never zero. */
export type Known<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly reason: UnknownReason };

/** Wraps a figure that is known. */
export const known = <T>(value: T): Known<T> => ({ known: true, value });

/** Says that a figure is not known, and why. */
export const unknown = (code: UnknownReason['code'], text: string): Known<never> => ({
  known: false,
  reason: { code, text },
});

/** Applies a pure function to a known figure and keeps an unknown one with its reason. */
export const mapKnown = <T, U>(figure: Known<T>, project: (value: T) => U): Known<U> =>
  figure.known ? known(project(figure.value)) : figure;

/** The figure, or `undefined` where there is none: for sorting and drawing, never for showing. */
export const toOptional = <T>(figure: Known<T>): T | undefined => (figure.known ? figure.value : undefined);
