'use client';

import { type DragEvent, type ReactNode, useRef, useState } from 'react';

const hasFile = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

/** Takes a file that is dropped anywhere within; says so while one is held above it. */
export function DropZone({
  onFile,
  children,
}: {
  readonly onFile: (file: File) => void;
  readonly children: ReactNode;
}) {
  const [isOver, setIsOver] = useState(false);
  const depth = useRef(0);
  const leave = () => {
    depth.current = 0;
    setIsOver(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button that opens a file is the keyboard's.
    <div
      className="relative"
      onDragEnter={(event) => {
        if (!hasFile(event)) return;
        depth.current += 1;
        setIsOver(true);
      }}
      onDragOver={(event) => hasFile(event) && event.preventDefault()}
      onDragLeave={() => {
        depth.current -= 1;
        if (depth.current <= 0) leave();
      }}
      onDrop={(event) => {
        if (!hasFile(event)) return;
        event.preventDefault();
        leave();
        const [file] = event.dataTransfer.files;
        if (file) onFile(file);
      }}
    >
      {children}
      {isOver && (
        <div className="pointer-events-none fixed inset-0 z-20 flex items-center justify-center bg-accent-weak/80">
          <p className="rounded-lg border-2 border-accent border-dashed bg-panel px-6 py-4 font-semibold text-accent">
            Drop a book here: JSON or CSV
          </p>
        </div>
      )}
    </div>
  );
}
