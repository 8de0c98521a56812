import type { Page } from '@playwright/test';
import { roles } from '@/lib/devnet/roles';
import { readKnownTable, rowOf } from './support/positions-table';
import { expect, test } from './support/test';

/** Has positions on both venues, and is no demo account. */
const OWNER = roles.liquidity;
/** In the code that talks to wallets, and nowhere else. */
const WALLET_CODE = 'eip6963:requestProvider';

/** A wallet that announces itself as extensions do (EIP-6963) and remembers what it was asked. */
async function injectWallet(page: Page, account: string, refuses = false): Promise<void> {
  await page.addInitScript(
    ([address, refusal]) => {
      const asked: string[] = [];
      Object.assign(globalThis, { walletWasAsked: asked });
      const provider = {
        async request({ method }: { method: string }) {
          asked.push(method);
          if (/^(eth_requestAccounts|wallet_requestPermissions)$/.test(method) && refusal === 'yes') {
            throw Object.assign(new Error('User rejected the request.'), { code: 4001 });
          }
          if (method === 'eth_accounts' || method === 'eth_requestAccounts') return [address];
          if (method === 'eth_chainId') return '0x7a69';
          if (method === 'wallet_requestPermissions' || method === 'wallet_getPermissions') {
            return [
              { parentCapability: 'eth_accounts', caveats: [{ type: 'restrictReturnedAccounts', value: [address] }] },
            ];
          }
          if (method === 'wallet_revokePermissions') return null;
          throw Object.assign(new Error(`No ${method}`), { code: 4200 });
        },
        on() {},
        removeListener() {},
      };
      const detail = Object.freeze({
        info: {
          uuid: '0f5b3c1e-8d5c-4e46-9f0a-2b6a0c1d4e5f',
          name: 'Test Wallet',
          icon: 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>',
          rdns: 'example.test-wallet',
        },
        provider,
      });
      const announce = () => dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }));
      addEventListener('eip6963:requestProvider', announce);
      announce();
    },
    [account, refuses ? 'yes' : 'no'] as const,
  );
}

const askedOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => (globalThis as unknown as { walletWasAsked: string[] }).walletWasAsked);

test('a wallet’s positions appear once it is connected, and its code is loaded only then', async ({ page }) => {
  const scripts: string[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.url());
  });
  const holdsWalletCode = async (urls: readonly string[]) => {
    const texts = await Promise.all(urls.map(async (url) => (await page.request.get(url)).text()));
    return texts.some((text) => text.includes(WALLET_CODE));
  };
  await injectWallet(page, OWNER);
  await page.goto('/');
  await readKnownTable(page);
  const before = [...scripts];
  expect(before.length).toBeGreaterThan(0);
  expect(await holdsWalletCode(before)).toBe(false);
  expect(await askedOf(page)).toEqual([]);

  await page.getByRole('button', { name: 'Connect wallet' }).click();
  const dialog = page.getByRole('dialog', { name: 'Connect a wallet' });
  await dialog.getByRole('button', { name: 'Test Wallet' }).click();
  await expect(dialog).toBeHidden();
  expect(await holdsWalletCode(scripts.slice(before.length))).toBe(true);
  const short = new RegExp(`^${OWNER.slice(0, 6)}…${OWNER.slice(-4)}`);
  await expect(page.getByRole('button', { name: short })).toBeVisible();

  await expect(rowOf(page, 'Your wallet')).toBeVisible();
  const lines = await readKnownTable(page);
  expect(lines.length).toBeGreaterThanOrEqual(4);
  expect(new Set(lines.map(({ id }) => id.split('~').at(-1)))).toEqual(new Set([OWNER]));

  // Ballast only reads: no signature, no transaction, no change of chain.
  const asked = await askedOf(page);
  expect(asked.filter((method) => /sign|send|switch|addEthereum/i.test(method))).toEqual([]);

  await page.reload();
  await expect(page.getByRole('button', { name: short })).toBeVisible();
  expect(await askedOf(page)).not.toContain('eth_requestAccounts');

  await page.getByRole('button', { name: short }).click();
  await page
    .getByRole('dialog', { name: /^Wallet/ })
    .getByRole('button', { name: 'Disconnect' })
    .click();
  await expect(page.getByRole('button', { name: 'Connect wallet' })).toBeVisible();
});

test('a refusal in the wallet is said, and nothing is connected', async ({ page }) => {
  await injectWallet(page, OWNER, true);
  await page.goto('/');
  await page.getByRole('button', { name: 'Connect wallet' }).click();
  const dialog = page.getByRole('dialog', { name: 'Connect a wallet' });
  await dialog.getByRole('button', { name: 'Test Wallet' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Not connected');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Connect wallet' })).toBeFocused();
});

test('without a wallet in the browser it says how wallets show up, and that none is needed', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Connect wallet' }).click();
  await expect(page.getByRole('heading', { name: 'No wallet found in this browser' })).toBeVisible();
});
