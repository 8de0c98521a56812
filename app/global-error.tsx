'use client';

/** The last resort: drawn without styles or frame, since those may be what failed. */
export default function GlobalError({ error }: { readonly error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <main>
          <h1>Ballast could not draw this page</h1>
          <p>
            No figure is shown, so none is wrong. Load the page again; if it stays, look at the terminal Ballast runs
            in.
          </p>
          <pre>{error.digest ?? error.message}</pre>
        </main>
      </body>
    </html>
  );
}
