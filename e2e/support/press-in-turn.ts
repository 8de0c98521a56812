import type { Page } from '@playwright/test';

/** Keys of a sequence as fast as a hand types them: none waits until a busy page has answered the one before. */
export const pressInTurn = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  await Promise.all(keys.map((key) => page.keyboard.press(key)));
};
