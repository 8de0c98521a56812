/** A fixed-point figure that cannot exist: bad text, a zero divisor, more decimals than the unit has. */
export class UnitsError extends Error {
  override readonly name = 'UnitsError';
  constructor(
    readonly code: 'DIVISOR' | 'DECIMAL_TEXT' | 'TOO_PRECISE',
    message: string,
  ) {
    super(message);
  }
}
