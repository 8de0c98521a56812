import type { AbiFunction, AbiParameter } from 'viem';
import { VenueReadError } from '@/lib/domain/errors';

/** Hexadecimal digits of a word of 32 bytes. */
const WORD = 64;
const ZERO = '0'.repeat(WORD);
/** Integers of so many bits come as numbers, larger ones as bigints: the same split as viem's. */
const NUMBER_BITS = 48;

const malformed = (what: string): VenueReadError => new VenueReadError('ABI', `An answer is malformed: ${what}.`);

/** The word that begins at a digit. Throws `VenueReadError` ABI past the end. */
function readWord(digits: string, at: number): string {
  const word = digits.slice(at, at + WORD);
  if (word.length !== WORD) throw malformed('it ends too early');
  return word;
}

/** An offset or a length, as digits. More bytes than there are in the answer are malformed, so that nothing is walked in vain. */
function readCount(digits: string, at: number): number {
  const count = Number(`0x${readWord(digits, at)}`);
  if (count * 2 > digits.length) throw malformed('it points past its end');
  return count;
}

const isTuple = (
  parameter: AbiParameter,
): parameter is AbiParameter & { readonly components: readonly AbiParameter[] } => parameter.type === 'tuple';

/** What an array holds, or `undefined` for what is none. Arrays of a fixed length are not among what is read here. */
const itemOf = (parameter: AbiParameter): AbiParameter | undefined =>
  parameter.type.endsWith('[]') ? { ...parameter, type: parameter.type.slice(0, -2) } : undefined;

const isDynamic = (parameter: AbiParameter): boolean =>
  isTuple(parameter) ? parameter.components.some(isDynamic) : /^(bytes|string)$|\[\]$/.test(parameter.type);

/** Takes a value out of an answer: `at` is the digit where it stands, `base` the one its offsets count from. */
interface Reader {
  /** Digits in the part that is read in a row; a dynamic value leaves one word there, its offset. */
  readonly size: number;
  read(digits: string, at: number, base: number): unknown;
}

function makeIntegerReader(type: string): Reader {
  const bits = Number(type.replace(/^u?int/, '') || '256');
  const convert = bits <= NUMBER_BITS ? Number : (value: bigint) => value;
  if (type.startsWith('uint')) {
    return {
      size: WORD,
      read: (digits, at) => {
        const word = readWord(digits, at);
        return convert(word === ZERO ? 0n : BigInt(`0x${word}`));
      },
    };
  }
  return { size: WORD, read: (digits, at) => convert(BigInt.asIntN(bits, BigInt(`0x${readWord(digits, at)}`))) };
}

function makeBytesReader(type: string): Reader {
  const fixed = Number(type.slice('bytes'.length)) * 2;
  return { size: WORD, read: (digits, at) => `0x${readWord(digits, at).slice(0, fixed)}` };
}

/** A length and so many bytes. */
function readTail(digits: string, at: number): string {
  const length = readCount(digits, at) * 2;
  const tail = digits.slice(at + WORD, at + WORD + length);
  if (tail.length !== length) throw malformed('it ends too early');
  return tail;
}

function readText(digits: string, at: number): string {
  const tail = readTail(digits, at);
  const bytes = new Uint8Array(tail.length / 2);
  for (let index = 0; index < bytes.length; index++)
    bytes[index] = Number.parseInt(tail.slice(index * 2, index * 2 + 2), 16);
  return new TextDecoder().decode(bytes);
}

function makeArrayReader(item: AbiParameter): Reader['read'] {
  const reader = makeReader(item);
  return (digits, at) => {
    const length = readCount(digits, at);
    const from = at + WORD;
    if (from + length * reader.size > digits.length) throw malformed('it ends too early');
    return Array.from({ length }, (_, index) => reader.read(digits, from + index * reader.size, from));
  };
}

function makeTupleReader(components: readonly AbiParameter[]): Reader['read'] {
  const fields = makeReaders(components);
  // Named all: an object by name. Otherwise a list, as where a function answers several values.
  const named = components.length > 0 && components.every(({ name }) => name);
  return (digits, at) => {
    let from = at;
    const values = fields.map(({ reader, name }) => {
      const value = reader.read(digits, from, at);
      from += reader.size;
      return [name, value] as const;
    });
    return named ? Object.fromEntries(values) : values.map(([, value]) => value);
  };
}

const makeReaders = (parameters: readonly AbiParameter[]) =>
  parameters.map((parameter) => ({ name: parameter.name ?? '', reader: makeReader(parameter) }));

/** Puts what stands elsewhere behind its offset. */
const behindOffset = (read: Reader['read']): Reader => ({
  size: WORD,
  read: (digits, at, base) => {
    const start = base + readCount(digits, at) * 2;
    return read(digits, start, start);
  },
});

const sizeOf = (parameter: AbiParameter): number =>
  isTuple(parameter) && !isDynamic(parameter)
    ? parameter.components.reduce((total, component) => total + sizeOf(component), 0)
    : WORD;

function makeReader(parameter: AbiParameter): Reader {
  const { type } = parameter;
  const item = itemOf(parameter);
  if (item) return behindOffset(makeArrayReader(item));
  if (isTuple(parameter)) {
    const read = makeTupleReader(parameter.components);
    return isDynamic(parameter) ? behindOffset(read) : { size: sizeOf(parameter), read };
  }
  if (/^u?int\d*$/.test(type)) return makeIntegerReader(type);
  if (type === 'address')
    return {
      size: WORD,
      read: (digits, at) =>
        `0x${readWord(digits, at)
          .slice(WORD - 40)
          .toLowerCase()}`,
    };
  if (type === 'bool') return { size: WORD, read: (digits, at) => readWord(digits, at) !== ZERO };
  if (type === 'string') return behindOffset(readText);
  if (type === 'bytes') return behindOffset((digits, at) => `0x${readTail(digits, at)}`);
  if (/^bytes\d+$/.test(type)) return makeBytesReader(type);
  throw new VenueReadError('ABI', `Values of the type ${type} are not read here.`);
}

/**
 * Makes a decoder of what a function answers, to be kept and used for every answer: values as viem's `decodeFunctionResult` gives them (one
 * value alone, several in a list, structs as objects, integers up to 48 bits as numbers), with addresses in lower case.
 *
 * It works on the hexadecimal text itself. Decoding by way of bytes takes several times as long, and a page does it with every block.
 * Errors, of the decoder: `VenueReadError` ABI where an answer ends too early or points past its end. What follows the answer is ignored.
 */
export function makeResultDecoder({ outputs }: AbiFunction): (data: `0x${string}`) => unknown {
  const read = makeTupleReader(outputs.map((output) => ({ ...output, name: '' })));
  return (data) => {
    const values = read(data.slice(2), 0, 0) as readonly unknown[];
    return values.length > 1 ? values : values[0];
  };
}
