import { type Position, rulesOf } from '@/lib/venues/registry';

/** One of several to choose from. */
export interface Option {
  readonly value: string;
  readonly label: string;
}

/** Every asset of some positions, each once, by symbol; of two with one symbol each says which it is. */
export function listAssetOptions(positions: readonly Position[]): readonly Option[] {
  const legs = positions.flatMap((position) => rulesOf(position).listLegs(position));
  const assets = [...new Map(legs.map(({ asset }) => [asset.id, asset])).values()];
  const isDouble = (symbol: string) => assets.filter((asset) => asset.symbol === symbol).length > 1;
  return assets
    .map(({ id, symbol, address }) => ({
      value: id,
      label: isDouble(symbol) ? `${symbol} ${address.slice(0, 8)}…` : symbol,
    }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
}

/** With what is chosen already among them, though it is not one of those that are known here. */
export const withChosen = (options: readonly Option[], value: string): readonly Option[] =>
  value === '' || options.some((option) => option.value === value) ? options : [...options, { value, label: value }];
