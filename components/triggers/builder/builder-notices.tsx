'use client';

import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { DraftState } from './use-draft';
import type { Saving } from './use-save';

/** What stands between a form and its being saved, and what was put back into it. */
export function BuilderNotices(props: {
  readonly state: DraftState;
  readonly saving: Saving;
  /** What the server said of no field that is shown. */
  readonly others: readonly string[];
}) {
  const { state, saving, others } = props;
  const { problem } = saving;
  return (
    <div className="mb-3 grid gap-2 empty:hidden">
      {state.isRestored && state.isChanged && (
        <Notice
          tone="accent"
          title="What you typed before was put back"
          actions={<Button onClick={state.startOver}>Start over</Button>}
        >
          It was not saved when this page was closed.
        </Notice>
      )}
      {state.isOvertaken && (
        <Notice
          title="It was changed elsewhere meanwhile"
          actions={
            <>
              <Button onClick={state.keepMine}>Keep mine</Button>
              <Button onClick={state.startOver}>Take what is saved</Button>
            </>
          }
        >
          What you typed is still here. Choose which of the two goes on; until then nothing is saved.
        </Notice>
      )}
      {problem && (
        <div role="alert">
          <Notice title={problem.title} actions={<Button onClick={saving.clear}>Dismiss</Button>}>
            {problem.text}
            {others.length > 0 && (
              <ul>
                {others.map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
            )}
          </Notice>
        </div>
      )}
    </div>
  );
}
