import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * Fails on any violation of WCAG 2.2 A and AA, or of axe's best practices, and names each with the elements it is about. `within` is a CSS
 * selector of the part to look at.
 */
export async function expectAccessible(page: Page, within?: string): Promise<void> {
  // No page has frames, so that no second page need gather their results; and of what passes nothing is asked.
  const builder = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'], preload: false });
  const { violations } = await (within === undefined ? builder : builder.include(within))
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(
    violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.html}`).join('\n')}`),
  ).toEqual([]);
}
