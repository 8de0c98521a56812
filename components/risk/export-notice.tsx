import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { formatNumber } from '@/lib/format/format-number';
import type { SavedBook } from './book-bar';

/** What became of an export where not all went as asked: there is no file, or not all of what is in view is in it. */
export function ExportNotice(props: { readonly saved: SavedBook | undefined; readonly onDismiss: () => void }) {
  const { saved, onDismiss } = props;
  const dismiss = (
    <Button kind="quiet" onClick={onDismiss}>
      Dismiss
    </Button>
  );
  if (!saved) return null;
  if ('problem' in saved) {
    return (
      <div role="alert">
        <Notice title="The book could not be exported" details={saved.problem} actions={dismiss}>
          No file was written. The book is unchanged; export it again.
        </Notice>
      </div>
    );
  }
  const { count, leftOut } = saved.file;
  if (leftOut.length === 0) return null;
  return (
    <Notice
      title={`${formatNumber(leftOut.length, 0)} positions are not in the exported file`}
      details={leftOut.map(({ id, reason }) => `${id}: ${reason}`).join('\n')}
      actions={dismiss}
    >
      The format has no place for a position whose prices are unknown. {formatNumber(count, 0)} are in it.
    </Notice>
  );
}
