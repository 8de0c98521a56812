import { Notice } from '@/components/ui/notice';

/** Shown instead of everything else while the configuration cannot be used. */
export const ConfigurationProblem = ({ text }: { readonly text: string }) => (
  <main className="mx-auto max-w-xl px-4 py-24">
    <h1 className="mb-4 font-semibold text-[18px]">Ballast cannot start with this configuration</h1>
    <Notice tone="warning" title="What is wrong">
      {text} Correct it and start Ballast again.
    </Notice>
  </main>
);
