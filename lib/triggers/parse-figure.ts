import { powerOfTen } from '@/lib/units/power-of-ten';
import { type Rational, rational } from '@/lib/units/rational';

/** A figure as a firing has it, a decimal string of any number of decimals with a sign, exactly. `parseFigure('-0.125')` is −1/8. */
export function parseFigure(text: string): Rational {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const magnitude = BigInt(whole + fraction);
  return rational(text.startsWith('-') ? -magnitude : magnitude, powerOfTen(fraction.length));
}
