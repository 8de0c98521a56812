import type { BrowserContext, Page, Response } from '@playwright/test';

type Load = () => Promise<Response | null>;

async function untilInteractive(page: Page, load: Load): Promise<Response | null> {
  const response = await load();
  const isPage = response?.headers()['content-type']?.startsWith('text/html') ?? false;
  // The server's page looks finished before it can be used; a click in between is lost, as a hand that quick would find.
  if (response?.ok() && isPage) await page.locator('html[data-interactive]').waitFor({ state: 'attached' });
  return response;
}

/** Pages of this context count as opened once they can be used. */
export function openInteractivePages(context: BrowserContext): void {
  const open = context.newPage.bind(context);
  context.newPage = async () => {
    const page = await open();
    const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
    page.goto = (...request) => untilInteractive(page, () => goto(...request));
    page.reload = (...options) => untilInteractive(page, () => reload(...options));
    return page;
  };
}
