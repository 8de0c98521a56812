/** Text that survives minification and stands in one library or part of the product alone. */
const MARKS: readonly (readonly [mark: string, content: string])[] = [
  ['hydrateRoot', 'react-dom'],
  ['next-router-state-tree', 'Next router'],
  ['ZodMini', 'zod'],
  ['getRowModel', 'react-table'],
  ['QueryClient', 'react-query'],
  ['nuqs', 'nuqs'],
  ['cmdk', 'cmdk'],
  ['recharts', 'recharts'],
  ['eip6963', 'wagmi'],
  ['keccak', 'hashing'],
  ['aggregate3', 'chain client'],
  ['lltv', 'Morpho'],
  ['variableBorrowIndex', 'Aave'],
  ['Watch an address', 'frame'],
  ['Health factor', 'figures'],
];

/**
 * What a chunk of the production build holds, so that its bytes can be acted on: names of what is recognised in its text, "other" where
 * nothing is. `describeChunk('…ZodMini…')` is "zod".
 */
export function describeChunk(text: string): string {
  const found = MARKS.flatMap(([mark, content]) => (text.includes(mark) ? [content] : []));
  return found.length > 0 ? found.join(' + ') : 'other';
}
