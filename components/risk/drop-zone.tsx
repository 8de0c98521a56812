'use client';

import { useEffect, useEffectEvent, useState } from 'react';

const hasFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/**
 * Takes a file that is dropped anywhere on the page, its frame and open dialogs too, where the browser would leave the page to show it; says so
 * while one is held above it. A second way: the button that opens a file is the keyboard's.
 */
export function DropZone({ onFile }: { readonly onFile: (file: File) => void }) {
  const [isOver, setIsOver] = useState(false);
  const take = useEffectEvent(onFile);
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    // Entering a part is told before leaving the one around it.
    let depth = 0;
    const leave = () => {
      depth = 0;
      setIsOver(false);
    };
    const withFile = (act: (event: DragEvent) => void) => (event: DragEvent) => hasFile(event) && act(event);
    const on = (name: 'dragenter' | 'dragover' | 'dragleave' | 'drop', act: (event: DragEvent) => void) =>
      window.addEventListener(name, withFile(act), { signal });
    on('dragenter', (event) => {
      event.preventDefault();
      depth += 1;
      setIsOver(true);
    });
    on('dragover', (event) => event.preventDefault());
    on('dragleave', () => {
      depth -= 1;
      if (depth <= 0) leave();
    });
    on('drop', (event) => {
      event.preventDefault();
      leave();
      const [file] = event.dataTransfer?.files ?? [];
      if (file) take(file);
    });
    return () => listening.abort();
  }, []);
  return (
    isOver && (
      <div className="pointer-events-none fixed inset-0 z-20 flex items-center justify-center bg-accent-weak/80">
        <p className="rounded-lg border-2 border-accent border-dashed bg-panel px-6 py-4 font-semibold text-accent">
          Drop a book here: JSON or CSV
        </p>
      </div>
    )
  );
}
