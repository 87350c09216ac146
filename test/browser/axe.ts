import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** WCAG 2.2 AA and the usual good practice, in light and dark; `what` names the screen in a failure. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // A frame that may run no script cannot be looked into either: asking it to would wait for ever.
  await page.evaluate("document.querySelectorAll('iframe[sandbox]').forEach((frame) => frame.remove())");
  // Colours fade over; what is looked at is where they end.
  await page.addStyleTag({ content: '* { transition: none !important; animation: none !important; }' });
  for (const scheme of ['light', 'dark'] as const) {
    await page.evaluate(`document.documentElement.setAttribute('data-mantine-color-scheme', '${scheme}')`);
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    const found = violations.map(
      ({ id, nodes }) =>
        `${what} ${scheme} ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
    );
    expect(found).toEqual([]);
  }
}
