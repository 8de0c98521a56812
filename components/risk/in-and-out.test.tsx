// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { saveFile } from '@/components/charts/export-chart';
import type { DeskFile } from '@/lib/workers/desk/desk-protocol';
import { BookBar } from './book-bar';
import { DataPanel } from './data-panel';
import { DeskLost } from './desk-lost';
import { DropZone } from './drop-zone';
import type { SavedBook } from './export-menu';
import { ExportNotice } from './export-notice';
import { VIEW } from './testing';

vi.mock('@/components/charts/export-chart', async (load) => ({
  ...(await load<typeof import('@/components/charts/export-chart')>()),
  saveFile: vi.fn(),
  renderPng: () => Promise.reject(new Error('This browser gives no canvas to draw on.')),
}));

// happy-dom has no popovers.
HTMLElement.prototype.hidePopover ??= () => {};
const openMenus = () => {
  for (const panel of document.querySelectorAll('[popover]')) {
    panel.dispatchEvent(Object.assign(new Event('toggle'), { newState: 'open' }));
  }
};
afterEach(() => {
  cleanup();
  vi.mocked(saveFile).mockClear();
});

describe('what cannot be saved is said', () => {
  async function exportCsv(save: () => Promise<DeskFile>) {
    const told: (SavedBook | undefined)[] = [];
    render(
      <BookBar
        view={VIEW}
        showBook={async () => {}}
        onFile={() => {}}
        onSaved={(saved) => told.push(saved)}
        {...{ save }}
      />,
    );
    openMenus();
    fireEvent.click(await screen.findByRole('menuitem', { name: /^Book as CSV/ }));
    await vi.waitFor(() => expect(told).toHaveLength(2));
    return told[1];
  }

  test('a book, with the reason, and no file', async () => {
    const saved = await exportCsv(() => Promise.reject(new Error('Another book was opened meanwhile.')));
    expect(saved).toEqual({ problem: 'Another book was opened meanwhile.' });
    expect(saveFile).not.toHaveBeenCalled();
    cleanup();
    render(<ExportNotice saved={saved} onDismiss={() => {}} />);
    expect(screen.getByRole('alert').textContent).toMatch(/could not be exported.*Another book was opened meanwhile/);
  });

  test('a book that can: the file is handed over, and nothing is said', async () => {
    const file = { text: 'a', count: 1, leftOut: [] };
    const saved = await exportCsv(() => Promise.resolve(file));
    expect(saved).toEqual({ file });
    expect(saveFile).toHaveBeenCalledWith('ballast-mock-book-10-000.csv', expect.any(Blob));
    cleanup();
    const { container } = render(<ExportNotice saved={saved} onDismiss={() => {}} />);
    expect(container.textContent).toBe('');
  });

  test('a book of which not all can be written: how many, and why under Details', () => {
    const leftOut = [{ id: 'empty', reason: 'It has no legs.' }];
    render(<ExportNotice saved={{ file: { text: 'a', count: 1, leftOut } }} onDismiss={() => {}} />);
    expect(screen.getByText('1 position is not in the exported file')).toBeDefined();
    expect(screen.getByText(/1 position is in it\./)).toBeDefined();
    expect(screen.getByText('empty: It has no legs.')).toBeDefined();
  });

  test('a picture', async () => {
    render(
      <DataPanel title="What falls?" head={['a']} rows={[]} hasPicture>
        <svg role="presentation" />
      </DataPanel>,
    );
    openMenus();
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Save as PNG' }));
    expect((await screen.findByRole('alert')).textContent).toBe(
      'The picture could not be made: This browser gives no canvas to draw on.',
    );
    expect(saveFile).not.toHaveBeenCalled();
  });
});

describe('a file that is dropped', () => {
  const drag = (name: string, types: readonly string[], files: readonly File[] = []) => {
    const event = Object.assign(new Event(name, { bubbles: true, cancelable: true }), {
      dataTransfer: { types, files },
    });
    // Anywhere: what it falls on is not within the zone.
    fireEvent(document.body, event);
    return event;
  };

  test('anywhere on the page is taken in, and the browser stays', () => {
    const taken: string[] = [];
    const { unmount } = render(<DropZone onFile={({ name }) => taken.push(name)} />);
    expect(drag('dragenter', ['Files']).defaultPrevented).toBe(true);
    expect(screen.getByText('Drop a book here: JSON or CSV')).toBeDefined();
    expect(drag('dragover', ['Files']).defaultPrevented).toBe(true);
    expect(drag('drop', ['Files'], [new File(['{}'], 'one.json')]).defaultPrevented).toBe(true);
    expect(taken).toEqual(['one.json']);
    expect(screen.queryByText('Drop a book here: JSON or CSV')).toBeNull();
    // Another page is not Risk's.
    unmount();
    expect(drag('drop', ['Files'], [new File(['{}'], 'two.json')]).defaultPrevented).toBe(false);
    expect(taken).toEqual(['one.json']);
  });

  test('is waited for until it leaves the page; text that is dragged is nobody’s', () => {
    render(<DropZone onFile={() => expect.unreachable()} />);
    drag('dragenter', ['Files']);
    drag('dragenter', ['Files']);
    drag('dragleave', ['Files']);
    expect(screen.queryByText('Drop a book here: JSON or CSV')).not.toBeNull();
    drag('dragleave', ['Files']);
    expect(screen.queryByText('Drop a book here: JSON or CSV')).toBeNull();
    expect(drag('drop', ['text/plain']).defaultPrevented).toBe(false);
  });
});

test('a desk that stopped says what its figures are worth, and is started again when asked', () => {
  const onRetry = vi.fn();
  render(<DeskLost reason="out of memory" isShown onRetry={onRetry} />);
  expect(screen.getByText(/are from before it stopped/)).toBeDefined();
  expect(screen.getByText('out of memory')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Retry' }));
  expect(onRetry).toHaveBeenCalledOnce();
  cleanup();
  render(<DeskLost reason="out of memory" isShown={false} onRetry={onRetry} />);
  expect(screen.getByText(/There are none to show/)).toBeDefined();
});
