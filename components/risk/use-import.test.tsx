// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useImport } from './use-import';

const { shelf } = vi.hoisted(() => ({ shelf: { keep: vi.fn(), remove: vi.fn() } }));
vi.mock('@/lib/stores/browser-shelf', () => ({ browserShelf: { getState: () => shelf } }));

const CHECKED = { count: 1, leftOut: [{ id: 'bad', fault: 'line 2' }] };
const file = new File(['{}'], 'one.json');

beforeEach(() => {
  shelf.keep.mockReset().mockResolvedValue(undefined);
  shelf.remove.mockReset().mockResolvedValue(undefined);
});
afterEach(cleanup);

function setUp(check = vi.fn().mockResolvedValue(CHECKED)) {
  const showBook = vi.fn().mockResolvedValue(undefined);
  const hook = renderHook(() => useImport({ check }, showBook));
  const take = () => act(async () => hook.result.current.take(file));
  return { hook, take, showBook };
}

test('a book that is in order is kept and shown', async () => {
  const { hook, take, showBook } = setUp();
  await take();
  await vi.waitFor(() => expect(showBook).toHaveBeenCalledOnce());
  expect(shelf.keep).toHaveBeenCalledWith(expect.objectContaining({ id: showBook.mock.calls[0]?.[0], text: '{}' }));
  expect(shelf.remove).not.toHaveBeenCalled();
  expect(hook.result.current.leftOut?.positions).toHaveLength(1);
});

test('given up when it was just checked, it is neither kept nor shown', async () => {
  let answer: (checked: typeof CHECKED) => void = () => {};
  const { hook, take, showBook } = setUp(vi.fn(() => new Promise<typeof CHECKED>((resolve) => (answer = resolve))));
  await take();
  await act(async () => {
    answer(CHECKED);
    hook.result.current.cancel();
  });
  expect(shelf.keep).not.toHaveBeenCalled();
  expect(showBook).not.toHaveBeenCalled();
  expect(hook.result.current).toMatchObject({ reading: undefined, problem: undefined, leftOut: undefined });
});

test('given up while it is being kept, it is taken from the shelf again and not shown', async () => {
  let kept: () => void = () => {};
  shelf.keep.mockReturnValue(new Promise<void>((resolve) => (kept = resolve)));
  const { hook, take, showBook } = setUp();
  await take();
  await vi.waitFor(() => expect(shelf.keep).toHaveBeenCalledOnce());
  await act(async () => {
    hook.result.current.cancel();
    kept();
  });
  expect(shelf.remove).toHaveBeenCalledWith(shelf.keep.mock.calls[0]?.[0].id);
  expect(showBook).not.toHaveBeenCalled();
  expect(hook.result.current).toMatchObject({ problem: undefined, leftOut: undefined });
});
