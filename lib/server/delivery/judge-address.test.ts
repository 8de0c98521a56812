import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeAddress } from './judge-address';

describe('addresses', () => {
  test.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.15.255.255',
    '172.32.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '2606:4700:4700::1111',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
    '2002:808:808::1',
  ])('%s is public', (address) => expect(judgeAddress(address, [])).toBe('public'));

  test.each([
    ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254'],
    ...['172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.2.1', '192.168.1.1', '198.18.0.1', '198.51.100.1'],
    ...['203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', '192.88.99.1'],
    ...['::', '::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12:3456::1', 'fec0::1', 'ff02::1', '100::1'],
    ...['2001:db8::1', '3fff::1', '2001::1', '2001:10::1', '5f00::1', '4000::1', '::10.0.0.1', '::8.8.8.8'],
    // IPv4 inside IPv6: mapped, NAT64, 6to4; and carriers whose inside is nobody's to know.
    ...[
      '::ffff:127.0.0.1',
      '::ffff:a9fe:a9fe',
      '64:ff9b::7f00:1',
      '64:ff9b::a00:1',
      '2002:7f00:1::',
      '2002:c0a8:101::1',
    ],
    ...['64:ff9b:1::808:808', '::ffff:0:8.8.8.8', '2001:0:808:808::1'],
    // The whole fe80::/10, also behind a name of an interface.
    ...['febf::1', '8.8.8.8%eth0', '2606:4700:4700::1111%1'],
    ...['', 'localhost', 'example.org', '8.8.8', '8.8.8.8/32', '8.8.8.256', '[::1]', ' 8.8.8.8'],
  ])('%s is refused', (address) => expect(judgeAddress(address, [])).toBe('refused'));

  test.each([
    ['10.1.2.3', ['10.0.0.0/8']],
    ['127.0.0.1', ['192.168.0.0/16', '127.0.0.1/32']],
    ['::1', ['::1/128']],
    ['fd12::7', ['fd00::/8']],
    // The network of the address inside counts.
    ['::ffff:10.1.2.3', ['10.0.0.0/8']],
    ['2002:a01:203::1', ['10.0.0.0/8']],
    ['8.8.8.8', ['8.8.8.0/24']],
  ])('%s is listed by %j', (address, networks) => expect(judgeAddress(address, networks)).toBe('listed'));

  test.each([
    ['11.0.0.1', ['10.0.0.0/8']],
    ['127.0.0.2', ['127.0.0.1/32']],
    // What lists IPv6 lists no IPv4 inside it.
    ['::ffff:127.0.0.1', ['::/0']],
    ['127.0.0.1', ['::/0']],
    ['::1', ['0.0.0.0/0']],
  ])('%s is not by %j', (address, networks) => expect(judgeAddress(address, networks)).not.toBe('listed'));
});

/** IANA's special-purpose blocks of IPv4, and multicast: first address and how many bits are fixed. */
const SPECIAL_IPV4: readonly (readonly [readonly number[], number])[] = [
  [[0, 0, 0, 0], 8],
  [[10, 0, 0, 0], 8],
  [[100, 64, 0, 0], 10],
  [[127, 0, 0, 0], 8],
  [[169, 254, 0, 0], 16],
  [[172, 16, 0, 0], 12],
  [[192, 0, 0, 0], 24],
  [[192, 0, 2, 0], 24],
  [[192, 31, 196, 0], 24],
  [[192, 52, 193, 0], 24],
  [[192, 88, 99, 0], 24],
  [[192, 168, 0, 0], 16],
  [[192, 175, 48, 0], 24],
  [[198, 18, 0, 0], 15],
  [[198, 51, 100, 0], 24],
  [[203, 0, 113, 0], 24],
  [[224, 0, 0, 0], 4],
  [[240, 0, 0, 0], 4],
];

const bitsOf = (bytes: readonly number[]): string => bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');

/** The obvious model: an address as a row of bits, a block as how the row begins. */
function isPublicIpv4(bytes: readonly number[]): boolean {
  return !SPECIAL_IPV4.some(([first, bits]) => bitsOf(bytes).startsWith(bitsOf(first).slice(0, bits)));
}

const octet = fc.integer({ min: 0, max: 255 });
/** Half of them anywhere, half at the edge of a special block, one to either side of it included. */
const anyIpv4 = fc.oneof(
  fc.tuple(octet, octet, octet, octet),
  fc.tuple(fc.constantFrom(...SPECIAL_IPV4), fc.boolean(), fc.integer({ min: -1, max: 1 })).map(([block, last, by]) => {
    const [first, bits] = block;
    const start = first.reduce((sum, byte) => sum * 256 + byte, 0);
    const edge = (last ? start + 2 ** (32 - bits) - 1 : start) + by;
    const kept = Math.min(2 ** 32 - 1, Math.max(0, edge));
    return [24, 16, 8, 0].map((shift) => Math.floor(kept / 2 ** shift) % 256);
  }),
);

test('random IPv4 addresses, alone and inside IPv6, are judged as the obvious model does', () => {
  const pair = (high = 0, low = 0) => (high * 256 + low).toString(16);
  fc.assert(
    fc.property(anyIpv4, ([a = 0, b = 0, c = 0, d = 0]) => {
      const expected = isPublicIpv4([a, b, c, d]) ? 'public' : 'refused';
      expect(judgeAddress([a, b, c, d].join('.'), [])).toBe(expected);
      for (const carried of [
        `::ffff:${a}.${b}.${c}.${d}`,
        `::ffff:${pair(a, b)}:${pair(c, d)}`,
        `64:ff9b::${pair(a, b)}:${pair(c, d)}`,
        `2002:${pair(a, b)}:${pair(c, d)}::1`,
      ]) {
        expect(judgeAddress(carried, [])).toBe(expected);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('random IPv6 addresses outside 2000::/3 are never public, unless a public IPv4 address is inside', () => {
  const word = fc.integer({ min: 0, max: 0xffff });
  fc.assert(
    fc.property(fc.array(word, { minLength: 8, maxLength: 8 }), (words) => {
      const first = words[0] ?? 0;
      fc.pre(first >> 13 !== 1 && first !== 0 && first !== 0x64);
      expect(judgeAddress(words.map((part) => part.toString(16)).join(':'), [])).toBe('refused');
    }),
    { numRuns: 1_000 },
  );
});
