'use client';

/** The filter of the list: `/` goes there, Esc empties it and lets go. */
export function FilterField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (text: string) => void;
}) {
  return (
    <label className="max-md:flex-1">
      <span className="sr-only">Filter triggers</span>
      <input
        data-filter=""
        type="search"
        value={value}
        placeholder="/ Filter"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onChange('');
          event.currentTarget.blur();
        }}
        className="h-7 w-44 rounded-md border border-line bg-panel px-2.5 text-[13px] placeholder:text-muted max-md:w-full"
      />
    </label>
  );
}
