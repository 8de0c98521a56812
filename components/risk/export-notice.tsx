import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { countPositions } from './describe-coverage';
import type { SavedBook } from './export-menu';

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
      title={`${countPositions(leftOut.length)} ${leftOut.length === 1 ? 'is' : 'are'} not in the exported file`}
      details={leftOut.map(({ id, reason }) => `${id}: ${reason}`).join('\n')}
      actions={dismiss}
    >
      The format has no place for {leftOut.length === 1 ? 'it' : 'them'}; why not stands under Details.{' '}
      {countPositions(count)} {count === 1 ? 'is' : 'are'} in it.
    </Notice>
  );
}
