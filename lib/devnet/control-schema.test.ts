import { expect, test } from 'vitest';
import { InvalidInputError } from '@/lib/domain/errors';
import { parseControlCommand } from './control-schema';

const ETHER = `0x${'a1'.repeat(20)}` as const;
const id = `eip155:31337/erc20:${ETHER}`;
const deployment = {
  chainId: 31_337,
  assets: [
    {
      symbol: 'WETH' as const,
      address: ETHER,
      decimals: 18,
      feed: `0x${'b2'.repeat(20)}` as const,
      heartbeatSeconds: 3_600,
      deviationBps: 50,
    },
  ],
};
const parse = (body: unknown) => parseControlCommand(JSON.stringify(body), deployment);

test.each([
  [{ action: 'pause' }, { action: 'pause' }],
  [{ action: 'resume' }, { action: 'resume' }],
  [
    { action: 'speed', value: 60 },
    { action: 'speed', value: 60 },
  ],
  [
    { action: 'pass', seconds: 3_600 },
    { action: 'pass', seconds: 3_600 },
  ],
  [
    { action: 'shock', asset: 'all' },
    { action: 'shock', target: 'all', dropBps: 2_000, overSeconds: 3_600 },
  ],
  [
    {
      action: 'shock',
      asset: id.toUpperCase().replace('EIP155', 'eip155').replace('ERC20:0X', 'erc20:0x'),
      dropBps: 500,
    },
    { action: 'shock', target: 'WETH', dropBps: 500, overSeconds: 3_600 },
  ],
  [
    { action: 'price', asset: id, price: '2846.5' },
    { action: 'price', symbol: 'WETH', price: 284_650_000_000n },
  ],
  [
    { action: 'price', asset: id, price: '-1' },
    { action: 'price', symbol: 'WETH', price: -100_000_000n },
  ],
  [
    { action: 'feed', asset: id, stop: true },
    { action: 'feed', symbols: ['WETH'], stop: true, target: 'market' },
  ],
  [
    { action: 'feed', asset: 'all', stop: false, target: 'oracle' },
    { action: 'feed', symbols: ['WETH'], stop: false, target: 'oracle' },
  ],
  [
    { action: 'oracle', asset: id, answer: '-1' },
    { action: 'oracle', symbol: 'WETH', answer: -1n },
  ],
])('reads %j', (body, command) => {
  expect(parse(body)).toEqual(command);
});

test.each([
  [{ action: 'speed', value: 61 }, 'value'],
  [{ action: 'speed', value: 0.5 }, 'value'],
  [{ action: 'speed' }, 'value'],
  [{ action: 'shock', asset: 'ETH' }, 'asset'],
  [{ action: 'shock', asset: 'all', dropBps: 10_000 }, 'dropBps'],
  [{ action: 'price', asset: id, price: '1e9' }, 'price'],
  [{ action: 'price', asset: `eip155:1/erc20:${ETHER}`, price: '1' }, 'asset'],
  [{ action: 'oracle', asset: id, answer: '1.5' }, 'answer'],
  [{ action: 'liquidator', on: 'yes' }, 'on'],
  [{ action: 'explode' }, 'action'],
  [{ action: 'pause', now: true }, 'body'],
  ['pause', 'body'],
])('refuses %j and names the field %s', (body, field) => {
  try {
    parse(body);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInputError);
    expect((error as InvalidInputError).detail.inputs).toEqual({ field });
    return;
  }
  throw new Error('it was accepted');
});

test('refuses what is no JSON', () => {
  expect(() => parseControlCommand('{', deployment)).toThrow(InvalidInputError);
});
